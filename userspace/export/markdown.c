// SPDX-License-Identifier: GPL-2.0
/*
 * A table for a report: a packet a line, in Markdown.
 */
#include <stdlib.h>

#include "base/lang.h"
#include "export/export.h"
#include "model/stages.h"
#include "words/text.h"

static int markdown_begin(struct exporter *x)
{
	fprintf(x->out, "| %s | %s | %s | %s |\n|---|---|--:|---|\n", _("packet"), _("what"),
		_("time"), _("verdict"));
	return 0;
}

/* Text that Markdown takes as text: names of functions and tasks may hold what it marks with. */
static void put_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\`*_[]<>|#~&", *text))
			fputc('\\', out);
		fputc((u8)*text < ' ' ? ' ' : *text, out);
	}
}

static void markdown_packet(struct exporter *x, const struct packet *p)
{
	struct strbuf title = { 0 };
	char *verdict = packet_verdict(p);
	struct stages stages;
	char time[NS_TEXT];

	stages_find(p, &stages);
	if (packet_ip(p))
		packet_ends(&title, p);
	if (p->tcp) {
		char flags[32];

		strbuf_addf(&title, "  %s", tcp_flags_text(flags, sizeof(flags), p->tcp_flags));
	}
	fprintf(x->out, "| %u | ", p->no);
	put_text(x->out, title.s ? title.s : "");
	fprintf(x->out, " | %s | ", format_ns(time, sizeof(time), stages_total(&stages)));
	if (!p->verdict.complete)
		fputs(_("INCOMPLETE: "), x->out);
	put_text(x->out, verdict);
	fputs(" |\n", x->out);
	strbuf_free(&title);
	free(verdict);
}

static int markdown_end(struct exporter *x)
{
	(void)x;
	return 0;
}

const struct export_format export_markdown = {
	.name = "md",
	.help = N_("a table of the packets for a report, in Markdown"),
	.translated = true,
	.begin = markdown_begin,
	.packet = markdown_packet,
	.end = markdown_end,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * A page of the chosen packets: a table with each one's stages as a bar, and
 * the pictures of the first of them.
 */
#include <stdlib.h>

#include "base/html.h"
#include "base/lang.h"
#include "export/export.h"
#include "model/stages.h"
#include "words/text.h"

/* A picture is some 15 KB: past this the page is slow, and nobody looks at them all. */
#define MAX_PICTURES 20
/* Of a handout that is to fit a page or two */
#define BRIEF_PICTURES 1

struct html {
	struct strbuf pictures;
	struct strbuf row; /* scratch */
	unsigned int drawn;
	unsigned int pictured; /* how many of them at most */
	u64 most; /* time of the longest bar, by which all are drawn */
};

/* Of a palette that colour-blind readers can tell apart (Okabe and Ito). */
static const char *const colours[STAGE_ID_NR] = {
	"#d55e00", "#e69f00", "#0072b2", "#44aa99", "#56b4e9", "#009e73",
	"#b2df8a", "#cc79a7", "#999999", "#f0e442", "#bbbbbb", "#000000",
};

/*
 * The headings stand above each printed page; a click on one orders the rows by its
 * column, times by their length.
 */
static const char script[] =
	"<script>\n"
	"const table = document.querySelector('table');\n"
	"table.createTHead().append(table.rows[0]);\n"
	"for (const head of document.querySelectorAll('th')) head.onclick = () => {\n"
	"  const rows = [...table.tBodies[0].rows], i = head.cellIndex;\n"
	"  const key = r => r.cells[i].dataset.n;\n"
	"  const down = head.dataset.down = head.dataset.down ? '' : '1';\n"
	"  rows.sort((a, b) => key(a) ? key(a) - key(b)\n"
	"    : a.cells[i].textContent.localeCompare(b.cells[i].textContent));\n"
	"  if (!down) rows.reverse();\n"
	"  table.tBodies[0].append(...rows);\n"
	"};\n"
	"</script>\n";

static void put_escaped(FILE *out, const char *text)
{
	struct strbuf sb = { 0 };

	html_escape(&sb, text);
	if (sb.len)
		fputs(sb.s, out);
	strbuf_free(&sb);
}

static int html_export_begin(struct exporter *x)
{
	struct html *html = xcalloc(1, sizeof(*html));
	int i;

	x->priv = html;
	html->pictured = x->brief ? BRIEF_PICTURES : MAX_PICTURES;
	html_begin(_("Packets, from the interrupt to the program"), THEME_AUTO, x->out);
	fprintf(x->out, "<p>%s %s</p>\n<p>",
		_("Each bar is one packet's time, by stages, all to one scale."),
		_("Rest the pointer on one; click on a heading to sort."));
	for (i = 0; i < STAGE_ID_NR; i++)
		fprintf(x->out,
			"<span title=\"%s\"><span style=\"background:%s\">&emsp;</span> %s</span> ",
			stage_help(i), colours[i], stage_name(i));
	fprintf(x->out, "</p>\n<table>\n<tr><th>%s<th>%s<th>%s<th>%s<th>%s\n", _("packet"),
		_("what"), _("time"), _("stages"), _("verdict"));
	return 0;
}

static void add_bar(struct strbuf *row, const struct stages *stages)
{
	u64 total = stages_total(stages);
	char text[NS_TEXT + 26];
	unsigned int i;

	strbuf_addf(row, "<div class=\"bar\" style=\"--t:%llu\">", total);
	for (i = 0; total && i < stages->n; i++) {
		const struct stage_time *stage = &stages->list[i];
		u64 took = stage->end - stage->start;

		strbuf_puts(row, "<span style=\"flex:");
		strbuf_add(row, text, put_ratio(text, took, total, 4) - text);
		strbuf_addf(row, ";background:%s\" title=\"%s %s: %s\"></span>", colours[stage->id],
			    stage_name(stage->id), format_ns(text, NS_TEXT, took),
			    stage_help(stage->id));
	}
	strbuf_puts(row, "</div>");
}

static void draw_packet(struct exporter *x, const struct packet *p)
{
	struct html *html = x->priv;
	struct strbuf title = { 0 };
	char *page = NULL;
	size_t size = 0;
	FILE *mem;

	html->drawn++;
	if (html->drawn > html->pictured)
		return;
	mem = open_memstream(&page, &size);
	if (!mem)
		return;
	fprintf(mem, "<details id=\"p%u\"%s><summary>", p->no, html->drawn == 1 ? " open" : "");
	packet_title(&title, p);
	put_escaped(mem, title.s);
	strbuf_free(&title);
	fputs("</summary>\n", mem);
	x->picture(x->m, p, mem);
	fputs("</details>\n", mem);
	fclose(mem);
	strbuf_add(&html->pictures, page, size);
	free(page);
}

static void put_verdict(struct strbuf *row, const struct packet *p)
{
	char *verdict = packet_verdict(p);

	html_escape(row, verdict);
	free(verdict);
}

static void html_packet(struct exporter *x, const struct packet *p)
{
	struct html *html = x->priv;
	struct strbuf *row = &html->row;
	struct strbuf title = { 0 };
	struct stages stages;
	char time[NS_TEXT];

	if (x->brief && p->verdict.complete && (!p->payload || p->join == JOIN_GRO))
		return;
	stages_find(p, &stages);
	if (stages_total(&stages) > html->most)
		html->most = stages_total(&stages);
	packet_title(&title, p);
	format_ns(time, sizeof(time), stages_total(&stages));
	draw_packet(x, p);
	row->len = 0;
	if (html->drawn <= html->pictured)
		strbuf_addf(row, "<tr><td data-n=\"%u\"><a href=\"#p%u\">skb#%u</a><td>", p->no,
			    p->no, p->no);
	else
		strbuf_addf(row, "<tr><td data-n=\"%u\">skb#%u<td>", p->no, p->no);
	html_escape(row, title.s);
	strbuf_addf(row, "<td class=\"n\" data-n=\"%llu\">%s<td data-n=\"%llu\">",
		    stages_total(&stages), time, stages_total(&stages));
	add_bar(row, &stages);
	strbuf_addf(row, "<td%s>", p->verdict.complete ? "" : " class=\"bad\"");
	put_verdict(row, p);
	strbuf_puts(row, "\n");
	fwrite(row->s, 1, row->len, x->out);
	strbuf_free(&title);
}

static int html_export_end(struct exporter *x)
{
	struct html *html = x->priv;

	fprintf(x->out, "</table>\n<style>:root{--most:%llu}</style>\n%s<h2>%s</h2>\n",
		html->most ?: 1, script, _("Pictures"));
	if (html->drawn > html->pictured) {
		fputs("<p>", x->out);
		fprintf(x->out, _("The first %u of %u packets."), html->pictured, html->drawn);
		fprintf(x->out, " %s",
			_("Choose others with --packet, --flow, --pid, --from, --to."));
		fputs("</p>\n", x->out);
	}
	if (html->pictures.s)
		fputs(html->pictures.s, x->out);
	html_end(x->out);
	strbuf_free(&html->pictures);
	strbuf_free(&html->row);
	free(html);
	return 0;
}

const struct export_format export_html = {
	.name = "html",
	.help = N_("a page of the packets, their stages and pictures"),
	.translated = true,
	.takes_brief = true,
	.begin = html_export_begin,
	.packet = html_packet,
	.end = html_export_end,
};

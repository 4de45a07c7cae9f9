// SPDX-License-Identifier: GPL-2.0
/*
 * CSV as in RFC 4180: a packet a line, the moments of its way as columns.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "export/export.h"
#include "model/stages.h"
#include "words/text.h"

static void put_text(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static int csv_begin(struct exporter *x)
{
	int i;

	fputs("packet,complete,saddr,sport,daddr,dport,flags,payload,length,joined", x->out);
	for (i = 0; i < AT_NR; i++)
		fprintf(x->out, ",%s_ns", moment_name(i));
	fputs(",total_ns,reader_pid,reader,verdict\r\n", x->out);
	return 0;
}

static void put_end(FILE *out, const struct packet *p, bool to)
{
	char text[INET6_ADDRSTRLEN];

	fprintf(out, ",%s,%u", packet_address(p, to, text), to ? p->dport : p->sport);
}

static void csv_packet(struct exporter *x, const struct packet *p)
{
	const struct packet *end = packet_end_of(p);
	const struct task *task;
	struct stages stages;
	char flags[32] = "";
	char *verdict;
	int i;

	stages_find(p, &stages);
	if (p->tcp)
		tcp_flags_text(flags, sizeof(flags), p->tcp_flags);
	fprintf(x->out, "%u,%d", p->no, p->verdict.complete);
	if (packet_ip(p)) {
		put_end(x->out, p, false);
		put_end(x->out, p, true);
	} else {
		fputs(",,,,", x->out);
	}
	fprintf(x->out, ",%s,%u,%u,", flags, p->payload, packet_length(p));
	if (p->join != JOIN_NONE)
		fprintf(x->out, "%u", p->into->no);
	for (i = 0; i < AT_NR; i++) {
		fputc(',', x->out);
		if (stages.at[i])
			fprintf(x->out, "%llu", stages.at[i]);
	}
	fprintf(x->out, ",%llu,", stages_total(&stages));
	task = end->links.read ? model_task(x->m, end->links.read->ev.pid) : NULL;
	if (end->links.read)
		fprintf(x->out, "%u", end->links.read->ev.pid);
	fputc(',', x->out);
	put_text(x->out, task ? task->comm : "");
	fputc(',', x->out);
	verdict = packet_verdict(p);
	put_text(x->out, verdict);
	free(verdict);
	fputs("\r\n", x->out);
}

static int csv_end(struct exporter *x)
{
	(void)x;
	return 0;
}

const struct export_format export_csv = {
	.name = "csv",
	.help = N_("a packet a line, with the moments of its way in ns"),
	.begin = csv_begin,
	.packet = csv_packet,
	.end = csv_end,
};

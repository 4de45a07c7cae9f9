// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath stats: latency by stage, packets per poll, interrupt, wake-up and
 * read, what became of the packets, and what the trace lost.
 *
 * One pass; what is kept does not grow with the number of packets, but for the
 * reasons of incomplete ones and the sockets.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/width.h"
#include "base/args.h"
#include "base/hist.h"
#include "base/lang.h"
#include "cmd/cmd.h"
#include "cmd/stats.h"
#include "model/stages.h"
#include "model/stream.h"
#include "model/tracing.h"
#include "model/wire-wait.h"
#include "trace/input.h"
#include "words/text.h"

/* Rows of the histogram: powers of two from 1 us on. */
#define FIRST_ROW_NS 1024
#define BAR_COLUMNS  40

struct stats_args {
	struct trace_args trace;
	const char *pcap;
	struct moment less;
};

/* A run of packets that share an interrupt, a wake-up or a read. */
struct run {
	u64 key;
	u64 n;
};

struct reason {
	char *text;
	u64 n;
};

struct stats {
	const struct selection *sel;
	const char *pcap;
	struct wire_wait wire;
	struct hist stages[STAGE_ID_NR];
	struct hist waits; /* on the wire */
	struct hist total;
	struct hist per_poll;
	struct hist per_irq;
	struct hist per_wake;
	struct hist per_read;
	struct hist read_bytes;
	struct map irq_runs; /* napi id -> struct run */
	struct map wake_runs; /* socket -> struct run */
	struct map read_runs;
	struct ptrs runs; /* to free them */
	struct ptrs reasons;
	struct ptrs drops; /* struct reason */
	struct tracing tracing;
	u64 less; /* ns for each call, to be taken off the stages */
	u64 packets;
	u64 complete;
	u64 joined;
	u64 payload;
	u64 idle_polls;
	u64 during; /* packets that came while a poll was under way */
	int poll_kind;
};

enum { OPT_LESS_TRACING = 256 };

static const struct argp_option options[] = {
	{ 0, 0, 0, 0, N_("The times:"), 2 },
	{ "pcap", 'P', "FILE", 0,
	  N_("The frames of the wire: how long before its interrupt each was there"), 2 },
	{ "less-tracing", OPT_LESS_TRACING, "TIME", 0,
	  N_("Take TIME off the stages for each traced call in them, such as 400ns"), 2 },
	{ 0 },
};

static const char doc[] =
	N_("Say how long each stage of the way took, and how packets were batched.\013\n"
	   "A stage holds the waiting in it. An skb is what GRO made of packets.\n"
	   "p50, p90 and p99 are percentiles, within 2 %.\n"
	   "\n"
	   "  rxpath stats trace.dat\n"
	   "  rxpath stats --flow :7000 --from +1 trace.dat\n"
	   "  rxpath stats --pcap wire.pcap trace.dat\n"
	   "  rxpath stats --less-tracing 400ns trace.dat");

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct stats_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->trace;
		return 0;
	case OPT_LESS_TRACING:
		if (parse_moment(arg, &args->less) || args->less.relative ||
		    arg[strlen(arg) - 1] != 's') {
			error_line("--less-tracing %s: give a time with its unit, such as 400ns",
				   arg);
			exit(EXIT_USAGE);
		}
		return 0;
	case 'P':
		args->pcap = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* One more packet of @key; a new key ends the run before it. */
static void run_add(struct stats *s, struct map *runs, struct hist *hist, u64 of, u64 key)
{
	struct run *run = map_get(runs, of);

	if (!run) {
		run = xcalloc(1, sizeof(*run));
		run->key = key;
		map_set(runs, of, run);
		ptrs_add(&s->runs, run);
	}
	if (run->key != key) {
		hist_add(hist, run->n);
		run->key = key;
		run->n = 0;
	}
	run->n++;
}

static void runs_end(struct map *runs, struct hist *hist)
{
	size_t i;

	for (i = 0; i < runs->cap; i++) {
		const struct run *run = runs->values[i];

		if (run)
			hist_add(hist, run->n);
	}
	map_free(runs);
}

/* Verdicts that differ in numbers alone are one reason. */
static void reason_add(struct ptrs *reasons, const char *verdict)
{
	struct reason *reason;
	struct strbuf sb = { 0 };
	size_t i;

	while (*verdict) {
		size_t digits = strspn(verdict, "0123456789");

		if (digits)
			strbuf_puts(&sb, "N");
		else
			strbuf_add(&sb, verdict, 1);
		verdict += digits ? digits : 1;
	}
	for (i = 0; i < reasons->n; i++) {
		reason = reasons->v[i];
		if (!strcmp(reason->text, sb.s))
			break;
	}
	if (i == reasons->n) {
		reason = xcalloc(1, sizeof(*reason));
		reason->text = xstrdup(sb.s);
		ptrs_add(reasons, reason);
	}
	reason = reasons->v[i];
	reason->n++;
	strbuf_free(&sb);
}

static void count_read(struct stats *s, const struct packet *p)
{
	const struct wake *wake = packet_reader_wake(p);
	u64 sock = p->sock ? p->sock->no : 0;
	struct run *run;

	run = map_get(&s->read_runs, sock);
	if (!run || run->key != p->links.read->ev.no)
		hist_add(&s->read_bytes, p->links.read->ev.ret > 0 ? p->links.read->ev.ret : 0);
	run_add(s, &s->read_runs, &s->per_read, sock, p->links.read->ev.no);
	/* Without a wake-up of its own it was read thanks to the one before it. */
	run = map_get(&s->wake_runs, sock);
	if (wake)
		run_add(s, &s->wake_runs, &s->per_wake, sock, wake->waking->ev.no);
	else if (run)
		run->n++;
}

static void on_packet(void *priv, const struct model *m, const struct packet *p)
{
	struct stats *s = priv;
	u64 took[AT_NR];
	struct stages stages;
	u64 total = 0;
	bool chosen = select_packet(s->sel, p, m->calls.first);
	char *verdict;
	unsigned int i;

	wire_wait_packet(&s->wire, p, chosen);
	if (!chosen)
		return;
	s->packets++;
	s->complete += p->verdict.complete;
	s->joined += p->join != JOIN_NONE;
	s->payload += p->join == JOIN_GRO ? 0 : p->payload;
	if (!p->verdict.complete) {
		verdict = packet_verdict(p);
		reason_add(&s->reasons, verdict);
		free(verdict);
	}
	if (packet_dropped(p))
		reason_add(&s->drops, packet_dropped(p));
	stages_find(p, &stages);
	for (i = 0; i < stages.n; i++)
		took[i] = stages.list[i].end - stages.list[i].start;
	if (s->less)
		tracing_take_off(p, &stages, s->less, took);
	for (i = 0; i < stages.n; i++) {
		hist_add(&s->stages[stages.list[i].id], took[i]);
		total += took[i];
	}
	/* From one end to the other, or it would not compare. */
	if (stages.at[AT_DONE] && stages.at[AT_IRQ])
		hist_add(&s->total, total);
	if (p->schedule)
		run_add(s, &s->irq_runs, &s->per_irq, p->schedule->ev.a.napi.napi,
			p->schedule->ev.no);
	if (p->links.read)
		count_read(s, p);
}

static void count_polls(struct stats *s, const struct call *call)
{
	const struct call *child;

	if (call->ev.kind == s->poll_kind) {
		if (call->ev.a.napi.work)
			hist_add(&s->per_poll, call->ev.a.napi.work);
		else
			s->idle_polls++;
		return;
	}
	for (child = call->child; child; child = child->next)
		count_polls(s, child);
}

static void on_root(void *priv, const struct model *m, const struct call *root)
{
	struct stats *s = priv;

	tracing_learn(&s->tracing, root);
	if (root->ev.ctx == CTX_SOFTIRQ && select_time(s->sel, m->calls.first, root->ev.start))
		count_polls(s, root);
}

static const char *time_text(char *text, size_t size, u64 ns)
{
	char *mu;

	format_ns(text, size, ns);
	mu = strstr(text, "µ");
	if (!mu || use_utf8())
		return text;
	*mu = 'u';
	memmove(mu + 1, mu + 2, strlen(mu + 1));
	return text;
}

static void put_time(double ns)
{
	char text[NS_TEXT];

	time_text(text, sizeof(text), ns);
	printf(" %*s", utf8_pad(text, 9), text);
}

static void put_times(const char *name, const struct hist *h, const char *help)
{
	if (!h->n)
		return;
	printf("%-*s %8llu", utf8_pad(name, 10), name, h->n);
	put_time(hist_mean(h));
	put_time(hist_percentile(h, 50));
	put_time(hist_percentile(h, 90));
	put_time(hist_percentile(h, 99));
	put_time(h->max);
	printf("  %s\n", help);
}

static void put_counts(const char *name, const struct hist *h)
{
	if (!h->n)
		return;
	printf("%-*s %8llu %9.2f %7llu %7llu %7llu %7llu\n", utf8_pad(name, 22), name, h->n,
	       hist_mean(h), hist_percentile(h, 50), hist_percentile(h, 90), hist_percentile(h, 99),
	       h->max);
}

static void put_bar(u64 n, u64 most, bool utf8)
{
	u64 eighths = most ? n * BAR_COLUMNS * 8 / most : 0;

	if (n && !eighths)
		eighths = 1;
	for (; eighths >= 8; eighths -= 8)
		fputs(utf8 ? "█" : "#", stdout);
	if (eighths && utf8)
		printf("\342\226%c", (char)(0x90 - eighths));
	else if (eighths)
		putchar('.');
}

static void put_histogram(const struct hist *h)
{
	bool utf8 = use_utf8();
	char from_text[NS_TEXT];
	u64 most = 0;
	u64 from;

	for (from = 0; from <= h->max; from = from ? from * 2 : FIRST_ROW_NS) {
		u64 n = hist_count(h, from, from ? from * 2 : FIRST_ROW_NS);

		most = n > most ? n : most;
	}
	for (from = 0; from <= h->max; from = from ? from * 2 : FIRST_ROW_NS) {
		u64 to = from ? from * 2 : FIRST_ROW_NS;
		u64 n = hist_count(h, from, to);

		if (to <= h->min)
			continue;
		time_text(from_text, sizeof(from_text), from);
		printf("%*s.. %8llu ", utf8_pad(from_text, 9), from_text, n);
		put_bar(n, most, utf8);
		putchar('\n');
	}
}

/* The head of a column: to the left, or to the right of a negative width. */
static void put_head(const char *text, int columns)
{
	if (columns > 0)
		printf("%-*s", utf8_pad(text, columns), text);
	else
		printf(" %*s", utf8_pad(text, -columns), text);
}

static void put_stages(const struct stats *s)
{
	int i;

	put_head(_("STAGE"), 10);
	put_head(_("PACKETS"), -8);
	put_head(_("MEAN"), -9);
	puts("       P50       P90       P99       MAX");
	if (s->wire.wire)
		put_times(_("wire"), &s->waits,
			  use_utf8() ? _("on the wire → handler begins; less the least") : "");
	for (i = 0; i < STAGE_ID_NR; i++)
		put_times(stage_name(i), &s->stages[i], use_utf8() ? stage_help(i) : "");
	put_times(_("total"), &s->total,
		  use_utf8() ? _("interrupt → recv returns, of packets that have both") : "");
	if (!s->total.n)
		return;
	puts(_("\nInterrupt to recv, all stages:"));
	put_histogram(&s->total);
}

static void put_batches(const struct stats *s)
{
	putchar('\n');
	put_head(_("PER"), 22);
	put_head("N", -8);
	put_head(_("MEAN"), -9);
	puts("     P50     P90     P99     MAX");
	put_counts(_("packets per poll"), &s->per_poll);
	put_counts(_("packets per interrupt"), &s->per_irq);
	put_counts(_("skbs per wake-up"), &s->per_wake);
	put_counts(_("skbs per read"), &s->per_read);
	put_counts(_("bytes per read"), &s->read_bytes);
	if (s->idle_polls)
		printf(_("polls that took no packet: %llu\n"), s->idle_polls);
}

static void put_wire(const struct stats *s)
{
	if (!s->wire.wire)
		return;
	if (s->during)
		printf(_("%8llu came from the wire after their interrupt, during a poll\n"),
		       s->during);
	if (s->wire.absent)
		warn_line("%llu of the trace's packets are not in %s: is it of the same wire?",
			  s->wire.absent, s->pcap);
}

static void put_tracing(const struct stats *s)
{
	char text[NS_TEXT];

	if (s->less)
		printf(_("tracing: %s for each traced call is taken off the stages\n"),
		       time_text(text, sizeof(text), s->less));
	else if (s->tracing.seen)
		printf(_("tracing: some %s for each traced call, in its caller's time\n"),
		       time_text(text, sizeof(text), tracing_cost(&s->tracing)));
}

static void put_ends(const struct stats *s, const struct model *m)
{
	size_t i;

	printf(_("\n%llu packets, %llu complete, %llu joined to another, %llu bytes of data\n"),
	       s->packets, s->complete, s->joined, s->payload);
	put_wire(s);
	put_rings(m);
	for (i = 0; i < s->reasons.n; i++) {
		const struct reason *reason = s->reasons.v[i];

		printf(_("%8llu incomplete: %s\n"), reason->n, reason->text);
	}
	for (i = 0; i < s->drops.n; i++) {
		const struct reason *reason = s->drops.v[i];

		printf(_("%8llu dropped: %s\n"), reason->n, reason->text);
	}
	if (m->calls.lost)
		printf(_("LOST: at least %llu events: record with a larger --buffer\n"),
		       m->calls.lost);
	else
		puts(_("no event lost in the ring buffer"));
	if (m->calls.missed)
		printf(_("MISSED: %llu calls have no event: see 'rxpath hooks'\n"),
		       m->calls.missed);
	if (m->calls.before)
		printf(_("%llu calls began before the recording and have no event\n"),
		       m->calls.before);
	put_tracing(s);
}

static void on_end(void *priv, const struct model *m)
{
	struct stats *s = priv;

	runs_end(&s->irq_runs, &s->per_irq);
	runs_end(&s->wake_runs, &s->per_wake);
	runs_end(&s->read_runs, &s->per_read);
	s->during = wire_wait_finish(&s->wire, &s->waits);
	if (!s->packets)
		return;
	put_stages(s);
	put_batches(s);
	put_ends(s, m);
}

static void reasons_free(struct ptrs *reasons)
{
	size_t i;

	for (i = 0; i < reasons->n; i++) {
		struct reason *reason = reasons->v[i];

		free(reason->text);
		free(reason);
	}
	ptrs_free(reasons);
}

static void stats_free(struct stats *s)
{
	size_t i;

	for (i = 0; i < s->runs.n; i++)
		free(s->runs.v[i]);
	reasons_free(&s->reasons);
	reasons_free(&s->drops);
	ptrs_free(&s->runs);
	wire_wait_close(&s->wire);
	free(s);
}

static int no_packet(const struct stats_args *args)
{
	char *chosen;

	if (select_empty(&args->trace.sel))
		return error_line("%s: no packet in it: send some while you record",
				  args->trace.path);
	chosen = select_text(&args->trace.sel);
	error_line("%s: no packet of this trace: 'rxpath tree' lists them", chosen);
	free(chosen);
	return EXIT_FAILED;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.children = trace_children,
		.options = options,
		.parser = parse_option,
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	static const struct stream_ops ops = {
		.root = on_root,
		.packet = on_packet,
		.end = on_end,
	};
	struct stats_args args = { 0 };
	struct input *in;
	struct stats *s;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	in = input_open(args.trace.path);
	if (!in)
		return EXIT_FAILED;
	s = xcalloc(1, sizeof(*s));
	s->sel = &args.trace.sel;
	s->less = args.less.ns;
	s->tracing.gro = hook_find("napi_gro_receive");
	s->poll_kind = hook_find("__napi_poll");
	s->pcap = args.pcap;
	ret = wire_wait_open(&s->wire, args.pcap);
	if (ret)
		input_close(in);
	else
		ret = stream_trace(in, &ops, s);
	if (!ret && !s->packets)
		ret = no_packet(&args);
	stats_free(s);
	return ret ? ret : out_close(NULL);
}

const struct command cmd_stats = {
	.name = "stats",
	.help = N_("latency by stage, batches, loss"),
	.run = run,
};

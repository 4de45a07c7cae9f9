// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath tree: each packet's calls, nested, as plain lines.
 *
 * The columns are fixed and the words are those of the diagrams, so that a line
 * can be searched for: context, CPU, start since the interrupt, duration, call.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/say.h"
#include "base/progress.h"
#include "base/width.h"
#include "base/args.h"
#include "base/lang.h"
#include "cmd/cmd.h"
#include "model/load.h"
#include "model/stream.h"
#include "trace/input.h"
#include "words/text.h"

struct tree {
	const struct trace_args *args;
	const struct model *m;
	const struct packet *p;
	size_t shown;
	u32 packets; /* of the trace */
	bool colour;
};

static const char doc[] =
	N_("Print each packet's calls, nested as they ran.\013\n"
	   "Columns: context (H hard interrupt, S softirq, T task), CPU, start since the\n"
	   "packet's interrupt (its first event where there is none), duration, call and result.\n"
	   "\n"
	   "  rxpath tree trace.dat\n"
	   "  rxpath tree --packet 12 trace.dat\n"
	   "  rxpath tree --flow :7000 --from +1.5 --to +2 trace.dat");

static void print_call(const struct tree *t, const struct call *call, int depth)
{
	static const char *const colours[CTX_NR] = { "\033[31m", "\033[34m", "\033[32m" };
	const struct event *ev = &call->ev;
	struct strbuf label = { 0 };
	struct strbuf result = { 0 };
	char start[NS_TEXT];
	char took[NS_TEXT];

	call_label(&label, t->m, call);
	call_result(&result, call);
	format_ns(start, sizeof(start), (s64)(ev->start - packet_wire(t->p)));
	if (call->flags & CALL_OPEN)
		snprintf(took, sizeof(took), "%s", _("open"));
	else if (ev->phase == PHASE_LEAF)
		snprintf(took, sizeof(took), "-");
	else
		format_ns(took, sizeof(took), call_duration(call));
	printf("%s%c%s %3u %*s %*s  %*s%s%s%s\n", t->colour ? colours[ev->ctx] : "",
	       context_letter(ev->ctx), t->colour ? "\033[0m" : "", ev->cpu, utf8_pad(start, 10),
	       start, utf8_pad(took, 9), took, depth * 2, "", label.s, result.len ? " = " : "",
	       result.len ? result.s : "");
	strbuf_free(&label);
	strbuf_free(&result);
}

static void print_tree(const struct tree *t, const struct call *call, int depth)
{
	const struct call *child;

	if (call->packet && call->packet != t->p->no)
		return;
	print_call(t, call, depth);
	for (child = call->child; child; child = child->next)
		print_tree(t, child, depth + 1);
}

/* The frames around a packet's call, without what they did for other packets. */
static int print_frames(const struct tree *t, const struct call *call, u32 mark)
{
	int depth;

	if (!call)
		return 0;
	depth = print_frames(t, call->parent, mark);
	if (call->mark != mark) {
		((struct call *)call)->mark = mark;
		print_call(t, call, depth);
	}
	return depth + 1;
}

static void print_wakes(const struct tree *t)
{
	size_t i;

	for (i = 0; i < t->p->links.wakes.n; i++) {
		const struct wake *wake = t->p->links.wakes.v[i];

		if (wake->run)
			print_call(t, wake->run, 0);
	}
}

static void print_packet(const struct tree *t)
{
	const struct packet *p = t->p;
	struct strbuf title = { 0 };
	const u32 mark = call_mark_new();
	size_t i;

	packet_title(&title, p);
	strbuf_addf(&title, "  %s", p->verdict.complete ? _("complete: ") : _("INCOMPLETE: "));
	verdict_text(&title, p);
	printf("%s\n", title.s);
	strbuf_free(&title);
	if (p->irq)
		print_tree(t, call_root(p->irq), 0);
	for (i = 0; i < p->calls.n; i++) {
		const struct call *call = p->calls.v[i];

		/* Inside a call of this packet: printed with it. */
		if (call->parent && call->parent->packet == p->no)
			continue;
		if (kind_get(call->ev.kind)->class == EV_copy)
			continue;
		/* Printed with the read. */
		if (p->links.read && call_root(call) == call_root(p->links.read))
			continue;
		print_tree(t, call, print_frames(t, call->parent, mark));
	}
	print_wakes(t);
	if (p->links.wait)
		print_tree(t, call_root(p->links.wait), 0);
	if (p->links.read &&
	    (!p->links.wait || call_root(p->links.read) != call_root(p->links.wait)))
		print_tree(t, call_root(p->links.read), 0);
	putchar('\n');
}

static void on_packet(void *priv, const struct model *m, const struct packet *p)
{
	struct tree *t = priv;

	t->m = m;
	t->p = p;
	if (!select_packet(&t->args->sel, p, m->calls.first))
		return;
	print_packet(t);
	t->shown++;
}

static void on_end(void *priv, const struct model *m)
{
	struct tree *t = priv;

	t->packets = m->packet_base + m->packets.n;
}

static int no_packet(const struct tree *t)
{
	const struct selection *sel = &t->args->sel;
	char *chosen;

	if (sel->packet && sel->packet > t->packets)
		return error_line("--packet %u: the trace has packets 1 to %zu", sel->packet,
				  (size_t)t->packets);
	if (!t->packets)
		return error_line("%s: no packet in it: send some while you record", t->args->path);
	chosen = select_text(sel);
	error_line("%s: no packet of this trace: 'rxpath tree' lists them", chosen);
	free(chosen);
	return EXIT_FAILED;
}

static int print_trace(struct tree *t)
{
	static const struct stream_ops ops = { .packet = on_packet, .end = on_end };
	struct selection sel = t->args->sel;
	struct model *m = model_load_indexed(t->args->path, &sel, NULL);
	struct input *in;
	int ret;

	if (m) {
		if (m->packets.n)
			on_packet(t, m, model_packet(m, sel.packet));
		on_end(t, m);
		model_free(m);
	} else {
		if (isatty(STDOUT_FILENO))
			progress_forbid();
		in = input_open(t->args->path);
		ret = in ? stream_trace(in, &ops, t) : EXIT_FAILED;
		if (ret)
			return ret;
	}
	return t->shown ? EXIT_OK : no_packet(t);
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.children = trace_children,
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	struct trace_args args = { 0 };
	struct tree t = { .args = &args };
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	t.colour = use_colour();
	ret = print_trace(&t);
	/* What there is of a trace that breaks off is printed, too. */
	return out_close(NULL) ?: ret;
}

const struct command cmd_tree = {
	.name = "tree",
	.help = N_("print each packet's calls, nested"),
	.run = run,
};

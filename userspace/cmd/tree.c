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
#include "model/rings.h"
#include "model/stream.h"
#include "trace/input.h"
#include "words/text.h"

/* A tree of calls that the packet has a part in. */
struct root {
	const struct call *call;
	u64 when; /* it comes into the packet's story */
	bool whole; /* its own from end to end */
};

struct tree {
	const struct trace_args *args;
	const struct model *m;
	const struct packet *p;
	size_t shown;
	u32 packets; /* of the trace */
	bool colour;
	struct root *roots; /* of the packet at hand, in order of time */
	size_t nr_roots;
	u32 mark; /* what leads to its calls */
	bool whole; /* the tree at hand is */
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

/* Of a tree that is not the packet's alone: what leads to its calls, and what its poll did. */
static bool is_shown(const struct tree *t, const struct call *call)
{
	if (call->mark == t->mark)
		return true;
	if (call->packet)
		return call->packet == t->p->no;
	if (t->whole || call_is_of_poll(call))
		return true;
	return call->parent && call->parent->packet == t->p->no;
}

static void print_tree(const struct tree *t, const struct call *call, int depth)
{
	const struct call *child;

	print_call(t, call, depth);
	for (child = call->child; child; child = child->next)
		if (is_shown(t, child))
			print_tree(t, child, depth + 1);
}

static void root_add(struct tree *t, const struct call *root, u64 when, bool whole)
{
	size_t i;

	for (i = 0; i < t->nr_roots; i++)
		if (t->roots[i].call == root)
			return;
	t->roots = xrealloc(t->roots, t->nr_roots + 1, sizeof(*t->roots));
	t->roots[t->nr_roots++] = (struct root){ .call = root, .when = when, .whole = whole };
}

/*
 * When a task's call comes into the story: one that was begun before the packet came
 * slept, and goes on where the task got a CPU again.
 */
static u64 task_enters(const struct packet *p, const struct call *root)
{
	size_t i;

	if (root->ev.start >= packet_wire(p))
		return root->ev.start;
	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		if (wake->run && wake->run->ev.pid == root->ev.pid)
			return wake->run->ev.start;
	}
	return root->ev.end;
}

static int compare_roots(const void *x, const void *y)
{
	const struct root *a = x;
	const struct root *b = y;

	if (a->when != b->when)
		return a->when < b->when ? -1 : 1;
	/* That the task runs comes before what it does then. */
	return a->call->ev.no < b->call->ev.no ? -1 : a->call->ev.no > b->call->ev.no;
}

static void gather_roots(struct tree *t)
{
	const struct links *links = &t->p->links;
	const struct call *call;
	const struct call *up;
	size_t i;

	t->nr_roots = 0;
	t->mark = call_mark_new();
	if (t->p->irq)
		root_add(t, call_root(t->p->irq), call_root(t->p->irq)->ev.start, true);
	for (i = 0; i < links->wakes.n; i++) {
		const struct wake *wake = links->wakes.v[i];

		if (wake->run)
			root_add(t, wake->run, wake->run->ev.start, true);
	}
	if (links->wait)
		root_add(t, call_root(links->wait), task_enters(t->p, call_root(links->wait)),
			 true);
	if (links->read)
		root_add(t, call_root(links->read), task_enters(t->p, call_root(links->read)),
			 true);
	for (i = 0; i < t->p->calls.n; i++) {
		call = t->p->calls.v[i];
		if (kind_get(call->ev.kind)->class == EV_copy)
			continue;
		for (up = call; up && up->mark != t->mark; up = up->parent)
			((struct call *)up)->mark = t->mark;
		up = call_root(call);
		root_add(t, up, up->ev.ctx == CTX_TASK ? task_enters(t->p, up) : up->ev.start,
			 false);
	}
	if (t->nr_roots)
		qsort(t->roots, t->nr_roots, sizeof(*t->roots), compare_roots);
}

static void print_packet(struct tree *t)
{
	const struct packet *p = t->p;
	struct strbuf title = { 0 };
	size_t i;

	packet_title(&title, p);
	strbuf_addf(&title, "  %s", p->verdict.complete ? _("complete: ") : _("INCOMPLETE: "));
	verdict_text(&title, p);
	printf("%s\n", title.s);
	strbuf_free(&title);
	gather_roots(t);
	for (i = 0; i < t->nr_roots; i++) {
		t->whole = t->roots[i].whole;
		print_tree(t, t->roots[i].call, 0);
	}
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
		on_packet(t, m, model_packet(m, sel.packet));
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
	free(t.roots);
	/* What there is of a trace that breaks off is printed, too. */
	return out_close(NULL) ?: ret;
}

const struct command cmd_tree = {
	.name = "tree",
	.help = N_("print each packet's calls, nested"),
	.run = run,
};

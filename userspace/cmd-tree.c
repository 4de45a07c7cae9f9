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

#include "cmd.h"
#include "index.h"
#include "lang.h"
#include "select.h"
#include "text.h"

struct tree_args {
	const char *path;
	struct selection sel;
};

struct tree {
	const struct model *m;
	const struct packet *p;
	bool colour;
};

static const struct argp_option options[] = {
	{ 0 },
};

static const char doc[] =
	N_("Print each packet's calls, nested as they ran.\013\n"
	   "Columns: context (H hard interrupt, S softirq, T task), CPU, start since the\n"
	   "packet's interrupt (its first event where there is none), duration, call and result.\n"
	   "\n"
	   "  rxpath tree trace.dat\n"
	   "  rxpath tree --packet 12 trace.dat\n"
	   "  rxpath tree --flow :7000 --from +1.5 --to +2 trace.dat");

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct tree_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->sel;
		return 0;
	case ARGP_KEY_ARG:
		if (args->path)
			argp_usage(state);
		args->path = arg;
		return 0;
	case ARGP_KEY_END:
		if (!args->path)
			args->path = "trace.dat";
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

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

	for (i = 0; i < t->p->wakes.n; i++) {
		const struct wake *wake = t->p->wakes.v[i];

		if (wake->run)
			print_call(t, wake->run, 0);
	}
}

static void print_packet(const struct tree *t)
{
	const struct packet *p = t->p;
	struct strbuf title = { 0 };
	static u32 mark = 0x80000000U;
	size_t i;

	packet_title(&title, p);
	printf("%s  %s%s\n", title.s, p->complete ? _("complete: ") : _("INCOMPLETE: "),
	       p->verdict);
	strbuf_free(&title);
	mark++;
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
		if (p->read && call_root(call) == call_root(p->read))
			continue;
		print_tree(t, call, print_frames(t, call->parent, mark));
	}
	print_wakes(t);
	if (p->wait)
		print_tree(t, call_root(p->wait), 0);
	if (p->read && (!p->wait || call_root(p->read) != call_root(p->wait)))
		print_tree(t, call_root(p->read), 0);
	putchar('\n');
}

static int run(int argc, char **argv)
{
	static const struct argp_child children[] = {
		{ &select_argp, 0, NULL, 0 },
		{ &lang_argp, 0, NULL, 0 },
		{ 0 },
	};
	static const struct argp argp = {
		.children = children,
		.options = options,
		.parser = parse_option,
		.args_doc = "[TRACE]",
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	struct tree_args args = { 0 };
	struct tree t = { 0 };
	size_t shown = 0;
	struct model *m;
	size_t i;

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	m = model_load_chosen(args.path, &args.sel, NULL);
	if (!m)
		return EXIT_FAILED;
	if (args.sel.packet && !model_packet(m, args.sel.packet)) {
		error_line("--packet %u: the trace has packets 1 to %zu", args.sel.packet,
			   m->packets.n);
		model_free(m);
		return EXIT_FAILED;
	}
	if (!m->packets.n) {
		model_free(m);
		return error_line("%s: no packet in it: send some while you record", args.path);
	}
	t.m = m;
	t.colour = use_colour();
	for (i = 0; i < m->packets.n; i++) {
		t.p = m->packets.v[i];
		if (!t.p || !select_packet(&args.sel, t.p, m->calls.first))
			continue;
		print_packet(&t);
		shown++;
	}
	if (!shown) {
		char *chosen = select_text(&args.sel);

		model_free(m);
		error_line("%s: no packet of this trace: 'rxpath tree' lists them", chosen);
		free(chosen);
		return EXIT_FAILED;
	}
	model_free(m);
	return out_close(NULL);
}

const struct command cmd_tree = {
	.name = "tree",
	.help = "print each packet's calls, nested",
	.run = run,
};

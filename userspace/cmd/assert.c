// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath assert: holds a trace to a rule file and says in TAP what came of it.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/args.h"
#include "base/lang.h"
#include "cmd/cmd.h"
#include "model/path.h"
#include "model/stream.h"
#include "rules/check.h"
#include "trace/input.h"

struct assert_args {
	struct trace_args trace;
	const char *rules;
	bool quiet;
};

static const struct argp_option options[] = {
	{ "quiet", 'q', 0, 0, N_("Say nothing of checks that hold"), 0 },
	{ 0 },
};

static const char doc[] =
	N_("Check a trace against a rule file; the result is TAP, for prove and the like.\013\n"
	   "A rule file (- is standard input) says what it is about, then what must hold:\n"
	   "\n"
	   "  packets toward :7000 with data\n"
	   "    path rxe_intr, rxe_poll, ip_rcv|ip_list_rcv, tcp_v4_rcv, tcp_recvmsg\n"
	   "    wakes epoll-server <= 1   -- one message, one wake-up\n"
	   "    time scheduler < 1ms\n"
	   "    reads return 3x 200\n"
	   "\n"
	   "rxpath-rules(5) has all of it.\n"
	   "\n"
	   "  rxpath assert lab.rules trace.dat\n"
	   "  rxpath assert --pid 195 lab.rules trace.dat\n"
	   "  prove --exec 'rxpath assert lab.rules' trace.dat\n"
	   "\n"
	   "Exit status: 0 all checks hold, 1 one does not or the trace cannot be read,\n"
	   "2 wrong command line or rule file.");

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct assert_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->trace;
		return 0;
	case 'q':
		args->quiet = true;
		return 0;
	case ARGP_KEY_ARG:
		if (args->rules)
			return ARGP_ERR_UNKNOWN; /* the trace */
		args->rules = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int wrong_name(const struct rules *rules, const struct check *check, const char *name)
{
	error_line("%s:%u: '%s': no function or event of that name: is it %s?", rules->name,
		   check->line, name, path_nearest(name));
	return EXIT_USAGE;
}

static int check_names(const struct rules *rules, const struct check *check)
{
	size_t i;
	size_t n;

	if (!check->kind->takes_hops)
		return EXIT_OK;
	for (i = 0; i < check->list.n; i++) {
		const struct hop *hop = check->list.v[i];

		for (n = 0; n < hop->names.n; n++)
			if (!path_knows(hop->names.v[n]))
				return wrong_name(rules, check, hop->names.v[n]);
	}
	return EXIT_OK;
}

/* A misspelt name would never be passed, and 'never' would always hold. */
static int check_all_names(const struct rules *rules)
{
	int ret = EXIT_OK;
	size_t i;
	size_t c;

	for (i = 0; !ret && i < rules->blocks.n; i++) {
		const struct block *block = rules->blocks.v[i];

		for (c = 0; !ret && c < block->checks.n; c++)
			ret = check_names(rules, block->checks.v[c]);
	}
	return ret;
}

static void put_notes(const char *notes)
{
	while (*notes) {
		size_t len = strcspn(notes, "\n");

		printf("#   %.*s\n", (int)len, notes);
		notes += len + (notes[len] == '\n');
	}
}

static void put_check(const struct rules *rules, const struct block *block,
		      const struct check *check, const struct finding *v, unsigned int no)
{
	printf("%sok %u - %s:%u: %s: %s\n", v->failed ? "not " : "", no, rules->name, check->line,
	       block->text, check->why ? check->why : check->text);
	if (v->failed && check->why)
		printf("#   %s\n", check->text);
	if (v->notes.len)
		put_notes(v->notes.s);
}

/* What is carried along a trace. */
struct court {
	const struct assert_args *args;
	const struct rules *rules;
	struct ptrs trials; /* struct trial */
	u64 losses; /* gaps in the trace */
	unsigned int failed;
	unsigned int no;
	int ret;
};

static void look_at_calls(struct court *c, const struct model *m, const struct call *call)
{
	const struct call *child;
	size_t i;

	c->losses += call->ev.kind == KIND_LOST;
	for (i = 0; i < c->trials.n; i++)
		trial_call(c->trials.v[i], m, call);
	for (child = call->child; child; child = child->next)
		look_at_calls(c, m, child);
}

static void on_root(void *priv, const struct model *m, const struct call *root)
{
	look_at_calls(priv, m, root);
}

static void on_packet(void *priv, const struct model *m, const struct packet *p)
{
	struct court *c = priv;
	size_t i;

	for (i = 0; i < c->trials.n; i++)
		trial_packet(c->trials.v[i], m, p);
}

static void put_trial(struct court *c, struct trial *t, u64 lost)
{
	size_t i;

	for (i = 0; i < t->block->checks.n; i++) {
		struct finding v = { 0 };

		check_judge(t, i, lost, &v);
		c->no++;
		c->failed += v.failed;
		if (v.failed && t->skipped)
			strbuf_addf(&v.notes, _("%u incomplete packets left out\n"), t->skipped);
		if (v.failed || !c->args->quiet)
			put_check(c->rules, t->block, t->block->checks.v[i], &v, c->no);
		strbuf_free(&v.notes);
	}
}

static void on_end(void *priv, const struct model *m)
{
	struct court *c = priv;
	u64 lost = m->calls.lost > c->losses ? m->calls.lost : c->losses;
	size_t i;

	/* Only now are the names known that the trace alone has. */
	c->ret = check_all_names(c->rules);
	for (i = 0; !c->ret && i < c->trials.n; i++) {
		trial_finish(c->trials.v[i], m);
		put_trial(c, c->trials.v[i], lost);
	}
}

static int assert_trace(const struct assert_args *args, const struct rules *rules)
{
	static const struct stream_ops ops = {
		.root = on_root,
		.packet = on_packet,
		.end = on_end,
	};
	struct court c = { .args = args, .rules = rules };
	struct input *in = input_open(args->trace.path);
	int ret = EXIT_FAILED;
	size_t i;

	for (i = 0; i < rules->blocks.n; i++)
		ptrs_add(&c.trials, trial_new(rules->blocks.v[i], &args->trace.sel));
	if (in)
		ret = stream_trace(in, &ops, &c);
	for (i = 0; i < c.trials.n; i++)
		trial_free(c.trials.v[i]);
	ptrs_free(&c.trials);
	if (ret) {
		/* For who reads the TAP alone. */
		printf("Bail out! %s\n", args->trace.path);
		return EXIT_FAILED;
	}
	if (c.ret)
		return c.ret;
	printf("1..%u\n", c.no);
	ret = out_close(NULL);
	return c.failed ? EXIT_FAILED : ret;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.children = trace_children,
		.options = options,
		.parser = parse_option,
		.args_doc = N_("RULES"),
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	struct assert_args args = { 0 };
	struct rules *rules;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	if (!args.rules) {
		error_line("assert: no rule file: see 'rxpath assert --help'");
		return EXIT_USAGE;
	}
	rules = rules_read(args.rules);
	if (!rules)
		return EXIT_USAGE;
	ret = assert_trace(&args, rules);
	rules_free(rules);
	return ret;
}

const struct command cmd_assert = {
	.name = "assert",
	.help = N_("check a trace against a rule file"),
	.run = run,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath query: one number of a trace, asked for in the words of rule files.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "base/say.h"
#include "cmd/cmd.h"
#include "rules/court.h"

enum {
	OPT_SET = 0x200,
};

struct query_args {
	struct trace_args trace;
	struct rules *rules;
	const char *question;
};

static const struct argp_option options[] = {
	{ "set", OPT_SET, "NAME=VALUE", 0, N_("What $NAME is in the question"), 0 },
	{ 0 },
};

static const char doc[] =
	N_("Ask a trace for a number, in the words of rule files.\013\n"
	   "A question is what it is about, and a number of that:\n"
	   "\n"
	   "  rxpath query 'calls do_epoll_wait by epoll-server count' trace.dat\n"
	   "  rxpath query 'packets toward :7000 with data wakeups' trace.dat\n"
	   "  rxpath query 'calls tcp_v4_rcv toward :7000 max window' trace.dat\n"
	   "\n"
	   "rxpath-rules(5) has all of it.\n"
	   "\n"
	   "Exit status: 0 there it is, 1 the trace cannot be read, 2 wrong question,\n"
	   "3 the recording cannot tell.");

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct query_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->trace;
		return 0;
	case OPT_SET:
		if (!rules_set(args->rules, arg))
			return 0;
		error_line("--set %s: give a name and a value, as in --set port=7000", arg);
		exit(EXIT_USAGE);
	case ARGP_KEY_ARG:
		if (args->question)
			return ARGP_ERR_UNKNOWN; /* the trace */
		args->question = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int put_answer(const struct report *report)
{
	const struct ruling *ruling = report->values.v[0];

	if (ruling->finding.valued) {
		printf("%lld\n", ruling->finding.value);
		return out_close(NULL);
	}
	error_line("query: %s", ruling->finding.reason ? ruling->finding.reason
						       : _("the trace has nothing of that kind"));
	return EXIT_UNKNOWN;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.children = trace_children,
		.options = options,
		.parser = parse_option,
		.args_doc = N_("QUESTION"),
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	struct query_args args = { .rules = rules_new() };
	struct report report = { 0 };
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	if (!args.question) {
		error_line("query: no question: see 'rxpath query --help'");
		return EXIT_USAGE;
	}
	ret = rules_ask(args.rules, args.question) ? EXIT_USAGE : EXIT_OK;
	if (!ret)
		ret = court_hold(args.rules, &args.trace, &report);
	if (!ret)
		ret = put_answer(&report);
	report_free(&report);
	rules_free(args.rules);
	return ret;
}

const struct command cmd_query = {
	.name = "query",
	.help = N_("ask a trace for a number, in the words of rule files"),
	.run = run,
};

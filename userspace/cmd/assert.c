// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath assert: holds a trace to rule files and says what came of it.
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
	OPT_HINTS,
};

struct assert_args {
	struct trace_args trace;
	struct rules *rules;
	struct ptrs paths; /* rule files, then the trace */
	const struct report_format *format;
	bool quiet;
	bool hints;
};

static const struct argp_option options[] = {
	{ "format", 'f', "FORMAT", 0, N_("%s; default: text"), 0 },
	{ "set", OPT_SET, "NAME=VALUE", 0, N_("What $NAME is in the rules, whatever they say"), 0 },
	{ "hints", OPT_HINTS, 0, 0, N_("Show the hints of checks that do not hold"), 0 },
	{ "quiet", 'q', 0, 0, N_("Say nothing of checks that hold"), 0 },
	{ 0 },
};

static const char doc[] =
	N_("Check a trace against rule files; the result is TAP, for prove and the like.\013\n"
	   "A rule file (- is standard input) says what it is about, then what must hold:\n"
	   "\n"
	   "  packets toward :7000 with data\n"
	   "    path rxe_intr, rxe_poll, ip_rcv|ip_list_rcv, tcp_v4_rcv, tcp_recvmsg\n"
	   "    wakes epoll-server <= 1   -- one message, one wake-up\n"
	   "    time scheduler < 1ms\n"
	   "    reads return 3x 200\n"
	   "\n"
	   "rxpath-rules(5) has all of it. A FORMAT is one of\n"
	   "\n"
	   "%s\n"
	   "  rxpath assert lab.rules trace.dat\n"
	   "  rxpath assert --pid 195 lab.rules trace.dat\n"
	   "  rxpath assert --format json --set server=195 lab.rules hidden.rules trace.dat\n"
	   "  prove --exec 'rxpath assert lab.rules' trace.dat\n"
	   "\n"
	   "Exit status: 0 all checks hold, 1 one does not or the trace cannot be read,\n"
	   "2 wrong command line or rule file, 3 the recording cannot tell.");

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct assert_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->trace;
		return 0;
	case 'f':
		args->format = report_find(arg);
		if (args->format)
			return 0;
		error_line("--format %s: give one of %s", arg, choice_names(&report_formats));
		exit(EXIT_USAGE);
	case OPT_SET:
		if (!rules_set(args->rules, arg))
			return 0;
		error_line("--set %s: give a name and a value, as in --set port=7000", arg);
		exit(EXIT_USAGE);
	case OPT_HINTS:
		args->hints = true;
		return 0;
	case 'q':
		args->quiet = true;
		return 0;
	case ARGP_KEY_ARG:
		ptrs_add(&args->paths, arg);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static unsigned int count(const struct report *report, enum verdict_of verdict)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < report->rulings.n; i++)
		n += ((const struct ruling *)report->rulings.v[i])->finding.verdict == verdict;
	return n;
}

static int assert_trace(const struct assert_args *args)
{
	struct report report = { .quiet = args->quiet, .hints = args->hints };
	int ret = court_hold(args->rules, &args->trace, &report);

	if (!ret) {
		args->format->write(&report);
		ret = out_close(NULL);
		if (count(&report, RULE_BROKEN))
			ret = EXIT_FAILED;
		else if (!ret && count(&report, RULE_UNKNOWN))
			ret = EXIT_UNKNOWN;
	} else if (ret == EXIT_FAILED && args->format->for_tap) {
		/* For who reads the TAP alone. */
		printf("Bail out! %s\n", args->trace.path);
	}
	report_free(&report);
	return ret;
}

static int read_rules(struct assert_args *args)
{
	size_t i;

	if (!args->paths.n) {
		error_line("assert: no rule file: see 'rxpath assert --help'");
		return EXIT_USAGE;
	}
	if (args->paths.n > 1)
		args->trace.path = args->paths.v[--args->paths.n];
	for (i = 0; i < args->paths.n; i++)
		if (rules_read(args->rules, args->paths.v[i]))
			return EXIT_USAGE;
	return EXIT_OK;
}

static char *help(int key, const char *text, void *input)
{
	(void)input;
	if (key == ARGP_KEY_HELP_POST_DOC)
		return choice_text(text, &report_formats);
	return key == 'f' ? xasprintf(text, choice_names(&report_formats)) : (char *)text;
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.children = trace_children,
		.options = options,
		.parser = parse_option,
		.args_doc = N_("RULES..."),
		.doc = doc,
		.help_filter = help,
		.argp_domain = LANG_DOMAIN,
	};
	struct assert_args args = { .rules = rules_new(), .format = &report_text };
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	ret = read_rules(&args);
	if (!ret)
		ret = assert_trace(&args);
	ptrs_free(&args.paths);
	rules_free(args.rules);
	return ret;
}

const struct command cmd_assert = {
	.name = "assert",
	.help = N_("check a trace against a rule file"),
	.run = run,
};

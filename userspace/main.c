// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath: follows packets from the NIC's ring to the program that reads them.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/lang.h"
#include "cmd/cmd.h"

const char *argp_program_version = "rxpath 0.1";

static const char doc[] =
	N_("Show what the kernel does with a packet, from the ring to recv() or epoll_wait().\013\n"
	   "Commands:\n%s\n"
	   "'rxpath COMMAND --help' says more about each.\n"
	   "Exit status: 0 done, 1 it could not be done, 2 wrong command line.");

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	const struct command **chosen = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		*chosen = command_find(arg);
		if (!*chosen) {
			error_line("%s: no such command: see 'rxpath --help'", arg);
			exit(EXIT_USAGE);
		}
		/* The rest of the line is the command's. */
		state->quoted = state->next--;
		state->next = state->argc;
		return 0;
	case ARGP_KEY_NO_ARGS:
		error_line("no command: try 'rxpath --help'");
		exit(EXIT_USAGE);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static char *help(int key, const char *text, void *input)
{
	(void)input;
	return key == ARGP_KEY_HELP_POST_DOC ? choice_text(text, &commands) : (char *)text;
}

int main(int argc, char **argv)
{
	static const struct argp_child children[] = { { &lang_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.parser = parse_option,
		.children = children,
		.args_doc = N_("COMMAND [OPTION...]"),
		.doc = doc,
		.help_filter = help,
		.argp_domain = LANG_DOMAIN,
	};
	const struct command *command = NULL;
	char name[64];
	int at;

	lang_args(argc, argv);
	argp_err_exit_status = EXIT_USAGE;
	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &command);
	for (at = 1; at < argc && strcmp(argv[at], command->name); at++)
		;
	/* The command's own usage messages name it in full. */
	snprintf(name, sizeof(name), "rxpath %s", command->name);
	argv[at] = name;
	return command->run(argc - at, argv + at);
}

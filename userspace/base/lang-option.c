// SPDX-License-Identifier: GPL-2.0
/*
 * --lang, an option of every command.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/say.h"

/* No letter: a long option alone. */
#define OPT_LANG 0x200

static void lang_option(const char *name)
{
	if (!lang_use(name))
		return;
	error_line("--lang %s: give one of en, zh", name);
	exit(EXIT_USAGE);
}

/**
 * lang_args - choose by the environment and the command line
 * @argc: number of arguments
 * @argv: arguments
 *
 * The option is looked for before anything is parsed: so that --help heeds it,
 * and the line that tells a wrong option, wherever it stands. What follows
 * record is another program's.
 */
void lang_args(int argc, char **argv)
{
	int i;

	lang_init();
	for (i = 1; i < argc && strcmp(argv[i], "--") && strcmp(argv[i], "record"); i++) {
		if (!strncmp(argv[i], "--lang=", 7))
			lang_option(argv[i] + 7);
		else if (!strcmp(argv[i], "--lang") && i + 1 < argc)
			lang_option(argv[i + 1]);
	}
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	(void)state;
	if (key != OPT_LANG)
		return ARGP_ERR_UNKNOWN;
	lang_option(arg);
	return 0;
}

static const struct argp_option options[] = {
	{ "lang", OPT_LANG, "LANG", 0, N_("Language: en or zh (default: the locale's)"), -1 },
	{ 0 },
};

const struct argp lang_argp = {
	.options = options,
	.parser = parse_option,
	.argp_domain = LANG_DOMAIN,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath index: makes the next pictures of a long trace quick.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/say.h"
#include "base/lang.h"
#include "cmd/cmd.h"
#include "model/index.h"
#include "view/view.h"

static const char doc[] =
	N_("Note where each packet's story lies in a long trace, to find it at once.\013\n"
	   "Writes TRACE.index beside the trace. 'tree --packet' and 'diagram' use it,\n"
	   "unless other options choose the packet; what they print is the same.\n\n"
	   "  rxpath index trace.dat\n"
	   "  rxpath diagram --packet 123456 trace.dat");

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	const char **path = state->input;

	if (key != ARGP_KEY_ARG)
		return ARGP_ERR_UNKNOWN;
	if (*path)
		argp_usage(state);
	*path = arg;
	return 0;
}

static int run(int argc, char **argv)
{
	static const struct argp_child children[] = { { &lang_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.children = children,
		.parser = parse_option,
		.args_doc = N_("[TRACE]"),
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	const char *path = NULL;
	u32 packets;
	char *name;

	argp_parse(&argp, argc, argv, 0, NULL, &path);
	if (!path)
		path = "trace.dat";
	if (index_build(path, &view_ratings, &packets))
		return EXIT_FAILED;
	name = index_path(path);
	printf(_("%s: %u packets\n"), name, packets);
	free(name);
	return EXIT_OK;
}

const struct command cmd_index = {
	.name = "index",
	.help = N_("make one packet of a long trace quick to find"),
	.run = run,
};

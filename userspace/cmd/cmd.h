/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Subcommands: one per file, and a row in cmd.c.
 */
#ifndef RXPATH_CMD_H
#define RXPATH_CMD_H

#include "base/choice.h"

struct command {
	const char *name;
	const char *help;
	int (*run)(int argc, char **argv);
};

extern const struct command cmd_record;
extern const struct command cmd_tree;
extern const struct command cmd_diagram;
extern const struct command cmd_export;
extern const struct command cmd_stats;
extern const struct command cmd_index;
extern const struct command cmd_hooks;
extern const struct command cmd_assert;
extern const struct command cmd_query;

/* The recording cannot tell, and nothing is broken that it can. */
#define EXIT_UNKNOWN 3

/* cmd.c */
extern const struct choices commands;

const struct command *command_find(const char *name);

/* hooks.c */
size_t hooks_split(char *line, char **fields, size_t max);

#endif /* RXPATH_CMD_H */

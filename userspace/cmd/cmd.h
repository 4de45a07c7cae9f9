/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Subcommands: one per cmd-*.c, and what they share.
 */
#ifndef RXPATH_CMD_H
#define RXPATH_CMD_H

#include "base/util.h"

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

/* cmd-hooks.c */
size_t hooks_split(char *line, char **fields, size_t max);

#endif /* RXPATH_CMD_H */

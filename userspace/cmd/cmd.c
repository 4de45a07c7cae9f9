// SPDX-License-Identifier: GPL-2.0
/*
 * The subcommands.
 */
#include "cmd/cmd.h"

static const struct command *const rows[] = {
	&cmd_record, &cmd_tree,	 &cmd_diagram, &cmd_export, &cmd_stats,
	&cmd_index,  &cmd_hooks, &cmd_assert,  &cmd_query,
};

static const char *row_name(size_t i)
{
	return i < ARRAY_SIZE(rows) ? rows[i]->name : NULL;
}

static const char *row_help(size_t i)
{
	return rows[i]->help;
}

const struct choices commands = { row_name, row_help };

/**
 * command_find - a subcommand by its name
 * @name: name
 *
 * Return: the command, or NULL.
 */
const struct command *command_find(const char *name)
{
	int i = choice_find(&commands, name);

	return i < 0 ? NULL : rows[i];
}

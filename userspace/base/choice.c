// SPDX-License-Identifier: GPL-2.0
/*
 * Listing what may be chosen.
 */
#include <string.h>

#include "base/choice.h"
#include "base/lang.h"

/**
 * choice_find - a row by its name
 * @choices: table
 * @name: name
 *
 * Return: its number, -1 if there is none.
 */
int choice_find(const struct choices *choices, const char *name)
{
	const char *row;
	int i;

	for (i = 0; (row = choices->name(i)); i++)
		if (!strcmp(row, name))
			return i;
	return -1;
}

/**
 * choice_names - all names
 * @choices: table
 *
 * Return: the names, separated by commas; valid until the next call.
 */
const char *choice_names(const struct choices *choices)
{
	static struct strbuf names;
	const char *row;
	size_t i;

	names.len = 0;
	for (i = 0; (row = choices->name(i)); i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", row);
	return names.s;
}

/**
 * choice_help - a line for each row: its name, and what it is
 * @sb: where to append
 * @choices: table
 */
void choice_help(struct strbuf *sb, const struct choices *choices)
{
	const char *row;
	int width = 0;
	size_t i;

	for (i = 0; (row = choices->name(i)); i++)
		if ((int)strlen(row) > width)
			width = strlen(row);
	for (i = 0; (row = choices->name(i)); i++)
		strbuf_addf(sb, "  %-*s  %s\n", width, row, _(choices->help(i)));
}

/**
 * choice_text - a help text with the lines of a table in it
 * @text: printf format with one %s
 * @choices: table
 *
 * Return: the text, to be freed.
 */
char *choice_text(const char *text, const struct choices *choices)
{
	struct strbuf list = { 0 };
	char *whole;

	choice_help(&list, choices);
	whole = xasprintf(text, list.s);
	strbuf_free(&list);
	return whole;
}

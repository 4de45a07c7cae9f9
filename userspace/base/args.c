// SPDX-License-Identifier: GPL-2.0
/*
 * What the subcommands' options and outputs have in common.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/say.h"
#include "base/args.h"
#include "base/lang.h"

#define DEFAULT_WIDTH 100
#define MIN_WIDTH     40
#define MAX_WIDTH     400

/**
 * parse_number - a whole decimal number from 1 up
 * @text: what was typed; a leading "skb#" is allowed
 * @number: result
 *
 * Return: 0, or -1 if @text is no such number.
 */
int parse_number(const char *text, u32 *number)
{
	unsigned long value;
	char *end;

	if (!strncmp(text, "skb#", 4))
		text += 4;
	if (*text < '0' || *text > '9')
		return -1;
	errno = 0;
	value = strtoul(text, &end, 10);
	if (errno || *end || !value || value > 0xffffffffUL)
		return -1;
	*number = value;
	return 0;
}

/**
 * out_open - send standard output to a file
 * @path: the file, NULL to leave it
 *
 * Return: 0, or EXIT_FAILED after one line.
 */
int out_open(const char *path)
{
	if (path && !freopen(path, "w", stdout))
		return error_line("%s: %s: name a file in a folder that you can write to with -o",
				  path, strerror(errno));
	return 0;
}

/**
 * out_suffix - what a file's name says of its format
 * @path: the file, NULL for standard output
 *
 * Return: what is behind the last point of its name, "" if there is none.
 */
const char *out_suffix(const char *path)
{
	const char *point = path ? strrchr(path, '.') : NULL;

	return point && !strchr(point, '/') ? point + 1 : "";
}

/**
 * out_close - make sure that all output has arrived
 * @path: the file, NULL for standard output
 *
 * Return: 0, or EXIT_FAILED after one line.
 */
int out_close(const char *path)
{
	if (!ferror(stdout) && !fflush(stdout))
		return 0;
	return error_line("%s: %s: free some space or name another file with -o",
			  path ? path : _("standard output"), strerror(errno));
}

/**
 * use_colour - may the output be coloured
 *
 * Return: true on a terminal, unless NO_COLOR is set (no-color.org).
 */
bool use_colour(void)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if ((no && *no) || (term && !strcmp(term, "dumb")))
		return false;
	return isatty(STDOUT_FILENO);
}

/**
 * terminal_width - columns to use
 *
 * Return: COLUMNS if set, else the terminal's width, else a page's.
 */
unsigned int terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	u32 width = 0;

	if ((!columns || parse_number(columns, &width)) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		width = size.ws_col;
	if (!width)
		width = DEFAULT_WIDTH;
	if (width < MIN_WIDTH)
		return MIN_WIDTH;
	return width > MAX_WIDTH ? MAX_WIDTH : width;
}

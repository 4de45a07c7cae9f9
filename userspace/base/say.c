// SPDX-License-Identifier: GPL-2.0
/*
 * What the program says on standard error: one line each, in the language.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/lang.h"
#include "base/progress.h"
#include "base/say.h"

/**
 * error_line - say what is wrong and what to do, in one line
 * @fmt: printf format, no newline; looked up in the language
 *
 * Return: EXIT_FAILED, so that a command can return it at once.
 */
int error_line(const char *fmt, ...)
{
	va_list ap;

	progress_end();
	fputs("rxpath: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, _(fmt), ap);
	va_end(ap);
	fputc('\n', stderr);
	return EXIT_FAILED;
}

/**
 * warn_line - say what the output lacks, and go on
 * @fmt: printf format, no newline; looked up in the language
 */
void warn_line(const char *fmt, ...)
{
	va_list ap;

	progress_end();
	fprintf(stderr, "rxpath: %s", _("warning: "));
	va_start(ap, fmt);
	vfprintf(stderr, _(fmt), ap);
	va_end(ap);
	fputc('\n', stderr);
}

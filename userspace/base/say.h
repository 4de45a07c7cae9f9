/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One-line errors and warnings, and the exit status that goes with them.
 */
#ifndef RXPATH_SAY_H
#define RXPATH_SAY_H

/* Exit status: what a script can tell apart. */
enum rxpath_exit {
	EXIT_OK = 0,
	EXIT_FAILED = 1, /* input, kernel or file system said no */
	EXIT_USAGE = 2, /* the command line was wrong */
};

int error_line(const char *fmt, ...) __printf(1, 2);
void warn_line(const char *fmt, ...) __printf(1, 2);

#endif /* RXPATH_SAY_H */

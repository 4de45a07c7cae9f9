/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What came of holding a trace to rules, for people and for programs.
 */
#ifndef RXPATH_REPORT_H
#define RXPATH_REPORT_H

#include "base/choice.h"
#include "rules/assert.h"

/* A check and what was found of it. */
struct ruling {
	const struct block *block;
	const struct check *check;
	struct finding finding;
};

struct report {
	const char *trace;
	char *kernel; /* that it was recorded on; "" where the trace does not tell */
	bool quiet; /* nothing of checks that hold */
	bool hints; /* of those that do not, the hint */
	struct ptrs rulings; /* struct ruling */
	struct ptrs values; /* the same, of what is no check */
};

struct report_format {
	const char *name;
	const char *help;
	bool for_tap; /* a trace that cannot be read is told in it, too */
	void (*write)(const struct report *report);
};

/* A format a file: report-NAME.c */
extern const struct report_format report_text;
extern const struct report_format report_tap;
extern const struct report_format report_tap14;
extern const struct report_format report_json;
extern const struct report_format report_junit;

/* reports.c */
extern const struct choices report_formats;

const struct report_format *report_find(const char *name);

/* report.c */
char *ruling_name(const struct ruling *ruling);
char *ruling_found(const struct ruling *ruling);
char *ruling_message(const struct ruling *ruling);
char *ruling_details(const struct ruling *ruling);
const char *ruling_command(const struct ruling *ruling);
const char *verdict_name(enum verdict_of verdict);

#endif /* RXPATH_REPORT_H */

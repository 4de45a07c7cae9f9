/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rules that 'rxpath assert' holds a trace to: rxpath-rules(5).
 */
#ifndef RXPATH_RULES_H
#define RXPATH_RULES_H

#include "model/select.h"
#include "model/stages.h"

/* What a block is about: its checks hold for each of these. */
enum block_subject {
	ABOUT_PACKETS, /* the chosen packets, all together */
	ABOUT_FLOWS, /* each connection by itself */
	ABOUT_TASKS, /* each task that was woken or read */
};

/* What is done with a packet whose way the trace does not hold to its end. */
enum incomplete {
	INCOMPLETE_FAIL,
	INCOMPLETE_SKIP,
	INCOMPLETE_JUDGE, /* like any other */
};

enum compare {
	IS_EQUAL,
	IS_NOT,
	IS_LESS,
	IS_AT_MOST,
	IS_MORE,
	IS_AT_LEAST,
};

/* One hop of a path, or one of the functions never to be passed. */
struct hop {
	struct ptrs names; /* any of them will do */
};

/* Results of calls in a row. */
struct result {
	u32 times;
	s64 value;
	char *error; /* its name, NULL: the value counts */
};

struct check_kind;

struct check {
	const struct check_kind *kind;
	unsigned int line;
	char *text; /* as it is written */
	char *why; /* what it is called in the report, NULL: the text */
	struct ptrs list; /* struct hop or struct result */
	bool open_end; /* more results may follow */
	char *name; /* of a task (or its pid), or of a reason; NULL: any */
	enum compare compare;
	u64 value;
	int stage; /* -1: from @from to @to */
	enum moment_id from;
	enum moment_id to;
	unsigned int percentile;
};

struct block {
	enum block_subject subject;
	unsigned int line;
	char *text;
	char *task; /* of ABOUT_TASKS, NULL: all */
	bool with_data;
	u16 flags; /* of the TCP header, all of them */
	struct endpoint toward; /* where the packets go, if @directed */
	bool directed;
	struct selection sel;
	enum incomplete incomplete;
	struct ptrs checks;
};

struct rules {
	char *name; /* of the file */
	struct ptrs blocks;
	size_t nr_checks;
};

struct rules *rules_read(const char *path);
struct rules *rules_parse(const char *text, const char *name);
void rules_free(struct rules *rules);

#endif /* RXPATH_RULES_H */

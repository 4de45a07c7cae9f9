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
	ABOUT_CALLS, /* calls, whether or not a packet led to them */
	ABOUT_TRACE, /* all calls, and how sets of them lie to each other */
	ABOUT_BOTH_WAYS, /* each connection, its two directions together */
	ABOUT_RING, /* the receive ring of each interface */
	ABOUT_SOCKS, /* each connected TCP socket, and its states */
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
	HAS_BITS, /* of a field: all of them */
};

/* Of which things a check must hold. */
enum quantity {
	EVERY,
	SOME,
	NO,
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

/* A kernel's version, to be compared. */
#define KERNEL(major, minor) ((u32)(major) << 16 | (minor))

/* What is said in two languages; NULL: nothing. */
struct texts {
	char *en;
	char *zh;
};

struct check_kind;
struct callset;
struct with;

struct check {
	const struct check_kind *kind;
	const char *file; /* one of the rules' */
	unsigned int line;
	char *text; /* as it is written, its names replaced */
	char *why; /* what it is called in the report, NULL: the text */
	char *id; /* NULL: none, and nothing of what follows */
	struct texts title;
	u32 points;
	bool hidden;
	struct texts hint;
	const struct check *parent; /* unless it passes, this one is not judged */
	u32 on; /* kernel, as KERNEL() makes it; 0: any */
	u32 since;
	u32 before;
	char *answer; /* it is no check: this name is given to its number */
	struct ptrs list; /* struct hop or struct result */
	bool open_end; /* more results may follow */
	char *name; /* of a task (or its pid), or of a reason; NULL: any */
	enum quantity quantity;
	struct with *with; /* a field */
	struct ptrs sets; /* struct callset, of a block of the trace */
	bool last[2]; /* of each of two sets the last is meant */
	bool ends; /* the first of two is over when the second begins */
	struct ptrs times; /* u64: in a row, ns or how many */
	u32 percent; /* that each may be off by */
	u64 apart; /* ns */
	int number; /* a context, a processor */
	enum compare compare;
	u64 value;
	int stage; /* -1: from @from to @to */
	enum moment_id from;
	enum moment_id to;
	unsigned int percentile;
};

struct block {
	enum block_subject subject;
	const char *file; /* one of the rules' */
	unsigned int line;
	char *text;
	char *task; /* of ABOUT_TASKS, NULL: all */
	struct callset *calls; /* of ABOUT_CALLS */
	struct ptrs through; /* struct hop: its way leads through each */
	struct ptrs around; /* struct hop: and through none of these */
	u32 nth; /* packet of those, 0: all */
	bool last; /* packet of those */
	bool with_data;
	u16 flags; /* of the TCP header, all of them */
	struct endpoint toward; /* where the packets go, if @directed */
	bool directed;
	u16 peer; /* port at the other end, of ABOUT_SOCKS; 0: any */
	char *ring; /* number or name of an interface, NULL: all */
	struct selection sel;
	char *after; /* a mark, or NULL */
	char *before; /* the first of these behind that */
	enum incomplete incomplete;
	struct ptrs checks;
};

/* A name that lines may use. */
struct let {
	char *name;
	char *value;
	bool given; /* from outside: no file changes it */
};

struct rules {
	struct ptrs files; /* names */
	struct ptrs lets; /* struct let */
	struct ptrs blocks;
	size_t nr_checks;
};

/* rules.c */
struct rules *rules_new(void);
int rules_read(struct rules *rules, const char *path);
int rules_ask(struct rules *rules, const char *question);
struct rules *rules_parse(const char *text, const char *name);
void rules_free(struct rules *rules);

/* kernels.c */
u32 kernel_parse(const char *text);

static inline bool is_about_packets(enum block_subject subject)
{
	return subject < ABOUT_CALLS || subject == ABOUT_BOTH_WAYS;
}

/* lets.c */
int rules_set(struct rules *rules, const char *assignment);

/* texts.c */
const char *texts_pick(const struct texts *texts);

#endif /* RXPATH_RULES_H */

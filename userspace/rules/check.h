/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a check is: how it is read, and how it judges. Its file has a struct check_kind
 * for it, and checks.c a row.
 */
#ifndef RXPATH_CHECK_H
#define RXPATH_CHECK_H

#include "base/choice.h"
#include "rules/assert.h"
#include "rules/parse.h"

/* A packet before a check. */
struct judge {
	const struct model *m;
	const struct check *check;
	const struct packet *p;
	bool applies; /* the packet has what is to be judged */
};

struct check_kind {
	const char *name; /* the first word of its line */
	int (*parse)(struct parser *p); /* what is behind it; may choose another kind */

	/*
	 * It judges in one of these ways. What is wrong is a text, to be freed; NULL is
	 * nothing.
	 */
	char *(*packet)(struct judge *j); /* each packet */
	u64 (*count)(const struct group *group); /* a number of each group, compared */
	char *(*group)(const struct check *check, const struct group *group, struct tally *tally);
	u64 (*total)(const struct trial *trial, u64 lost); /* a number of the block, compared */

	/* For @group: what it keeps of each packet. */
	void (*collect)(const struct check *check, const struct packet *p, struct tally *tally);
	bool takes_hops; /* its list is of functions; else of results */
	bool never_incomplete; /* whatever the block says of incomplete packets */
	bool counts_calls; /* it looks at reads or waits */
	bool lists_packets; /* if it fails, the packets are listed */
	bool lists_woken; /* and whom each woke */
};

/* check-path.c */
extern const struct check_kind check_path;
extern const struct check_kind check_never;
extern const struct check_kind check_complete;
extern const struct check_kind check_calls;

/* check-time.c */
extern const struct check_kind check_time;

/* check-tasks.c */
extern const struct check_kind check_wakes;
extern const struct check_kind check_read;

/* check-verdict.c */
extern const struct check_kind check_dropped;

/* check-group.c */
extern const struct check_kind check_packets;
extern const struct check_kind check_data;
extern const struct check_kind check_wakeups;
extern const struct check_kind check_reads;
extern const struct check_kind check_bytes;
extern const struct check_kind check_waits;
extern const struct check_kind check_flows;
extern const struct check_kind check_tasks;
extern const struct check_kind check_lost;

/* checks.c */
extern const struct choices check_kinds;

const struct check_kind *check_find(const char *name);

#endif /* RXPATH_CHECK_H */

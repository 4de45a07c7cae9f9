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

/* The blocks that a check may be in, as bits of enum block_subject. */
enum {
	IN_PACKETS = 1U << ABOUT_PACKETS | 1U << ABOUT_FLOWS | 1U << ABOUT_TASKS |
		     1U << ABOUT_BOTH_WAYS,
	IN_CALLS = 1U << ABOUT_CALLS,
	IN_TRACE = 1U << ABOUT_TRACE,
	IN_SOCKS = 1U << ABOUT_SOCKS,
	IN_RING = 1U << ABOUT_RING,
};

struct check_kind {
	const char *name; /* the first word of its line */
	u32 blocks; /* 0: those of packets */
	int (*parse)(struct parser *p); /* what is behind it; may choose another kind */

	/*
	 * It judges in one of these ways. What is wrong is a text, to be freed; NULL is
	 * nothing.
	 */
	char *(*packet)(struct judge *j); /* each packet */
	char *(*call)(const struct check *check, const struct call *call); /* each call */
	u64 (*count)(const struct group *group); /* a number of each group, compared */
	char *(*group)(const struct check *check, const struct group *group, struct tally *tally);
	u64 (*total)(const struct trial *trial, u64 lost); /* a number of the block, compared */

	/* For @group: what it keeps of each packet. */
	void (*collect)(const struct check *check, const struct packet *p, struct tally *tally);
	void (*collect_call)(const struct check *check, const struct call *call,
			     struct tally *tally);
	s64 (*number)(const struct tally *tally); /* with @collect_call: the number it compares */
	bool names_task; /* its name is a task's */
	bool takes_hops; /* its list is of functions; else of results */
	bool never_incomplete; /* whatever the block says of incomplete packets */
	bool counts_calls; /* it looks at reads or waits */
	bool counts_times; /* it looks at when packets came */
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
extern const struct check_kind check_connections;
extern const struct check_kind check_lost;

/* check-calls.c */
extern const struct check_kind check_count;
extern const struct check_kind check_return;
extern const struct check_kind check_with;
extern const struct check_kind check_call_time;
extern const struct check_kind check_within;
extern const struct check_kind check_context;
extern const struct check_kind check_cpu;

/* check-order.c */
extern const struct check_kind check_order;
extern const struct check_kind check_first;
extern const struct check_kind check_last;
extern const struct check_kind check_between;
extern const struct check_kind check_time_from;

/* check-overlap.c */
extern const struct check_kind check_overlap;

/* check-gaps.c */
extern const struct check_kind check_gaps;
extern const struct check_kind check_bursts;

/* check-ring.c */
extern const struct check_kind check_frames;
extern const struct check_kind check_doorbells;
extern const struct check_kind check_indices;
extern const struct check_kind check_gives;

/* check-states.c */
extern const struct check_kind check_states;
extern const struct check_kind check_ends;
extern const struct check_kind check_never_in;
extern const struct check_kind check_at_the_end;
extern const struct check_kind check_sockets;

/* check-field.c */
extern const struct check_kind check_max;
extern const struct check_kind check_min;
extern const struct check_kind check_sum;

/* check-group.c */
char *results_wrong(const struct check *check, const struct outcomes *calls);

/* checks.c */
const struct check_kind *check_find(const char *name, enum block_subject subject);
const char *check_names(enum block_subject subject);
const char *check_numbers(enum block_subject subject);

#endif /* RXPATH_CHECK_H */

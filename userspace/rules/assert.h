/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Holding a trace to rules, in one pass: a packet is judged when its story is over,
 * and dropped. What is kept of it is a number for each percentile that is asked
 * for; of each read and each wait, its result.
 */
#ifndef RXPATH_ASSERT_H
#define RXPATH_ASSERT_H

#include "rules/rules.h"

/* Offenders that are shown; of more there is the number. */
#define MAX_SHOWN 3
/* Results in a row, or packets, that a note lists. */
#define MAX_RESULTS 24

/* What is kept of a call. */
struct outcome {
	u64 start;
	u64 end;
	s64 ret;
	s64 key; /* of a check that compares a field of two calls: the field */
	u32 no; /* of its event */
	u32 pid;
	bool is_tail; /* of ABOUT_RING */
	bool open; /* not returned */
};

struct outcomes {
	struct outcome *v;
	size_t n;
	size_t room;
};

/* What breaks a rule. */
struct offence {
	char *title; /* whose it is, NULL: of all */
	char *reason;
	char *way; /* of the packet, or NULL */
	char *command; /* that shows it, without the trace's name; or NULL */
};

/* Numbers of packets, or of events: the first ones. */
struct numbers {
	u32 v[MAX_RESULTS];
	unsigned int n;
};

/* What one check has found in one group so far. */
struct tally {
	unsigned int judged; /* packets, or calls, that the check applies to */
	unsigned int held; /* of those that are judged one by one: it holds */
	unsigned int offenders;
	struct offence shown[MAX_SHOWN]; /* the first offenders */
	struct numbers packets;
	struct numbers calls;
	const struct field *number; /* of the judged calls */
	u16 kind; /* of the last of them */
	s64 least; /* of that field */
	s64 most;
	s64 sum;
	struct outcomes *seen; /* one for each set of the check */
	size_t nr_seen;
	u64 *times; /* of a percentile */
	size_t nr_times;
	size_t room;
};

/* What a check of a block is judged on. */
struct group {
	char *title; /* NULL where the block is one group */
	u32 pid; /* of ABOUT_TASKS, and of ABOUT_CALLS until it is known whose they are */
	const struct sock *sock; /* of ABOUT_FLOWS, once known */
	u64 packets;
	u32 last; /* packet */
	u64 data; /* bytes */
	u64 wakeups;
	struct numbers first; /* packets */
	struct ptrs titles; /* of those */
	struct ptrs woken; /* whom each of those woke */
	struct outcomes reads; /* finished: in order of their end, each once */
	struct outcomes waits;
	struct outcomes calls; /* of ABOUT_CALLS; of packets their times, if they are asked for */
	u64 began; /* of ABOUT_TRACE and ABOUT_SOCKS: the trace */
	u64 ended;
	u32 ifindex; /* of ABOUT_RING: a call's result is an index, or a new tail */
	u32 count; /* of its descriptors */
	char device[COMM_LEN];
	u16 own; /* ports, of ABOUT_SOCKS; its states are the results of its calls */
	u16 peer;
	struct tally *tallies; /* one for each check of the block */
};

enum verdict_of {
	RULE_HOLDS,
	RULE_BROKEN,
	RULE_SKIPPED, /* it does not apply: the reason says why */
	RULE_UNKNOWN, /* the recording cannot tell: the reason says why */
};

struct finding {
	enum verdict_of verdict;
	char *reason;
	unsigned int offenders; /* found */
	struct offence shown[MAX_SHOWN];
	unsigned int nr_shown;
	struct strbuf notes; /* lines, behind the offenders */
	s64 value; /* of what is no check */
	bool valued;
	struct numbers packets;
	struct numbers calls;
};

/* A block of rules, and what the trace has shown of it so far. */
struct trial {
	const struct block *block;
	const struct selection *all; /* of the command line, narrows that of the block */
	struct ptrs groups; /* struct group */
	struct map tasks; /* pid -> struct calls_of */
	struct map socks; /* number -> struct calls_of */
	struct map by_pid; /* pid -> its group */
	bool counts_times; /* a check asks for the packets' times */
	bool counts_calls; /* a check asks for reads or waits */
	unsigned int skipped; /* incomplete packets left out */
	u32 chosen; /* packets, by all but their place among them */
};

/* trial.c */
struct trial *trial_new(const struct block *block, const struct selection *all);
void trial_call(struct trial *t, const struct model *m, const struct call *call);
void trial_packet(struct trial *t, const struct model *m, const struct packet *p);
void trial_finish(struct trial *t, const struct model *m);
void trial_free(struct trial *t);

/* What a recording can tell of. */
struct watched {
	const struct model *m;
	const u8 *seen; /* kinds of events that are in the trace */
	u64 lost;
};

/* watch.c */
char *watch_unknown(const struct watched *w, const struct block *block, const struct check *check,
		    const struct finding *v);

/* kernels.c */
bool kernel_rules_out(const struct check *check, const char *release, struct finding *v);

/* window.c */
bool window_holds(const struct block *block, const struct model *m, u64 time);
char *window_unknown(const struct block *block, const struct model *m);

/* trial-calls.c */
void trial_own_call(struct trial *t, const struct model *m, const struct call *call);
void trial_own_finish(struct trial *t, const struct model *m);

/* trial-socks.c */
void trial_socks_call(struct trial *t, const struct model *m, const struct call *call);
void trial_socks_finish(struct trial *t, const struct model *m);

/* trial-ring.c */
void trial_ring_call(struct trial *t, const struct model *m, const struct call *call);
void trial_ring_finish(struct trial *t);

/* trial-trace.c */
void trial_trace_call(struct trial *t, const struct model *m, const struct call *call);
void trial_trace_finish(struct trial *t, const struct model *m);

/* group.c */
struct group *group_add(struct trial *t, char *title);
void group_free(const struct trial *t, struct group *group);
void outcome_add(struct outcomes *list, const struct call *call);
void outcome_add_time(struct outcomes *list, u64 time, u32 no);
void outcomes_copy(struct outcomes *to, const struct outcomes *from);
void sort_once(struct outcomes *list);
bool task_is(const struct model *m, u32 pid, const char *wanted);

/* judge.c */
void check_call(const struct model *m, const struct check *check, const struct call *call,
		struct tally *tally);
void check_packet(const struct model *m, const struct block *block, const struct check *check,
		  const struct packet *p, struct tally *tally);
void check_judge(const struct trial *trial, size_t nr, u64 lost, struct finding *v);

/* offence.c */
struct offence *offend(struct tally *tally, const char *title, const char *reason);
void numbers_add(struct numbers *numbers, u32 number);
void finding_take(struct finding *v, struct tally *tally);
void finding_note(struct finding *v, const char *text);
void tally_free(struct tally *tally);
void finding_free(struct finding *v);

/* names.c */
int names_check(const struct rules *rules);
char *task_unknown(const struct model *m, const char *wanted);

/* check-tasks.c */
char *packet_woken(const struct model *m, const struct packet *p);

#endif /* RXPATH_ASSERT_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calls told in the record of the call around them.
 *
 * Of what a record costs, most is its way into the ring buffer. GRO has three
 * calls for each frame, one in the other: napi_gro_receive(), dev_gro_receive(),
 * skb_gro_receive(). Where one trace instance records all of them, the record of
 * the outermost tells of the inner two, which then have none of their own.
 *
 * Whoever else looks at the inner events is not affected: perf and BPF programs
 * are served before, another instance, an event filter or a trigger on any of the
 * three ends it.
 */
#ifndef RXPATH_FOLD_H
#define RXPATH_FOLD_H

#include <linux/percpu.h>
#include <linux/string.h>
#include <linux/trace_events.h>

#include "call.h"
#include "hooks.h"

/* In which records calls are folded: &struct rxpath_gro.inner. */
#define RXPATH_INNER_DEV   1
#define RXPATH_INNER_MERGE 2

/* Later kernels have no flag for it: there only a file that is switched off so is told. */
#ifdef RXPATH_HAVE_SOFT_MODE
#define RXPATH_SOFT_MODE EVENT_FILE_FL_SOFT_MODE
#else
#define RXPATH_SOFT_MODE 0
#endif

/* What makes an event's file more than a plain way into one buffer. */
#define RXPATH_FILE_SPECIAL                                                                        \
	(EVENT_FILE_FL_FILTERED | RXPATH_SOFT_MODE | EVENT_FILE_FL_SOFT_DISABLED |                 \
	 EVENT_FILE_FL_TRIGGER_MODE | EVENT_FILE_FL_TRIGGER_COND | EVENT_FILE_FL_PID_FILTER)

/**
 * struct rxpath_fold - the files of the three events, while they allow it
 * @outer: of napi_gro_receive, NULL while nothing is folded
 * @dev: of dev_gro_receive, or @outer once more if that is not folded
 * @merge: of skb_gro_receive, likewise
 * @others: how many besides trace instances have enabled one of them
 */
struct rxpath_fold {
	const struct trace_event_file *outer;
	const struct trace_event_file *dev;
	const struct trace_event_file *merge;
	unsigned int others;
};

extern struct rxpath_fold rxpath_fold;
DECLARE_PER_CPU(struct rxpath_call *, rxpath_gro_call);

void rxpath_fold_change(struct rxpath_hook *hook, const struct trace_event_file *file, int by);

/*
 * The outer call begins. Bottom halves are off until it returns, and only hooks
 * whose return is certain get here: the pointer is never older than the call.
 */
static __always_inline void fold_begin(struct rxpath_call *call)
{
	const struct trace_event_file *outer = READ_ONCE(rxpath_fold.outer);

	/* What is told of inner calls that are not made would be the stack's memory. */
	memset_after(&call->gro, 0, around);
	call->gro.around = this_cpu_read(rxpath_gro_call);
	if (outer && !((outer->flags | rxpath_fold.dev->flags | rxpath_fold.merge->flags) &
		       RXPATH_FILE_SPECIAL))
		this_cpu_write(rxpath_gro_call, call);
}

static __always_inline void fold_end(struct rxpath_call *call)
{
	this_cpu_write(rxpath_gro_call, call->gro.around);
}

/* The outer call, if it is about this frame. */
static __always_inline struct rxpath_call *fold_into(const struct rxpath_call *call, u32 skb,
						     const struct trace_event_file *inner)
{
	struct rxpath_call *outer = this_cpu_read(rxpath_gro_call);

	if (!outer || inner == rxpath_fold.outer || outer->gro.skb.skb != skb)
		return NULL;
	/* Their distance has 32 bits. */
	if (unlikely((call->start + call->dur - outer->start) >> 32))
		return NULL;
	return outer;
}

/* dev_gro_receive() returns: true if its call is told now. */
static __always_inline bool fold_dev(const struct rxpath_call *call)
{
	struct rxpath_call *outer = fold_into(call, call->skb.skb, READ_ONCE(rxpath_fold.dev));

	if (!outer)
		return false;
	outer->gro.inner |= RXPATH_INNER_DEV;
	outer->gro.dev_after = call->start - outer->start;
	outer->gro.dev_dur = call->dur;
	return true;
}

/* skb_gro_receive() returns. */
static __always_inline bool fold_merge(const struct rxpath_call *call)
{
	struct rxpath_call *outer = fold_into(call, call->merge.skb, READ_ONCE(rxpath_fold.merge));

	if (!outer)
		return false;
	outer->gro.inner |= RXPATH_INNER_MERGE;
	outer->gro.merge_after = call->start - outer->start;
	outer->gro.merge_dur = call->dur;
	outer->gro.merge_ret = call->ret;
	outer->gro.into = call->merge.into;
	outer->gro.merged = call->merge.len;
	return true;
}

#endif /* RXPATH_FOLD_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The judgement: does the filter let a call become an event? Asked when it begins,
 * rxpath_chosen(), and answered at the latest when it has returned,
 * rxpath_came_to_nothing() and rxpath_still_chosen(). Without a filter each is a
 * static branch.
 */
#ifndef RXPATH_JUDGE_H
#define RXPATH_JUDGE_H

#include <linux/jump_label.h>
#include <linux/percpu.h>
#include <linux/preempt.h>

#include "frame.h"
#include "scope.h"
#include "subject.h"

struct rxpath_filter;

DECLARE_STATIC_KEY_FALSE(rxpath_filtering);
extern struct rxpath_filter __rcu *rxpath_filter;

bool rxpath_judge(struct rxpath_frame *frame, unsigned int arg, enum rxpath_subject subject);
bool rxpath_judge_end(struct rxpath_call *call, enum rxpath_subject subject);

/**
 * rxpath_chosen - does the filter let this call become an event?
 * @frame: the call, with its arguments
 * @arg: the hook's argument index and flags
 * @subject: what the call is about
 *
 * Return: false if not, for good: there is nothing to do when it returns.
 */
static __always_inline bool rxpath_chosen(struct rxpath_frame *frame, unsigned int arg,
					  enum rxpath_subject subject)
{
	frame->call.judged = RXPATH_UNJUDGED;
	if (!static_branch_unlikely(&rxpath_filtering))
		return true;
	/* Often there is no softirq to serve, and then no reason for more than this. */
	if (subject == RXPATH_BY_SOFTIRQS && !rxpath_within_chosen())
		return rxpath_pend_on_softirqs(&frame->call);
	return rxpath_judge(frame, arg, subject);
}

/**
 * rxpath_came_to_nothing - is a call that has returned to be dropped at once?
 * @call: the call
 * @subject: what it is about
 *
 * The softirq's polls and lists of packets, and what runs softirqs: most of them are
 * for somebody else.
 *
 * Return: false if that takes a closer look, rxpath_still_chosen()'s.
 */
static __always_inline bool rxpath_came_to_nothing(const struct rxpath_call *call,
						   enum rxpath_subject subject)
{
	if (!static_branch_unlikely(&rxpath_filtering) || call->judged != RXPATH_PENDING)
		return false;
	return (subject == RXPATH_BY_SOFTIRQS || in_serving_softirq()) &&
	       this_cpu_read(rxpath_scopes[RXPATH_SOFTIRQ].hits) == call->before;
}

/**
 * rxpath_still_chosen - the call has returned: is it to become an event?
 * @call: the call
 * @subject: what it is about
 *
 * Return: false if it depended on calls in it, and none of them was chosen.
 */
static __always_inline bool rxpath_still_chosen(struct rxpath_call *call,
						enum rxpath_subject subject)
{
	if (likely(call->judged == RXPATH_UNJUDGED))
		return true;
	return rxpath_judge_end(call, subject);
}

#endif /* RXPATH_JUDGE_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who is in whose call. A scope is a context in which calls nest: one of a CPU's, or
 * a task. It counts the calls that the filter has chosen, so that a call can be
 * judged by those around it and in it.
 */
#ifndef RXPATH_SCOPE_H
#define RXPATH_SCOPE_H

#include <linux/atomic.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/types.h>

#include "call.h"

struct task_struct;

/**
 * struct rxpath_scope - one context in which calls nest: a CPU's, or a task
 * @task: whose it is, among the tasks'
 * @filter: number of the filter that the counts belong to
 * @open: a task's calls that will come back: the last one frees the scope
 * @chosen: calls that will come back and are chosen
 * @hits: all that have been chosen, in a CPU's context by whatever filter
 * @polled: @hits as the last poll began
 */
struct rxpath_scope {
	const struct task_struct *task;
	u32 filter;
	u32 open;
	u32 chosen;
	u32 hits;
	u32 polled;
};

enum { RXPATH_SOFTIRQ, RXPATH_HARDIRQ, RXPATH_NR_CONTEXTS };

DECLARE_PER_CPU(struct rxpath_scope[RXPATH_NR_CONTEXTS], rxpath_scopes);
/* Chosen calls of all tasks that are open, by the lowest bit of the filter's number. */
extern atomic_t rxpath_tasks_chosen[2];
extern u32 rxpath_generation;
extern unsigned long rxpath_unjudged;

struct rxpath_scope *rxpath_task_scope(u32 filter, bool make);
struct rxpath_scope *rxpath_scope_find(u32 filter, bool make);
void rxpath_task_scope_release(struct rxpath_scope *scope);
u32 rxpath_generation_begin(void);
void rxpath_generation_begun(void);

/**
 * rxpath_within_chosen - is a chosen call open around this one?
 *
 * May be called where preemption is on: the context's counts are the context's as
 * long as it lasts, and a task's are everybody's.
 *
 * Return: false if certainly not.
 */
static __always_inline bool rxpath_within_chosen(void)
{
	if (in_hardirq())
		return this_cpu_read(rxpath_scopes[RXPATH_HARDIRQ].chosen);
	if (in_serving_softirq())
		return this_cpu_read(rxpath_scopes[RXPATH_SOFTIRQ].chosen);
	return atomic_read(&rxpath_tasks_chosen[0]) | atomic_read(&rxpath_tasks_chosen[1]);
}

/* To be chosen at its return, if by then softirqs have had chosen calls on this CPU. */
static __always_inline bool rxpath_pend_on_softirqs(struct rxpath_call *call)
{
	call->judged = RXPATH_PENDING;
	call->filter = READ_ONCE(rxpath_generation);
	call->before = this_cpu_read(rxpath_scopes[RXPATH_SOFTIRQ].hits);
	return true;
}

static inline struct rxpath_scope *scope_here(u32 filter, bool make)
{
	if (in_hardirq())
		return this_cpu_ptr(&rxpath_scopes[RXPATH_HARDIRQ]);
	if (in_serving_softirq())
		return this_cpu_ptr(&rxpath_scopes[RXPATH_SOFTIRQ]);
	return rxpath_task_scope(filter, make);
}

static inline bool in_chosen_call(u32 filter)
{
	const struct rxpath_scope *scope;

	if (!rxpath_within_chosen())
		return false;
	scope = rxpath_scope_find(filter, false);
	return scope && scope->chosen;
}

static inline bool call_chosen(struct rxpath_call *call, u32 filter)
{
	struct rxpath_scope *scope = rxpath_scope_find(filter, true);

	call->judged = RXPATH_CHOSEN;
	call->filter = filter;
	if (!scope)
		return true;
	scope->chosen++;
	scope->hits++;
	if (scope->task) {
		scope->open++;
		atomic_inc(&rxpath_tasks_chosen[filter & 1]);
	}
	return true;
}

/* To be chosen at its return, if by then more has been chosen than before. */
static inline struct rxpath_scope *call_pending(struct rxpath_call *call, u32 filter)
{
	struct rxpath_scope *scope = rxpath_scope_find(filter, true);

	if (!scope)
		return NULL;
	call->judged = RXPATH_PENDING;
	call->filter = filter;
	call->before = scope->hits;
	if (scope->task)
		scope->open++;
	return scope;
}

#endif /* RXPATH_SCOPE_H */

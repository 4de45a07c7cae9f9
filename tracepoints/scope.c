// SPDX-License-Identifier: GPL-2.0
/* Who is in whose call: the contexts' counts, and whose filter's they are. See scope.h. */
#include <linux/hash.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "scope.h"

/* The number of the filter in force: calls that an earlier one judged are not counted here. */
u32 rxpath_generation;
/* Calls of tasks for which no scope was free: judged as if they were alone. */
unsigned long rxpath_unjudged;

/* Contexts of a CPU in which calls nest, and tasks' chosen calls that are open. */
DEFINE_PER_CPU(struct rxpath_scope[RXPATH_NR_CONTEXTS], rxpath_scopes);
atomic_t rxpath_tasks_chosen[2];

/*
 * A task sleeps and wakes elsewhere: its scope stays where its hash says, in one
 * of a few places. Only the task itself uses it.
 */
#define TASK_BITS  10
#define TASK_TRIES 4
static struct rxpath_scope task_scopes[1 << TASK_BITS];

/**
 * rxpath_task_scope - the running task's scope
 * @filter: by which filter
 * @make: take a free one if it has none
 *
 * Return: NULL if there is none.
 */
struct rxpath_scope *rxpath_task_scope(u32 filter, bool make)
{
	const unsigned int first = hash_ptr(current, TASK_BITS);
	struct rxpath_scope *scope;
	unsigned int i;

	for (i = 0; i < TASK_TRIES; i++) {
		scope = &task_scopes[(first + i) % ARRAY_SIZE(task_scopes)];
		if (READ_ONCE(scope->task) == current && scope->filter == filter)
			return scope;
	}
	for (i = 0; make && i < TASK_TRIES; i++) {
		scope = &task_scopes[(first + i) % ARRAY_SIZE(task_scopes)];
		if (cmpxchg(&scope->task, NULL, current))
			continue;
		scope->open = 0;
		scope->chosen = 0;
		scope->hits = 0;
		scope->polled = 0;
		WRITE_ONCE(scope->filter, filter);
		return scope;
	}
	if (make)
		rxpath_unjudged++;
	return NULL;
}

/**
 * rxpath_task_scope_release - a task's scope is free again
 * @scope: the scope
 *
 * The number goes first: rxpath_generation_begun() leaves one that has none alone.
 */
void rxpath_task_scope_release(struct rxpath_scope *scope)
{
	WRITE_ONCE(scope->filter, 0);
	/* Pairs with the cmpxchg() in rxpath_task_scope(): the next owner writes after us. */
	smp_store_release(&scope->task, NULL);
}

/**
 * rxpath_scope_find - the scope of what runs here
 * @filter: by which filter
 * @make: make one if there is none
 *
 * Under preempt_disable(): the scope is the CPU's, or the task's on it.
 *
 * Return: NULL if there is none.
 */
struct rxpath_scope *rxpath_scope_find(u32 filter, bool make)
{
	struct rxpath_scope *scope = scope_here(filter, make);

	if (scope && scope->filter != filter)
		*scope = (struct rxpath_scope){
			.filter = filter,
			.hits = scope->hits,
			.polled = scope->hits,
		};
	return scope;
}

/**
 * rxpath_generation_begin - a filter is about to be put in force, or one anew
 *
 * Return: its number.
 */
u32 rxpath_generation_begin(void)
{
	const u32 number = rxpath_generation + 1 ?: 1;

	/* Last used two filters ago: rxpath_generation_begun() has waited since. */
	atomic_set(&rxpath_tasks_chosen[number & 1], 0);
	WRITE_ONCE(rxpath_generation, number);
	return number;
}

/**
 * rxpath_generation_begun - free what earlier filters' calls have left
 *
 * Nobody judges by an earlier one any more, nor looks at what its calls have left:
 * those that are still open will find at their end that nobody knows them.
 */
void rxpath_generation_begun(void)
{
	const u32 filter = rxpath_generation;
	unsigned int i;

	synchronize_rcu();
	atomic_set(&rxpath_tasks_chosen[!(filter & 1)], 0);
	for (i = 0; i < ARRAY_SIZE(task_scopes); i++) {
		const u32 number = READ_ONCE(task_scopes[i].filter);

		if (number && number != filter)
			rxpath_task_scope_release(&task_scopes[i]);
	}
}

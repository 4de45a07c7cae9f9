// SPDX-License-Identifier: GPL-2.0
/*
 * A group: what the checks of a block are judged on, and what is kept of its calls.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "rules/assert.h"

/**
 * outcome_add - keep what became of a call
 * @list: where
 * @call: call
 */
void outcome_add(struct outcomes *list, const struct call *call)
{
	struct outcome *o;

	/* Packets in a row are taken by one read. */
	if (list->n && list->v[list->n - 1].no == call->ev.no)
		return;
	if (list->n == list->room) {
		list->room = list->room ? list->room * 2 : 16;
		list->v = xrealloc(list->v, list->room, sizeof(*list->v));
	}
	o = &list->v[list->n++];
	o->start = call->ev.start;
	o->end = call->ev.end;
	o->ret = call->ev.ret;
	o->no = call->ev.no;
	o->pid = call->ev.pid;
	o->open = call->flags & CALL_OPEN;
}

/**
 * outcome_add_time - keep when something was
 * @list: where
 * @time: when
 * @no: its number
 */
void outcome_add_time(struct outcomes *list, u64 time, u32 no)
{
	struct call call = { .ev = { .start = time, .end = time, .no = no } };

	outcome_add(list, &call);
}

static int compare_ends(const void *x, const void *y)
{
	const struct outcome *a = x;
	const struct outcome *b = y;

	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	return a->no < b->no ? -1 : a->no > b->no;
}

/**
 * sort_once - calls in order of their end, each once
 * @list: calls
 */
void sort_once(struct outcomes *list)
{
	size_t n = 0;
	size_t i;

	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), compare_ends);
	for (i = 0; i < list->n; i++)
		if (!n || list->v[n - 1].no != list->v[i].no)
			list->v[n++] = list->v[i];
	list->n = n;
}

/**
 * group_add - one more group that a block's checks are judged on
 * @t: trial
 * @title: what it is called, NULL where the block is one group; owned by it
 *
 * Return: the group.
 */
struct group *group_add(struct trial *t, char *title)
{
	struct group *group = xcalloc(1, sizeof(*group));

	group->title = title;
	group->tallies = xcalloc(t->block->checks.n, sizeof(*group->tallies));
	ptrs_add(&t->groups, group);
	return group;
}

/**
 * outcomes_copy - the same calls again
 * @to: where to
 * @from: where from
 */
void outcomes_copy(struct outcomes *to, const struct outcomes *from)
{
	to->n = from->n;
	to->room = from->n;
	to->v = xrealloc(to->v, from->n, sizeof(*to->v));
	if (from->n)
		memcpy(to->v, from->v, from->n * sizeof(*to->v));
}

/**
 * group_free - drop a group
 * @t: its trial
 * @group: group
 */
void group_free(const struct trial *t, struct group *group)
{
	size_t i;

	for (i = 0; i < t->block->checks.n; i++)
		tally_free(&group->tallies[i]);
	for (i = 0; i < group->titles.n; i++) {
		free(group->titles.v[i]);
		free(group->woken.v[i]);
	}
	ptrs_free(&group->titles);
	ptrs_free(&group->woken);
	free(group->calls.v);
	free(group->reads.v);
	free(group->waits.v);
	free(group->tallies);
	free(group->title);
	free(group);
}

/**
 * task_is - has a task this name, or this pid
 * @m: model; the last name that it had counts
 * @pid: the task
 * @wanted: name or pid, NULL: any
 *
 * Return: true if it has.
 */
bool task_is(const struct model *m, u32 pid, const char *wanted)
{
	const struct task *task = model_task(m, pid);
	u32 number;

	if (!wanted)
		return true;
	if (!parse_number(wanted, &number))
		return number == pid;
	/* The kernel cuts a name off after 15 characters. */
	return task && !strncmp(task->comm, wanted, COMM_LEN - 1);
}

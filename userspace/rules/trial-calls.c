// SPDX-License-Identifier: GPL-2.0
/*
 * What a block of calls is judged on: those that its head means, whether or not a packet
 * led to them. A task's name is known at the end alone: until then each pid has a group.
 */
#include <stdlib.h>
#include <string.h>

#include "rules/callset.h"
#include "rules/check.h"

static struct group *group_of(struct trial *t, u32 pid)
{
	struct group *group;

	if (!t->block->calls->task)
		return t->groups.n ? t->groups.v[0] : group_add(t, NULL);
	group = map_get(&t->by_pid, pid);
	if (group)
		return group;
	group = group_add(t, NULL);
	group->pid = pid;
	map_set(&t->by_pid, pid, group);
	return group;
}

/**
 * trial_own_call - a call, held against a block of calls
 * @t: trial
 * @m: model
 * @call: call
 */
void trial_own_call(struct trial *t, const struct model *m, const struct call *call)
{
	const struct block *block = t->block;
	struct group *group;
	size_t i;

	if (!callset_fits(block->calls, m, call) ||
	    !select_call(&block->sel, call, m->calls.first) ||
	    !select_call(t->all, call, m->calls.first) || !window_holds(block, m, call->ev.start))
		return;
	group = group_of(t, call->ev.pid);
	outcome_add(&group->calls, call);
	for (i = 0; i < block->checks.n; i++)
		check_call(m, block->checks.v[i], call, &group->tallies[i]);
}

static void tally_merge(struct tally *to, struct tally *from)
{
	unsigned int i;

	if (!to->judged || (from->judged && from->least < to->least))
		to->least = from->least;
	if (!to->judged || (from->judged && from->most > to->most))
		to->most = from->most;
	if (from->judged) {
		to->number = from->number;
		to->kind = from->kind;
	}
	to->sum += from->sum;
	to->judged += from->judged;
	to->held += from->held;
	for (i = 0; i < from->calls.n; i++)
		numbers_add(&to->calls, from->calls.v[i]);
	for (i = 0; i < MAX_SHOWN && from->shown[i].reason; i++) {
		struct offence *offence;

		offence = offend(to, NULL, "");
		if (!offence)
			continue;
		free(offence->reason);
		*offence = from->shown[i];
		memset(&from->shown[i], 0, sizeof(from->shown[i]));
	}
	to->offenders += from->offenders - i;
}

static void group_merge(const struct trial *t, struct group *to, struct group *from)
{
	struct outcomes *calls = &to->calls;
	size_t i;

	calls->room = calls->n + from->calls.n;
	calls->v = xrealloc(calls->v, calls->room, sizeof(*calls->v));
	if (from->calls.n)
		memcpy(calls->v + calls->n, from->calls.v, from->calls.n * sizeof(*calls->v));
	calls->n = calls->room;
	for (i = 0; i < t->block->checks.n; i++)
		tally_merge(&to->tallies[i], &from->tallies[i]);
}

/**
 * trial_own_finish - the calls of all tasks that are meant are one group
 * @t: trial, the groups of other tasks gone
 * @m: model
 */
void trial_own_finish(struct trial *t, const struct model *m)
{
	size_t i;

	(void)m;
	if (!t->groups.n)
		group_add(t, NULL);
	for (i = 1; i < t->groups.n; i++) {
		group_merge(t, t->groups.v[0], t->groups.v[i]);
		group_free(t, t->groups.v[i]);
	}
	t->groups.n = 1;
	sort_once(&((struct group *)t->groups.v[0])->calls);
}

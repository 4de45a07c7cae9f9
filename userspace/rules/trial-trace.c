// SPDX-License-Identifier: GPL-2.0
/*
 * What a block of the whole trace is judged on: for each check the calls of each set that
 * it names, in order of their beginning.
 */
#include <stdlib.h>
#include <string.h>

#include "rules/callset.h"
#include "rules/check.h"
#include "words/field.h"

static void see(const struct check *check, struct outcomes *seen, const struct call *call)
{
	const struct field *field;

	outcome_add(seen, call);
	field = check->with ? field_find(call->ev.kind, check->with->field) : NULL;
	if (field && field->type == FIELD_INT)
		seen->v[seen->n - 1].key = field_value(field, &call->ev);
}

/**
 * trial_trace_call - a call, held against a block of the trace
 * @t: trial
 * @m: model
 * @call: call
 */
void trial_trace_call(struct trial *t, const struct model *m, const struct call *call)
{
	const struct block *block = t->block;
	struct group *group = t->groups.v[0];
	size_t i;
	size_t n;

	if (!select_call(&block->sel, call, m->calls.first) ||
	    !select_call(t->all, call, m->calls.first) || !window_holds(block, m, call->ev.start))
		return;
	for (i = 0; i < block->checks.n; i++) {
		const struct check *check = block->checks.v[i];
		struct tally *tally = &group->tallies[i];

		if (!tally->seen) {
			tally->nr_seen = check->sets.n;
			tally->seen = xcalloc(check->sets.n + 1, sizeof(*tally->seen));
		}
		for (n = 0; n < check->sets.n; n++)
			if (callset_fits(check->sets.v[n], m, call))
				see(check, &tally->seen[n], call);
	}
}

static int compare_starts(const void *x, const void *y)
{
	const struct outcome *a = x;
	const struct outcome *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	/* What is recorded later has enclosed the other. */
	return a->no > b->no ? -1 : a->no < b->no;
}

static void finish_set(const struct model *m, const struct callset *set, struct outcomes *seen)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < seen->n; i++)
		if (task_is(m, seen->v[i].pid, set->task))
			seen->v[n++] = seen->v[i];
	seen->n = n;
	if (n)
		qsort(seen->v, n, sizeof(*seen->v), compare_starts);
}

/**
 * trial_trace_finish - the trace is over
 * @t: trial
 * @m: model, with the last names of the tasks
 */
void trial_trace_finish(struct trial *t, const struct model *m)
{
	struct group *group = t->groups.v[0];
	size_t i;
	size_t n;

	for (i = 0; i < t->block->checks.n; i++) {
		const struct check *check = t->block->checks.v[i];

		for (n = 0; n < group->tallies[i].nr_seen; n++)
			finish_set(m, check->sets.v[n], &group->tallies[i].seen[n]);
	}
	group->began = m->calls.first;
}

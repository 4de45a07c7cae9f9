// SPDX-License-Identifier: GPL-2.0
/*
 * What a block of rings is judged on: of each interface the descriptors that were taken
 * and the tails that the card was told, in order.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "rules/check.h"
#include "words/field.h"

static struct group *ring_of(struct trial *t, u32 ifindex)
{
	struct group *group = map_get(&t->by_pid, ifindex);

	if (group)
		return group;
	group = group_add(t, NULL);
	group->ifindex = ifindex;
	map_set(&t->by_pid, ifindex, group);
	return group;
}

static u32 ring_number(const struct call *call, const char *name)
{
	const struct field *field = field_find(call->ev.kind, name);

	return field ? field_value(field, &call->ev) : 0;
}

/* The interrupt's action has the name, the cause in it the number. */
static void learn_name(struct trial *t, const struct call *cause)
{
	const struct call *above;
	struct group *group;

	for (above = cause->parent; above; above = above->parent)
		if (above->ev.kind == KIND_HANDLER)
			break;
	if (!above)
		return;
	group = ring_of(t, cause->ev.a.cause.ifindex);
	memcpy(group->device, above->ev.a.handler.name, COMM_LEN);
	group->device[COMM_LEN - 1] = '\0';
}

/**
 * trial_ring_call - a call, held against a block of rings
 * @t: trial
 * @m: model
 * @call: call
 */
void trial_ring_call(struct trial *t, const struct model *m, const struct call *call)
{
	const struct block *block = t->block;
	struct outcome *last;
	struct group *group;

	if (call->ev.kind == KIND_CAUSE)
		learn_name(t, call);
	if (call->ev.kind != KIND_RX_DESC && call->ev.kind != KIND_RX_TAIL)
		return;
	if (!select_time(&block->sel, m->calls.first, call->ev.start) ||
	    !select_time(t->all, m->calls.first, call->ev.start) ||
	    !window_holds(block, m, call->ev.start))
		return;
	group = ring_of(t, ring_number(call, "ifindex"));
	outcome_add(&group->calls, call);
	last = &group->calls.v[group->calls.n - 1];
	last->is_tail = call->ev.kind == KIND_RX_TAIL;
	last->ret = ring_number(call, last->is_tail ? "tail" : "index");
	last->key = ring_number(call, "filled");
	/* A driver that tells its ring's size; of others it is the highest number. */
	if (ring_number(call, "count"))
		group->count = ring_number(call, "count");
	else if (last->ret >= group->count)
		group->count = last->ret + 1;
}

static bool is_ring(const struct block *block, const struct group *group)
{
	u32 number;

	if (!block->ring)
		return true;
	if (!parse_number(block->ring, &number))
		return number == group->ifindex;
	return !strncmp(group->device, block->ring, COMM_LEN - 1);
}

static int compare_numbers(const void *x, const void *y)
{
	const struct outcome *a = x;
	const struct outcome *b = y;

	return a->no < b->no ? -1 : a->no > b->no;
}

/**
 * trial_ring_finish - the trace is over
 * @t: trial
 */
void trial_ring_finish(struct trial *t)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < t->groups.n; i++) {
		struct group *group = t->groups.v[i];

		if (!group->calls.n || !is_ring(t->block, group)) {
			group_free(t, group);
			continue;
		}
		qsort(group->calls.v, group->calls.n, sizeof(*group->calls.v), compare_numbers);
		if (group->device[0])
			group->title = xasprintf(_("ring of %s"), group->device);
		else
			group->title = xasprintf(_("ring of interface %u"), group->ifindex);
		t->groups.v[n++] = group;
	}
	t->groups.n = n;
}

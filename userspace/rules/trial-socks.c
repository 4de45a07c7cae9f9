// SPDX-License-Identifier: GPL-2.0
/*
 * What a block of sockets is judged on: the states that each TCP socket of a connection
 * came into. Its address is used again: a life begins where a socket leaves CLOSE, or
 * where a listening one gets a child.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/check.h"
#include "words/field.h"

/* As the kernel numbers them. */
enum {
	SYN_RECV = 3,
	CLOSE = 7,
	LISTEN = 10,
};

static s64 number_of(const struct call *call, const char *name)
{
	const struct field *field = field_find(call->ev.kind, name);

	return field ? field_value(field, &call->ev) : 0;
}

static bool begins_life(s64 from, s64 to)
{
	return from == CLOSE || (from == LISTEN && to == SYN_RECV);
}

static struct group *life_of(struct trial *t, const struct call *call, s64 from, s64 to)
{
	u64 key = number_of(call, "sk");
	struct group *group = map_get(&t->by_pid, key);

	if (group && !begins_life(from, to))
		return group;
	group = group_add(t, NULL);
	map_set(&t->by_pid, key, group);
	return group;
}

/* What is left of a socket in TIME_WAIT is another one; that the first is closed is no state. */
static bool is_left_behind(const struct call *call)
{
	return call->parent && kind_get(call->parent->ev.kind)->class == EV_timewait;
}

/**
 * trial_socks_call - a call, held against a block of sockets
 * @t: trial
 * @m: model
 * @call: call
 */
void trial_socks_call(struct trial *t, const struct model *m, const struct call *call)
{
	u8 class = kind_get(call->ev.kind)->class;
	const struct block *block = t->block;
	struct outcome *last;
	struct group *group;
	s64 from;
	s64 to;

	if (class != EV_state && class != EV_timewait)
		return;
	if (!select_call(&block->sel, call, m->calls.first) ||
	    !select_call(t->all, call, m->calls.first) || !window_holds(block, m, call->ev.start) ||
	    is_left_behind(call))
		return;
	from = number_of(call, "state");
	to = number_of(call, "state_after");
	group = life_of(t, call, from, to);
	if (number_of(call, "sport"))
		group->peer = number_of(call, "sport");
	if (number_of(call, "dport"))
		group->own = number_of(call, "dport");
	/* FIN_WAIT2 may go on as what is left of it. */
	last = group->calls.n ? &group->calls.v[group->calls.n - 1] : NULL;
	if (last && last->ret == to)
		return;
	outcome_add(&group->calls, call);
	group->calls.v[group->calls.n - 1].ret = to;
}

static bool is_meant(const struct block *block, const struct group *group)
{
	if (!group->calls.n || group->calls.v[0].ret == LISTEN)
		return false;
	return (!block->directed || block->toward.port == group->own) &&
	       (!block->peer || block->peer == group->peer);
}

/**
 * trial_socks_finish - the trace is over
 * @t: trial
 * @m: model
 */
void trial_socks_finish(struct trial *t, const struct model *m)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < t->groups.n; i++) {
		struct group *group = t->groups.v[i];

		if (!is_meant(t->block, group)) {
			group_free(t, group);
			continue;
		}
		group->title = xasprintf(_("socket :%u, peer :%u"), group->own, group->peer);
		group->began = m->calls.first;
		group->ended = m->calls.last;
		t->groups.v[n++] = group;
	}
	t->groups.n = n;
}

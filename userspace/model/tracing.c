// SPDX-License-Identifier: GPL-2.0
/*
 * What tracing itself costs.
 *
 * A hooked call's own time begins after its probe has been entered and ends before
 * its event is written; both are in its caller's. So between the beginning of a
 * call and that of the first call in it lies at least one entry, and between the end
 * of the last call in it and its own at least one event. The least that is seen
 * of each is close to what they take, as there are calls that do next to nothing else.
 */
#include <string.h>

#include "model/tracing.h"

/* The least is seen soon. */
#define ENOUGH_CALLS 100000
#define MAX_ROOTS    4

static bool is_hooked(const struct call *call)
{
	return call->ev.phase == PHASE_WHOLE && call->ev.kind >= KIND_FIRST_HOOK;
}

static u64 least(u64 a, u64 b, bool seen)
{
	return !seen || b < a ? b : a;
}

/**
 * tracing_learn - look at the calls of a tree
 * @t: what is known
 * @root: the tree
 */
void tracing_learn(struct tracing *t, const struct call *root)
{
	const struct call *first = root->child;
	const struct call *last = NULL;
	const struct call *child;

	if (t->calls >= ENOUGH_CALLS)
		return;
	t->calls++;
	for (child = first; child; child = child->next) {
		tracing_learn(t, child);
		last = child;
	}
	if (!first || !is_hooked(root) || !is_hooked(first) || !is_hooked(last) ||
	    root->ev.kind == t->gro)
		return;
	t->enter = least(t->enter, first->ev.start - root->ev.start, t->seen);
	t->leave = least(t->leave, root->ev.end - last->ev.end, t->seen);
	t->seen = true;
}

/**
 * tracing_cost - what tracing adds for each call
 * @t: what is known
 *
 * Return: ns, an estimate; 0 if nothing is known.
 */
u64 tracing_cost(const struct tracing *t)
{
	return t->enter + t->leave;
}

/* An entry lies before its call, the writing of an event behind it. */
static void count(const struct call *call, const struct stages *stages, u64 *halves)
{
	const struct call *child;
	unsigned int i;

	if (call->ev.end < stages->list[0].start ||
	    call->ev.start > stages->list[stages->n - 1].end)
		return;
	for (i = 0; is_hooked(call) && i < stages->n; i++) {
		const struct stage_time *stage = &stages->list[i];

		halves[i] += call->ev.start > stage->start && call->ev.start <= stage->end;
		halves[i] += call->ev.end >= stage->start && call->ev.end < stage->end;
	}
	for (child = call->child; child; child = child->next)
		count(child, stages, halves);
}

/**
 * tracing_take_off - a packet's stages without what tracing took in them
 * @p: packet, judged
 * @stages: its stages
 * @cost: ns for each call
 * @took: result, ns of each stage
 *
 * Counted is every hooked call of the interrupt, the softirq and the read, this packet's or not:
 * it waited for all of them.
 */
void tracing_take_off(const struct packet *p, const struct stages *stages, u64 cost, u64 *took)
{
	const struct packet *end = packet_end_of(p);
	const struct call *const at[MAX_ROOTS] = { p->irq, p->poll, end->core, end->links.read };
	const struct call *roots[MAX_ROOTS] = { NULL };
	u64 halves[AT_NR] = { 0 };
	unsigned int i;
	unsigned int k;

	if (!stages->n)
		return;
	for (i = 0; i < MAX_ROOTS; i++) {
		roots[i] = at[i] ? call_root(at[i]) : NULL;
		for (k = 0; k < i && roots[k] != roots[i]; k++)
			;
		if (roots[i] && k == i)
			count(roots[i], stages, halves);
	}
	for (i = 0; i < stages->n; i++) {
		u64 all = stages->list[i].end - stages->list[i].start;
		u64 less = halves[i] * cost / 2;

		took[i] = less < all ? all - less : 0;
	}
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What every part of a diagram is made of: items and lanes of a trace's events.
 */
#include <stdlib.h>

#include "base/lang.h"
#include "view/view.h"
#include "words/text.h"

/* Who is woken beyond these stands in one lane with all the others. */
#define MAX_TASKS 24

/**
 * view_task_lane - the lane of a task
 * @v: state
 * @pid: task
 *
 * Return: its number.
 */
int view_task_lane(struct view_state *v, u32 pid)
{
	long known = (long)map_get(&v->tasks, pid);
	struct strbuf sb = { 0 };
	int lane;

	if (known)
		return known - 1;
	if (v->tasks.n >= MAX_TASKS && pid != v->reader)
		return diagram_lane(v->d, _("other tasks"), RXPATH_LAYER_PROGRAM, ~0U);
	task_text(&sb, v->m, pid);
	lane = diagram_lane(v->d, sb.s, RXPATH_LAYER_PROGRAM, pid);
	map_set(&v->tasks, pid, (void *)(lane + 1L));
	strbuf_free(&sb);
	return lane;
}

/**
 * view_lane - the lane of a call
 * @v: state
 * @call: call
 *
 * Return: its number: its file's, of a system call its task's.
 */
int view_lane(struct view_state *v, const struct call *call)
{
	const struct kind *kind = kind_get(call->ev.kind);

	if (kind->class != EV_syscall)
		return diagram_lane(v->d, kind->file, kind->layer, call->ev.kind);
	return view_task_lane(v, call->ev.pid);
}

/**
 * view_item - an item that stands for an event
 * @v: state
 * @type: type
 * @call: the event
 * @time: of the trace
 *
 * Return: the item.
 */
struct item *view_item(struct view_state *v, enum item_type type, const struct call *call, u64 time)
{
	struct item *item = diagram_item(v->d, type, (s64)(time - v->zero));

	item->cpu = call->ev.cpu;
	item->ctx = call->ev.ctx;
	item->event = call->ev.no;
	item->detail = call_detail(v->m, call, (s64)(call->ev.start - v->zero));
	return item;
}

/**
 * view_losses - draw the holes of the trace where they lie
 * @v: state, all else drawn
 */
void view_losses(struct view_state *v)
{
	const struct model *m = v->m;
	s64 last = 0;
	size_t i;
	int n;

	for (n = 0; n < v->d->nr_items; n++)
		if (v->d->items[n].time > last)
			last = v->d->items[n].time;
	for (i = 0; i < m->losses.n; i++) {
		const struct call *loss = m->losses.v[i];
		struct item *item;

		if (loss->ev.start < v->zero || (s64)(loss->ev.start - v->zero) > last)
			continue;
		item = view_item(v, ITEM_LOST, loss, loss->ev.start);
		item->text = xasprintf(_("%u events lost on CPU %u"), loss->ev.a.lost.count,
				       loss->ev.cpu);
	}
}

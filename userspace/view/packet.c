// SPDX-License-Identifier: GPL-2.0
/*
 * Drawing one packet.
 *
 * The story has up to four trees: the interrupt that announced the packet, the
 * softirq that polled it, and the system calls of the task that it woke and that
 * read it. Each is walked from its root.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "view/view.h"
#include "words/text.h"

/* A mark is a run of the view, so that none has to be wiped. */
static void mark_path(const struct view_state *v, struct call *call)
{
	for (; call && call->mark != v->mark; call = call->parent)
		call->mark = v->mark;
}

static const struct call *route_of(const struct packet *p)
{
	size_t i;

	for (i = 0; i < p->calls.n; i++) {
		const struct call *call = p->calls.v[i];
		u8 class = kind_get(call->ev.kind)->class;

		if (class == EV_route || class == EV_route6)
			return call;
	}
	return NULL;
}

static void draw_irq(struct view_state *v)
{
	if (!v->p->irq || v->detail[STAGE_NIC] == DETAIL_NONE)
		return;
	view_walk(v, (struct call *)call_root(v->p->irq),
		  diagram_lane(v->d, _("NIC"), RXPATH_LAYER_WIRE, 0), true);
}

static int softirq_source(struct view_state *v)
{
	const struct call *schedule = v->p->schedule;

	if (v->detail[STAGE_NIC] == DETAIL_NONE)
		return -1;
	if (!schedule)
		return diagram_lane(v->d, _("NIC"), RXPATH_LAYER_WIRE, 0);
	if (v->detail[STAGE_NIC] == DETAIL_HOPS)
		while (schedule->parent && !view_shows(v, schedule))
			schedule = schedule->parent;
	else
		return diagram_lane(v->d, kind_get(KIND_SOFTIRQ)->file, RXPATH_LAYER_CORE,
				    KIND_SOFTIRQ);
	return view_lane(v, schedule);
}

/* The contexts in which the packet was handled, each from its outermost call. */
static void draw_packet(struct view_state *v)
{
	const struct packet *p = v->p;
	const struct packet *end = packet_end_of(p);
	struct map done = { 0 };
	size_t i;
	int from;

	for (i = 0; i < p->calls.n; i++)
		mark_path(v, p->calls.v[i]);
	for (i = 0; end != p && i < end->calls.n; i++)
		mark_path(v, end->calls.v[i]);
	for (i = 0; i < p->calls.n; i++) {
		struct call *call = p->calls.v[i];
		const struct call *root = call_root(call);

		/* Two CPUs may work on it by turns. */
		if (root->ev.ctx == CTX_TASK || map_get(&done, root->ev.no))
			continue;
		/* Given back in a softirq of its own: no hop. */
		if (v->level == LEVEL_HOPS && kind_get(call->ev.kind)->class == EV_free)
			continue;
		map_set(&done, root->ev.no, (void *)root);
		from = root->ev.ctx == CTX_SOFTIRQ ? softirq_source(v) : -1;
		view_walk(v, (struct call *)root, from, true);
	}
	map_free(&done);
}

static void draw_run(struct view_state *v, const struct wake *wake)
{
	char time[NS_TEXT];
	struct item *item;
	int bar = -1;
	int from;
	int to;

	if (!wake->run)
		return;
	to = view_task_lane(v, wake->run->ev.pid);
	/* With the hops alone no system call's bar shows that it runs. */
	if (v->level == LEVEL_HOPS)
		bar = diagram_bar(v->d, to, CTX_TASK);
	from = v->level == LEVEL_HOPS ? to : view_lane(v, wake->run);
	item = view_item(v, v->level == LEVEL_HOPS ? ITEM_NOTE : ITEM_ASYNC, wake->run,
			 wake->run->ev.start);
	item->from = from;
	item->to = to;
	if (v->level == LEVEL_HOPS)
		item->bar = bar;
	item->wakes = true;
	format_ns(time, sizeof(time), wake->run->ev.start - wake->waking->ev.start);
	item->text = xasprintf(_("runs on CPU %u,%c%s after its wake-up"), wake->run->ev.cpu,
			       v->level == LEVEL_HOPS ? '\n' : ' ', time);
}

static void draw_task_root(struct view_state *v, const struct call *root, struct map *done)
{
	if (map_get(done, root->ev.no))
		return;
	map_set(done, root->ev.no, (void *)root);
	view_walk(v, (struct call *)root, view_task_lane(v, root->ev.pid), true);
}

/* The task's side: what it slept in, and the read that took the bytes. */
static void draw_task(struct view_state *v)
{
	const struct packet *p = packet_end_of(v->p);
	const struct call *roots[3] = { NULL };
	const struct wake *chosen = NULL;
	struct map done = { 0 };
	size_t n = 0;
	size_t i;

	if (v->detail[STAGE_TASK] == DETAIL_NONE)
		return;
	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		if (!wake->waking || (chosen && (!p->links.read || wake->waking->ev.a.waking.pid !=
									   p->links.read->ev.pid)))
			continue;
		chosen = wake;
	}
	if (chosen) {
		draw_run(v, chosen);
		if (chosen->blocked)
			roots[n++] = call_root(chosen->blocked);
	}
	if (p->links.wait)
		roots[n++] = call_root(p->links.wait);
	if (p->links.read)
		roots[n++] = call_root(p->links.read);
	for (i = 0; i < n; i++)
		draw_task_root(v, roots[i], &done);
	/* From the backlog a packet goes on where a program lets the socket go. */
	v->awake = true;
	for (i = 0; i < p->calls.n; i++) {
		const struct call *call = p->calls.v[i];

		if (kind_get(call->ev.kind)->class != EV_copy &&
		    call_root(call)->ev.ctx == CTX_TASK)
			draw_task_root(v, call_root(call), &done);
	}
	map_free(&done);
}

/**
 * view_build - draw one packet
 * @m: model
 * @p: packet
 * @view: view
 * @level: how much of the view
 *
 * Return: a finished diagram; it has no item where the packet never came to
 * the part of the path that the view shows.
 */
struct diagram *view_build(const struct model *m, const struct packet *p, const struct view *view,
			   enum view_level level)
{
	struct view_state v = { .m = m, .p = p, .level = level };
	struct strbuf title = { 0 };
	size_t i;

	v.d = diagram_new();
	v.zero = packet_wire(p);
	v.route = route_of(p);
	v.reader = p->links.read ? p->links.read->ev.pid : 0;
	v.mark = call_mark_new();
	v.part = level == LEVEL_HOPS && (view->detail[STAGE_NIC] == DETAIL_NONE ||
					 view->detail[STAGE_TASK] == DETAIL_NONE);
	memcpy(v.detail, view->detail, sizeof(v.detail));
	for (i = 0; level == LEVEL_HOPS && i < STAGE_NR; i++)
		if (v.detail[i] == DETAIL_CALLS)
			v.detail[i] = DETAIL_HOPS;
	packet_title(&title, p);
	v.d->packet = p->no;
	v.d->title = strbuf_take(&title);
	v.d->verdict = packet_verdict(p);
	v.d->complete = p->verdict.complete;
	v.d->origin = xstrdup(p->irq ? _("the interrupt") : _("the first event"));
	v.d->slide = level == LEVEL_HOPS;
	draw_irq(&v);
	draw_packet(&v);
	draw_task(&v);
	view_losses(&v);
	diagram_finish(v.d);
	map_free(&v.tasks);
	return v.d;
}

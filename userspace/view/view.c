// SPDX-License-Identifier: GPL-2.0
/*
 * Drawing one packet: which of the calls around it belong to its story, and
 * which of those the asked view shows.
 *
 * The story has up to four trees: the interrupt that announced the packet, the
 * softirq that polled it, and the system calls of the task that it woke and that
 * read it. Each is walked from its root. What does not name this packet, and
 * does not lead to a call that does, belongs to other packets and is left out;
 * where a loop over packets was cut down to this one, the loop says so.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "view/view.h"
#include "words/text.h"

/* Who is woken beyond these stands in one lane with all the others. */
#define MAX_TASKS 24

static enum stage stage_of(const struct call *call)
{
	u8 layer = kind_get(call->ev.kind)->layer;

	if (call->ev.ctx == CTX_TASK && !call->packet)
		return STAGE_TASK;
	if (layer <= RXPATH_LAYER_CORE)
		return STAGE_NIC;
	if (layer == RXPATH_LAYER_IP)
		return STAGE_IP;
	return STAGE_TCP;
}

static bool is_ours(const struct view_state *v, const struct call *call)
{
	return call->packet == v->p->no || call->packet == packet_end_of(v->p)->no;
}

static bool is_shown(const struct view_state *v, const struct call *call)
{
	enum stage stage = stage_of(call);
	const struct call *up;

	if (v->level == LEVEL_LAYERS && !view_enters_layer(call))
		return false;
	if (!v->p)
		return v->level != LEVEL_HOPS || view_is_hop(call, true);
	switch (v->detail[stage]) {
	case DETAIL_EDGE:
		for (up = call->parent; up; up = up->parent)
			if (stage_of(up) >= stage)
				return false;
		return true;
	case DETAIL_HOPS:
		return view_is_hop(call, v->part);
	case DETAIL_CALLS:
		return true;
	default:
		return false;
	}
}

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

static int lane_of(struct view_state *v, const struct call *call)
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

/* A mark is a run of the view, so that none has to be wiped. */
static void mark_path(const struct view_state *v, struct call *call)
{
	for (; call && call->mark != v->mark; call = call->parent)
		call->mark = v->mark;
}

/* Frames of the poll that belong to every packet of that poll. */
static bool is_frame(const struct call *call)
{
	switch (call->ev.kind) {
	case KIND_CAUSE:
	case KIND_POLL_BEGIN:
	case KIND_POLL_END:
	case KIND_RX_TAIL:
		return true;
	default:
		return call->ev.kind == hook_find("napi_complete_done");
	}
}

static bool is_included(const struct view_state *v, const struct call *call)
{
	if (!v->p)
		return view_call_includes(v->subject, call);
	if (call->mark == v->mark)
		return true;
	if (call->packet)
		return is_ours(v, call);
	if (call->ev.ctx == CTX_TASK || call->ev.ctx == CTX_HARDIRQ)
		return true;
	return is_frame(call);
}

static u32 signature(const struct call *call)
{
	u32 sum = call->ev.kind * 2654435761U + 1;
	const struct call *child;

	if (call->ev.kind == KIND_WAKING || call->ev.kind == KIND_SWITCH_OUT)
		return call->ev.no;
	for (child = call->child; child; child = child->next)
		sum = (sum ^ signature(child)) * 16777619U;
	return sum;
}

static void block_begin(struct view_state *v, enum block_type type, struct call *call, char *text)
{
	struct item *item = view_item(v, ITEM_BLOCK, call, call->ev.start);

	item->block = type;
	item->text = text;
}

static void block_end(struct view_state *v, const struct call *call, u64 time)
{
	view_item(v, ITEM_BLOCK_END, call, time);
}

/* Equal calls in a row are drawn once, in a loop. Returns the last of them, NULL for no loop. */
static struct call *fold(struct view_state *v, struct call *child, int from)
{
	struct call *last = child;
	u32 n = 1;

	if (child->ev.phase == PHASE_LEAF || v->level == LEVEL_HOPS || !is_shown(v, child))
		return NULL;
	while (last->next && signature(last->next) == signature(child) &&
	       is_included(v, last->next)) {
		last = last->next;
		n++;
	}
	if (n == 1)
		return NULL;
	block_begin(v, BLOCK_LOOP, child, xasprintf("%u× %s", n, call_name(child)));
	view_walk(v, child, from, false);
	block_end(v, child, last->ev.end);
	return last;
}

/* Of a loop over packets or polls only ours is drawn: say which of how many. */
static char *cut_loop(const struct view_state *v, const struct call *parent,
		      const struct call *child)
{
	const struct call *c;
	u32 place = 0;
	u32 n = 0;

	if (v->level == LEVEL_HOPS || parent->packet || child->mark != v->mark ||
	    v->detail[stage_of(child)] != DETAIL_CALLS || parent->ev.ctx != CTX_SOFTIRQ)
		return NULL;
	for (c = parent->child; c; c = c->next) {
		if (c->ev.kind != child->ev.kind)
			continue;
		n++;
		if (c == child)
			place = n;
	}
	if (n < 2)
		return NULL;
	if (child->ev.kind == KIND_RX_DESC)
		return xasprintf(_("%u× descriptors of this poll: this is no. %u"), n, place);
	return xasprintf(_("%u× %s: this is no. %u"), n, call_name(child), place);
}

static const struct call *last_of_ours(const struct view_state *v, const struct call *child)
{
	const struct call *last = child;

	for (child = child->next; child; child = child->next)
		if (child->packet && is_ours(v, child))
			last = child;
	return last;
}

static void walk_children(struct view_state *v, struct call *parent, int from)
{
	const struct call *loop_end = NULL;
	const struct call *last = NULL;
	struct call *child = parent->child;
	u64 to_end = 0;

	while (child) {
		bool rest = false;
		char *cond;
		char *loop;

		if (!is_included(v, child)) {
			child = child->next;
			continue;
		}
		if (parent->packet || !v->p) {
			struct call *folded = fold(v, child, from);

			if (folded) {
				child = folded->next;
				continue;
			}
		}
		loop = loop_end ? NULL : cut_loop(v, parent, child);
		if (loop) {
			block_begin(v, BLOCK_LOOP, child, loop);
			loop_end = child->packet ? last_of_ours(v, child) : child;
		}
		cond = is_shown(v, child) && !to_end ? view_condition(v, child, &rest) : NULL;
		if (cond)
			block_begin(v, BLOCK_ALT, child, cond);
		view_walk(v, child, from, false);
		last = child;
		if (cond && rest)
			to_end = child->ev.end;
		else if (cond)
			block_end(v, child, child->ev.end);
		if (child == loop_end)
			block_end(v, child, child->ev.end);
		child = child->next;
	}
	if (to_end)
		block_end(v, last, last->ev.end);
}

static bool is_leaf(const struct call *call)
{
	return call->ev.phase == PHASE_LEAF;
}

static void draw_waking(struct view_state *v, struct call *call, int from)
{
	int to = view_task_lane(v, call->ev.a.waking.pid);
	struct item *item = view_item(v, ITEM_ASYNC, call, call->ev.start);
	struct strbuf sb = { 0 };

	task_text(&sb, v->m, call->ev.a.waking.pid);
	item->from = from;
	item->to = to;
	item->text = xasprintf(_("wakes %s"), sb.s);
	strbuf_free(&sb);
}

static void draw_leaf(struct view_state *v, struct call *call, int from)
{
	struct item *item;
	int to;

	if (call->ev.kind == KIND_WAKING) {
		draw_waking(v, call, from);
		return;
	}
	if (v->level == LEVEL_HOPS && call->ev.kind != KIND_RX_DESC)
		return;
	if (view_note(v, call, from))
		return;
	if (call->ev.kind == KIND_RAISE) {
		const struct kind *softirq = kind_get(KIND_SOFTIRQ);

		to = diagram_lane(v->d, softirq->file, softirq->layer, KIND_SOFTIRQ);
		item = view_item(v, ITEM_ASYNC, call, call->ev.start);
		item->from = from;
		item->to = to;
		item->text = xasprintf(_("raises %s"), softirq_text(call->ev.a.vector.vec));
	}
}

static void draw_return(struct view_state *v, struct call *call, int from, int lane, int bar,
			bool outermost)
{
	bool folded = v->level != LEVEL_CALLS || v->detail[stage_of(call)] == DETAIL_HOPS;
	bool task = call->ev.ctx == CTX_TASK;
	struct strbuf sb = { 0 };
	struct item *item;

	if (call->flags & CALL_OPEN) {
		v->d->bars[bar].unfinished = xstrdup(_("not returned when the trace ended"));
		return;
	}
	if ((folded && !task && (!outermost || call->ev.ctx == CTX_HARDIRQ)) ||
	    (lane == from && !call->child && !task)) {
		item = view_item(v, ITEM_END, call, call->ev.end);
		item->bar = bar;
		return;
	}
	item = view_item(v, ITEM_RETURN, call, call->ev.end);
	/* An interrupt or a softirq returns to nobody: it is done. */
	item->from = lane;
	item->to = outermost && !task ? lane : from;
	item->bar = bar;
	/* On a slide the call's own row has it, and a sleep's length says little. */
	item->duration = v->level == LEVEL_HOPS && task ? -1 : (s64)call_duration(call);
	call_result(&sb, call);
	if (folded && !task)
		item->text = xstrdup(_("softirq done"));
	else if (sb.len && task)
		item->text = xasprintf(_("%s returns %s"), call_name(call), sb.s);
	else
		item->text = xstrdup(sb.len ? sb.s : "");
	strbuf_free(&sb);
}

static void draw_call(struct view_state *v, struct call *call, int from, bool outermost)
{
	bool before = v->level == LEVEL_HOPS && call->ev.start < v->zero;
	int lane = lane_of(v, call);
	int bar = diagram_bar(v->d, lane, call->ev.ctx);
	struct item *item;

	if (from < 0)
		from = lane;
	if (call->ev.ctx == CTX_TASK && call->ev.start < v->zero && !v->awake)
		v->d->bars[bar].sleeps = true;
	if (!before && !(call->flags & CALL_HEADLESS)) {
		item = view_item(v, outermost && call->ev.ctx != CTX_TASK ? ITEM_ASYNC : ITEM_CALL,
				 call, call->ev.start);
		item->from = from;
		item->to = lane;
		item->bar = bar;
		item->text = view_label(v, call);
		if (!call->child || v->level == LEVEL_HOPS)
			item->duration = call->flags & CALL_OPEN ? -1 : (s64)call_duration(call);
		view_call_notes(v, call, lane);
	}
	walk_children(v, call, lane);
	draw_return(v, call, from, lane, bar, outermost);
}

/**
 * view_walk - draw a call and what it called, as far as the view shows them
 * @v: state
 * @call: call
 * @from: lane of its caller, -1: its own
 * @outermost: nobody called it
 */
void view_walk(struct view_state *v, struct call *call, int from, bool outermost)
{
	enum stage stage = stage_of(call);
	struct call *child;

	if (!is_included(v, call))
		return;
	if (!is_shown(v, call)) {
		if (v->detail[stage] == DETAIL_EDGE)
			return;
		for (child = call->child; child; child = child->next) {
			/* Its caller is not drawn, but the arrow comes from there. */
			if (v->detail[stage] == DETAIL_NONE && !is_leaf(child) &&
			    is_included(v, child) && is_shown(v, child))
				view_walk(v, child, lane_of(v, call), false);
			else
				view_walk(v, child, from, outermost);
		}
		return;
	}
	if (is_leaf(call)) {
		draw_leaf(v, call, from);
		return;
	}
	draw_call(v, call, from, outermost);
}

static void draw_irq(struct view_state *v)
{
	if (!v->p->irq || v->detail[STAGE_NIC] == DETAIL_NONE)
		return;
	view_walk(v, (struct call *)call_root(v->p->irq),
		  diagram_lane(v->d, "NIC", RXPATH_LAYER_WIRE, 0), true);
}

static int softirq_source(struct view_state *v)
{
	const struct call *schedule = v->p->schedule;

	if (v->detail[STAGE_NIC] == DETAIL_NONE)
		return -1;
	if (!schedule)
		return diagram_lane(v->d, "NIC", RXPATH_LAYER_WIRE, 0);
	if (v->detail[STAGE_NIC] == DETAIL_HOPS)
		while (schedule->parent && !is_shown(v, schedule))
			schedule = schedule->parent;
	else
		return diagram_lane(v->d, kind_get(KIND_SOFTIRQ)->file, RXPATH_LAYER_CORE,
				    KIND_SOFTIRQ);
	return lane_of(v, schedule);
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
	from = v->level == LEVEL_HOPS ? to : lane_of(v, wake->run);
	item = view_item(v, v->level == LEVEL_HOPS ? ITEM_NOTE : ITEM_ASYNC, wake->run,
			 wake->run->ev.start);
	item->from = from;
	item->to = to;
	if (v->level == LEVEL_HOPS)
		item->bar = bar;
	item->wakes = true;
	format_ns(time, sizeof(time), wake->run->ev.start - wake->waking->ev.start);
	item->text = xasprintf(_("runs on CPU %u,%c%s after"), wake->run->ev.cpu,
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
	struct view_state v = { .m = m, .p = p, .subject = view->subject, .level = level };
	struct strbuf title = { 0 };
	size_t i;

	v.d = diagram_new();
	v.zero = packet_wire(p);
	v.route = view_route(p);
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

// SPDX-License-Identifier: GPL-2.0
/*
 * Walking a tree of calls: which of them belong to the story, which of those the
 * asked view shows, and the rows that they make.
 *
 * What does not name the packet, and does not lead to a call that does, belongs to
 * other packets and is left out; where a loop over packets was cut down to this one,
 * the loop says so.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "model/rings.h"
#include "view/view.h"
#include "words/text.h"

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

/**
 * view_shows - does a view show a call that belongs to its story
 * @v: state
 * @call: call
 *
 * Return: true if it does.
 */
bool view_shows(const struct view_state *v, const struct call *call)
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

/* Frames of the poll that belong to every packet of that poll. */
static bool is_frame(const struct call *call)
{
	return call_is_of_poll(call) || call->ev.kind == hook_find("napi_complete_done");
}

static bool is_included(const struct view_state *v, const struct call *call)
{
	if (!v->p)
		return v->calls->includes(call);
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

	if (child->ev.phase == PHASE_LEAF || v->level == LEVEL_HOPS || !view_shows(v, child))
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
		cond = view_shows(v, child) && !to_end ? view_condition(v, child, &rest) : NULL;
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
	if (v->level == LEVEL_HOPS && call->ev.kind != KIND_RX_DESC && call->ev.kind != KIND_FAULT)
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
	int lane = view_lane(v, call);
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
	if (!view_shows(v, call)) {
		if (v->detail[stage] == DETAIL_EDGE)
			return;
		for (child = call->child; child; child = child->next) {
			/* Its caller is not drawn, but the arrow comes from there. */
			if (v->detail[stage] == DETAIL_NONE && !is_leaf(child) &&
			    is_included(v, child) && view_shows(v, child))
				view_walk(v, child, view_lane(v, call), false);
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

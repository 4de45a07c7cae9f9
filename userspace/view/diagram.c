// SPDX-License-Identifier: GPL-2.0
/*
 * Making a diagram: lanes, items and bars come in any order of time, finishing
 * sorts them, finds the long gaps, and nests the bars.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "trace/event.h"
#include "view/diagram.h"
#include "words/text.h"

/*
 * A gap is long when it dwarfs the usual step and would be felt on a scale. Few
 * are marked: a diagram full of breaks says nothing.
 */
#define GAP_STEPS     12
#define GAP_MIN	      (50 * NSEC_PER_USEC)
#define GAP_MAX_SLIDE 2
#define GAP_MAX	      5

/* Descriptors of a ring that are told, from the one that was taken on. */
#define RING_SHOWN 4

/**
 * diagram_new - an empty diagram
 *
 * Return: the diagram.
 */
struct diagram *diagram_new(void)
{
	return xcalloc(1, sizeof(struct diagram));
}

/**
 * diagram_free - drop a diagram
 * @d: diagram, or NULL
 */
void diagram_free(struct diagram *d)
{
	int i;

	if (!d)
		return;
	for (i = 0; i < d->nr_lanes; i++) {
		free(d->lanes[i].name);
		free(d->lanes[i].steps);
	}
	for (i = 0; i < d->nr_items; i++) {
		free(d->items[i].text);
		free(d->items[i].detail);
	}
	for (i = 0; i < d->nr_bars; i++)
		free(d->bars[i].unfinished);
	free(d->lanes);
	free(d->items);
	free(d->bars);
	free(d->title);
	free(d->verdict);
	free(d->origin);
	free(d);
}

/* Room for one more than @n: the room doubles at each power of two. */
static void *grow(void *array, int n, size_t size)
{
	return n & (n - 1) ? array : xrealloc(array, n ? (size_t)n * 2 : 1, size);
}

/**
 * diagram_lane - the lane of a participant, made at its first mention
 * @d: diagram
 * @name: participant
 * @layer: group that it belongs to
 * @key: place within the group
 *
 * Return: its number, which diagram_finish() changes.
 */
int diagram_lane(struct diagram *d, const char *name, u8 layer, u32 key)
{
	struct lane *lane;
	int i;

	for (i = 0; i < d->nr_lanes; i++) {
		lane = &d->lanes[i];
		if (strcmp(lane->name, name))
			continue;
		/* The group of the function that is nearest to the wire. */
		if (layer < lane->layer)
			lane->layer = layer;
		if (key < lane->key)
			lane->key = key;
		return i;
	}
	d->lanes = grow(d->lanes, d->nr_lanes, sizeof(*d->lanes));
	d->lanes[d->nr_lanes] = (struct lane){
		.name = xstrdup(name),
		.layer = layer,
		.key = key,
		.group = "",
	};
	return d->nr_lanes++;
}

/**
 * diagram_bar - a new bar
 * @d: diagram
 * @lane: its lane
 * @ctx: the context that it runs in
 *
 * Return: its number.
 */
int diagram_bar(struct diagram *d, int lane, u8 ctx)
{
	d->bars = grow(d->bars, d->nr_bars, sizeof(*d->bars));
	d->bars[d->nr_bars] = (struct bar){
		.lane = lane,
		.ctx = ctx,
		.begin = -1,
		.wake = -1,
		.end = -1,
	};
	return d->nr_bars++;
}

/**
 * diagram_item - a new item
 * @d: diagram
 * @type: type
 * @time: since the diagram's zero
 *
 * Return: the item, to be filled in; valid until the next is made.
 */
struct item *diagram_item(struct diagram *d, enum item_type type, s64 time)
{
	d->items = grow(d->items, d->nr_items, sizeof(*d->items));
	d->items[d->nr_items] = (struct item){
		.type = type,
		.time = time,
		.order = d->nr_items,
		.bar = -1,
		.duration = -1,
	};
	return &d->items[d->nr_items++];
}

static int compare_items(const void *a, const void *b)
{
	const struct item *x = a;
	const struct item *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static int compare_lanes(const void *a, const void *b)
{
	const struct lane *x = *(struct lane *const *)a;
	const struct lane *y = *(struct lane *const *)b;

	if (x->layer != y->layer)
		return x->layer - y->layer;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void sort_lanes(struct diagram *d)
{
	struct lane **sorted = xcalloc(d->nr_lanes, sizeof(*sorted));
	struct lane *lanes = xcalloc(d->nr_lanes, sizeof(*lanes));
	int *place = xcalloc(d->nr_lanes, sizeof(*place));
	int i;

	for (i = 0; i < d->nr_lanes; i++)
		sorted[i] = &d->lanes[i];
	qsort(sorted, d->nr_lanes, sizeof(*sorted), compare_lanes);
	for (i = 0; i < d->nr_lanes; i++) {
		place[sorted[i] - d->lanes] = i;
		lanes[i] = *sorted[i];
		lanes[i].group = layer_text(lanes[i].layer);
	}
	for (i = 0; i < d->nr_items; i++) {
		d->items[i].from = place[d->items[i].from];
		d->items[i].to = place[d->items[i].to];
	}
	for (i = 0; i < d->nr_bars; i++)
		d->bars[i].lane = place[d->bars[i].lane];
	free(d->lanes);
	d->lanes = lanes;
	free(sorted);
	free(place);
}

static int compare_steps(const void *a, const void *b)
{
	s64 x = *(const s64 *)a;
	s64 y = *(const s64 *)b;

	return x < y ? -1 : x > y;
}

/* The step that a gap must reach, from all the steps between rows. */
static s64 gap_limit(const struct diagram *d, s64 *steps, int n)
{
	int allowed = d->slide ? GAP_MAX_SLIDE : GAP_MAX;
	s64 limit;

	qsort(steps, n, sizeof(*steps), compare_steps);
	limit = steps[n / 2] * GAP_STEPS;
	if (limit < (s64)GAP_MIN)
		limit = GAP_MIN;
	if (n > allowed && limit <= steps[n - 1 - allowed])
		limit = steps[n - 1 - allowed] + 1;
	return limit;
}

static bool makes_row(const struct item *item)
{
	return item->type != ITEM_END && item->type != ITEM_BLOCK_END;
}

static void find_gaps(struct diagram *d)
{
	s64 *steps = xcalloc(d->nr_items + 1, sizeof(*steps));
	s64 *sorted = xcalloc(d->nr_items + 1, sizeof(*sorted));
	int items = d->nr_items;
	int last = -1;
	int n = 0;
	s64 limit;
	int i;

	for (i = 0; i < items; i++) {
		if (!makes_row(&d->items[i]))
			continue;
		if (last >= 0) {
			steps[i] = d->items[i].time - d->items[last].time;
			sorted[n++] = steps[i];
		}
		last = i;
	}
	limit = n ? gap_limit(d, sorted, n) : 0;
	for (i = 0; n && i < items; i++) {
		struct item at = d->items[i];
		struct item *gap;

		/* Before everything else that happens at that time. */
		d->items[i].order += items;
		if (steps[i] < limit)
			continue;
		gap = diagram_item(d, ITEM_GAP, at.time);
		gap->order = 0;
		gap->duration = steps[i];
		gap->cpu = at.cpu;
		gap->ctx = at.ctx;
	}
	free(steps);
	free(sorted);
	if (d->nr_items)
		qsort(d->items, d->nr_items, sizeof(*d->items), compare_items);
}

static void bind_item(struct diagram *d, int i)
{
	struct item *item = &d->items[i];
	struct bar *bar;
	int b;

	if (item->wakes)
		for (b = 0; b < d->nr_bars; b++)
			if (d->bars[b].sleeps && d->bars[b].end < 0)
				d->bars[b].wake = i;
	if (item->bar < 0)
		return;
	bar = &d->bars[item->bar];
	switch (item->type) {
	case ITEM_CALL:
	case ITEM_ASYNC:
	case ITEM_NOTE:
		bar->begin = i;
		break;
	case ITEM_RETURN:
	case ITEM_END:
		bar->end = i;
		break;
	default:
		break;
	}
}

/* A lane while its bars are nested, from the first item to the last. */
struct nesting {
	struct ptrs bars; /* that run, in order of their beginning; ended ones stay within */
	int running;
	int *at_depth; /* how many run at each depth */
	int room;
	int deepest; /* one more than the depth of the deepest that runs, 0 if none does */
};

enum bar_phase {
	BAR_AHEAD,
	BAR_RUNS,
	BAR_OVER,
};

/* @lane is as @n from @item on. */
static void step_add(struct lane *lane, const struct nesting *n, int item, const struct diagram *d)
{
	struct lane_step *step = lane->nr_steps ? &lane->steps[lane->nr_steps - 1] : NULL;
	const struct bar *top = n->bars.n ? n->bars.v[n->bars.n - 1] : NULL;

	if (!step || step->item != item) {
		if (lane->nr_steps == lane->room) {
			lane->room = lane->room ? lane->room * 2 : 8;
			lane->steps = xrealloc(lane->steps, lane->room, sizeof(*lane->steps));
		}
		step = &lane->steps[lane->nr_steps++];
	}
	step->item = item;
	step->depth = n->deepest;
	step->bar = top ? top - d->bars : -1;
}

static void nest_begin(struct nesting *n, struct bar *bar)
{
	bar->depth = n->running;
	if (n->running == n->room) {
		n->room = n->room ? n->room * 2 : 8;
		n->at_depth = xrealloc(n->at_depth, n->room, sizeof(*n->at_depth));
		memset(n->at_depth + n->running, 0, (n->room - n->running) * sizeof(*n->at_depth));
	}
	n->at_depth[bar->depth]++;
	n->running++;
	if (bar->depth >= n->deepest)
		n->deepest = bar->depth + 1;
	ptrs_add(&n->bars, bar);
}

static void nest_end(struct nesting *n, const struct bar *bar, const u8 *phase,
		     const struct bar *first)
{
	n->at_depth[bar->depth]--;
	n->running--;
	while (n->deepest && !n->at_depth[n->deepest - 1])
		n->deepest--;
	while (n->bars.n && phase[(struct bar *)n->bars.v[n->bars.n - 1] - first] == BAR_OVER)
		n->bars.n--;
}

/*
 * A bar lies around another if it runs on the same lane when that begins. One that
 * begins at an item runs from the next item on, up to the item at which it ends.
 */
static void nest_bars(struct diagram *d)
{
	struct nesting *lanes = xcalloc(d->nr_lanes, sizeof(*lanes));
	u8 *phase = xcalloc(d->nr_bars, sizeof(*phase));
	int i;

	for (i = 0; i < d->nr_bars; i++) {
		struct bar *bar = &d->bars[i];

		if (bar->begin >= 0)
			continue;
		phase[i] = BAR_RUNS;
		nest_begin(&lanes[bar->lane], bar);
		step_add(&d->lanes[bar->lane], &lanes[bar->lane], 0, d);
	}
	for (i = 0; i < d->nr_items; i++) {
		int b = d->items[i].bar;
		struct bar *bar = b < 0 ? NULL : &d->bars[b];

		if (bar && bar->begin == i && phase[b] == BAR_AHEAD) {
			phase[b] = BAR_RUNS;
			nest_begin(&lanes[bar->lane], bar);
		} else if (bar && bar->end == i) {
			bool ran = phase[b] == BAR_RUNS;

			phase[b] = BAR_OVER;
			if (ran)
				nest_end(&lanes[bar->lane], bar, phase, d->bars);
		} else {
			continue;
		}
		step_add(&d->lanes[bar->lane], &lanes[bar->lane], i + 1, d);
	}
	for (i = 0; i < d->nr_lanes; i++) {
		ptrs_free(&lanes[i].bars);
		free(lanes[i].at_depth);
	}
	free(lanes);
	free(phase);
}

/**
 * diagram_running - what runs on a lane when an item happens
 * @d: finished diagram
 * @lane: number of the lane
 * @item: number of the item
 *
 * Return: the bars that run, NULL if there was none yet.
 */
const struct lane_step *diagram_running(const struct diagram *d, int lane, int item)
{
	const struct lane *l = &d->lanes[lane];
	int low = 0;
	int high = l->nr_steps;

	while (low < high) {
		int mid = low + (high - low) / 2;

		if (l->steps[mid].item <= item)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? &l->steps[low - 1] : NULL;
}

/**
 * diagram_finish - everything is in: sort it and link it up
 * @d: diagram
 */
void diagram_finish(struct diagram *d)
{
	int i;

	if (d->nr_items)
		qsort(d->items, d->nr_items, sizeof(*d->items), compare_items);
	sort_lanes(d);
	find_gaps(d);
	for (i = 0; i < d->nr_items; i++)
		bind_item(d, i);
	nest_bars(d);
}

/**
 * diagram_has_ring - is there a ring in it, whose words want a legend
 * @d: diagram
 *
 * Return: true if there is.
 */
bool diagram_has_ring(const struct diagram *d)
{
	int i;

	for (i = 0; i < d->nr_items; i++)
		if (d->items[i].type == ITEM_RING)
			return true;
	return false;
}

/* The device counts a ring's length in units of 128 bytes: 8254x manual, section 13.4.27. */
#define RING_UNIT 8

static u32 ring_least(const struct ring_state *ring)
{
	u32 most = ring->index;

	if (ring->ntu > most)
		most = ring->ntu;
	if (ring->tail >= 0 && (u32)ring->tail > most)
		most = ring->tail;
	return (most / RING_UNIT + 1) * RING_UNIT;
}

/**
 * ring_at - the descriptor beside the one that was taken
 * @ring: state
 * @ahead: how many further on, or back
 *
 * Where the ring's size is not known, those alone are told that are there for certain.
 *
 * Return: its index, -1 if it may not be there.
 */
s32 ring_at(const struct ring_state *ring, int ahead)
{
	s32 at = (s32)ring->index + ahead;
	s32 count = ring->count;

	/* It goes round behind this one. */
	if (!count && !ring->ntc)
		count = ring->index + 1;
	if (count > 0)
		return ((at % count) + count) % count;
	return at >= 0 && (u32)at < ring_least(ring) ? at : -1;
}

/**
 * ring_text - the ring around a descriptor, as text
 * @sb: where to append
 * @ring: state
 * @utf8: may it hold more than ASCII
 */
void ring_text(struct strbuf *sb, const struct ring_state *ring, bool utf8)
{
	const char *dots = utf8 ? "··" : "..";
	int ahead;

	strbuf_addf(sb, _("ring %s[%u]"), dots, ring->index);
	for (ahead = 1; ahead < RING_SHOWN && ring_at(ring, ahead) >= 0; ahead++)
		strbuf_addf(sb, " %d", ring_at(ring, ahead));
	strbuf_addf(sb, "%s  ntc %u  ntu %u", dots, ring->ntc, ring->ntu);
	if (ring->tail >= 0)
		strbuf_addf(sb, "  tail %d", ring->tail);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Layout of a diagram on a page.
 *
 * Lanes start as close as their heads allow. Then each row asks for the room
 * that its text needs between the active bars around it, and the lanes move
 * apart until it has it. Gaps only grow, so a row that had room keeps it and
 * one pass is enough. Labels are set in a monospaced font: their width is known
 * without asking whoever will draw it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/width.h"
#include "base/lang.h"
#include "render/svg-layout.h"

/* Width of a character in a monospaced font, in parts of its size. */
#define CHAR_WIDTH 0.605
/* How far letters reach below their line, likewise. */
#define DESCENT 0.24
#define MARGIN	12.0
/* Columns at which a slide's labels may be broken. */
#define WRAP_MIN   14
#define WRAP_MAX   32
#define MAX_SPREAD 14
/* Rows of a slide for which the best way is searched. */
#define SEARCH_MAX 1000

static const struct svg_style slide_style = {
	.font = 19,
	.small = 17,
	.line = 22,
	.bar = 15,
	.nest = 8,
	.pad = 9,
	.wrap = 26,
};

static const struct svg_style page_style = {
	.font = 12,
	.small = 11,
	.line = 15,
	.bar = 10,
	.nest = 6,
	.pad = 7,
	.wrap = 36,
};

/**
 * svg_text_width - the width of one line of text
 * @text: line
 * @font: size
 *
 * Return: width in user units.
 */
double svg_text_width(const char *text, double font)
{
	return utf8_width(text) * font * CHAR_WIDTH;
}

static int lane_depth(const struct diagram *d, int lane, int item)
{
	const struct lane_step *step = diagram_running(d, lane, item);

	return step ? step->depth : 0;
}

/**
 * svg_bar_left - the left edge of a bar
 * @l: layout
 * @bar: number of the bar
 *
 * Return: x.
 */
double svg_bar_left(const struct svg_layout *l, int bar)
{
	const struct bar *b = &l->d->bars[bar];

	return l->lane[b->lane] - l->style.bar / 2 + b->depth * l->style.nest;
}

/**
 * svg_edge - where a lane's innermost bar ends at one side
 * @l: layout
 * @lane: number of the lane
 * @item: number of the item
 * @right: the right side
 *
 * Return: x; the lane's line if no bar runs.
 */
double svg_edge(const struct svg_layout *l, int lane, int item, bool right)
{
	int depth = lane_depth(l->d, lane, item);
	double left = l->lane[lane] - l->style.bar / 2;

	if (!depth)
		return l->lane[lane];
	if (!right)
		return left;
	return left + (depth - 1) * l->style.nest + l->style.bar;
}

/**
 * svg_tip - where the head of an item's arrow is
 * @l: layout
 * @i: number of the item, which goes from one lane to another
 *
 * Return: x.
 */
double svg_tip(const struct svg_layout *l, int i)
{
	const struct item *item = &l->d->items[i];
	/* A call meets the bar that it begins, a return the one that it leaves to. */
	int after = item->type == ITEM_RETURN || item->bar < 0 ? i : i + 1;

	return svg_edge(l, item->to, after, item->to < item->from);
}

/**
 * lane_name_split - folder and file of a participant
 * @name: participant
 * @dir: the folder, with its slash; empty if there is none
 * @size: size of @dir
 * @base: the rest
 */
void lane_name_split(const char *name, char *dir, size_t size, const char **base)
{
	const char *slash = strrchr(name, '/');

	*dir = '\0';
	*base = name;
	/* A program is written name/pid. */
	if (!slash || !strchr(slash, '.'))
		return;
	snprintf(dir, size, "%.*s", (int)(slash - name + 1), name);
	*base = slash + 1;
}

static double blocker(const struct svg_layout *l, int item, int lane)
{
	return lane < l->d->nr_lanes ? lane_depth(l->d, lane, item) : 1;
}

/* The next lane with a running bar, the page's edge if there is none. */
static int next_active(const struct svg_layout *l, int item, int lane)
{
	while (++lane < l->d->nr_lanes && !blocker(l, item, lane))
		;
	return lane;
}

static int previous_active(const struct svg_layout *l, int item, int lane)
{
	while (--lane >= 0 && !blocker(l, item, lane))
		;
	return lane;
}

static double room(const struct svg_layout *l, int item, int from, int to)
{
	double w = -MARGIN;
	int i;

	for (i = from < 0 ? 0 : from; i < to; i++)
		w += l->gap[i];
	if (from >= 0)
		w -= l->style.bar / 2 + (lane_depth(l->d, from, item) + 1) * l->style.nest;
	if (to < l->d->nr_lanes)
		w -= l->style.bar / 2;
	return w;
}

static void widen(struct svg_layout *l, int item, int from, int to, double need)
{
	double lack = need - room(l, item, from, to);
	int i;

	if (lack <= 0 || to <= from)
		return;
	for (i = from; i < to; i++)
		l->gap[i] += lack / (to - from);
}

/* Beside a lane: right if it fits, else left if it fits, else make room at the right. */
static void place_beside(struct svg_layout *l, int item, int lane, double w, bool may_left)
{
	struct svg_row *row = &l->rows[item];
	int right = next_active(l, item, lane);
	int left = previous_active(l, item, lane);

	row->lane = lane;
	row->side = SIDE_RIGHT;
	if (room(l, item, lane, right) >= w)
		return;
	if (may_left && left >= 0 && room(l, item, left, lane) >= w) {
		row->side = SIDE_LEFT;
		return;
	}
	widen(l, item, lane, right, w);
}

/* On an arrow: in the widest stretch without a bar that the arrow or its head's side has. */
static void place_on_arrow(struct svg_layout *l, int item, int from, int to, double w)
{
	struct svg_row *row = &l->rows[item];
	int low = from < to ? from : to;
	int high = from < to ? to : from;
	double most = -1;
	int best = low;
	int best_end = high;
	int at = low;

	row->side = SIDE_RIGHT;
	while (at < high) {
		int end = next_active(l, item, at);
		double has = room(l, item, at, end);

		if (has > most) {
			most = has;
			best = at;
			best_end = end;
		}
		if (has >= w)
			break;
		at = end;
	}
	row->lane = best;
	widen(l, item, best, best_end, w);
}

static char *row_text(const struct svg_layout *l, const struct item *item)
{
	struct strbuf sb = { 0 };
	char time[NS_TEXT];

	(void)l;
	if (item->text)
		strbuf_puts(&sb, item->text);
	if (item->type == ITEM_BLOCK) {
		struct strbuf cond = { 0 };

		strbuf_addf(&cond, "[%s]", sb.s);
		strbuf_free(&sb);
		return strbuf_take(&cond);
	}
	if (item->duration >= 0 && item->type != ITEM_GAP) {
		/* A number stays with its unit: the space between does not break. */
		format_ns(time, sizeof(time), item->duration);
		*strchr(time, ' ') = '\0';
		strbuf_addf(&sb, "%s%s\xc2\xa0%s", sb.len ? "  " : "", time,
			    time + strlen(time) + 1);
	}
	return strbuf_take(&sb);
}

static double row_height(const struct svg_layout *l, int i)
{
	const struct item *item = &l->d->items[i];
	const struct svg_style *s = &l->style;
	const struct svg_row *row = &l->rows[i];

	switch (item->type) {
	case ITEM_CALL:
	case ITEM_ASYNC:
		return s->pad + row->lines * s->line + (item->from == item->to ? s->pad : 2);
	case ITEM_RETURN:
		return s->pad / 2 + row->lines * s->line + 2;
	case ITEM_NOTE:
		return row->lines * (s->small + 4) + s->pad + 6;
	case ITEM_RING:
		return row->lines * (s->small + 4) + s->pad + 6 + 4.4 * s->small;
	case ITEM_BLOCK:
		return row->lines * s->line + s->pad + 4;
	case ITEM_BLOCK_END:
		return s->pad + 2;
	case ITEM_GAP:
	case ITEM_LOST:
		return s->line + s->pad + 6;
	case ITEM_END:
		return 0;
	}
	return 0;
}

static void measure(struct svg_layout *l, int i)
{
	const struct item *item = &l->d->items[i];
	struct svg_row *row = &l->rows[i];
	bool is_note = item->type == ITEM_NOTE || item->type == ITEM_RING;
	char *text = row_text(l, item);
	size_t columns;

	row->text = text_wrap(text, l->style.wrap, &row->lines, &columns);
	free(text);
	row->w = columns * CHAR_WIDTH * (is_note ? l->style.small : l->style.font);
	if (is_note)
		row->w += 16;
	if (item->type == ITEM_RING && row->w < 15.5 * l->style.small)
		row->w = 15.5 * l->style.small;
	switch (item->type) {
	case ITEM_CALL:
	case ITEM_ASYNC:
	case ITEM_RETURN:
		if (item->from == item->to)
			place_beside(l, i, item->from, row->w + 2.2 * l->style.bar, true);
		else
			place_on_arrow(l, i, item->from, item->to, row->w + 10 + l->style.bar);
		break;
	case ITEM_NOTE:
	case ITEM_RING:
		place_beside(l, i, item->from, row->w + 10, true);
		break;
	case ITEM_BLOCK:
		/* Beside the lane of the call that the block begins with. */
		if (i + 1 < l->d->nr_items)
			row->lane = l->d->items[i + 1].from;
		place_beside(l, i, row->lane, row->w + 10, false);
		break;
	default:
		break;
	}
	row->h = row_height(l, i);
}

static bool beside_last(const struct diagram *d, int i)
{
	return d->items[i].from == d->nr_lanes - 1 && d->items[i].to == d->nr_lanes - 1;
}

static bool is_arrow(const struct item *item)
{
	return item->from != item->to &&
	       (item->type == ITEM_CALL || item->type == ITEM_RETURN || item->type == ITEM_ASYNC);
}

/* A label that is longer than its arrow would lie upon the head: how far above it must stand. */
static double lift(const struct svg_layout *l, int i)
{
	const struct item *item = &l->d->items[i];
	const struct svg_row *row = &l->rows[i];
	const char *last = row->text ? strrchr(row->text, '\n') : NULL;
	double head = item->type == ITEM_CALL ? HEAD_CALL : HEAD_OPEN;
	double left = svg_tip(l, i);
	double right = left;

	if (item->to > item->from)
		left -= head;
	else
		right += head;
	last = last ? last + 1 : row->text;
	if (!last || row->x > right || row->x + svg_text_width(last, l->style.font) < left)
		return 0;
	return head / 2 - l->style.font * (LABEL_RISE - DESCENT);
}

static void place_rows(struct svg_layout *l)
{
	double y = l->head + l->style.pad;
	int i;

	for (i = 0; i < l->d->nr_items; i++) {
		const struct item *item = &l->d->items[i];
		struct svg_row *row = &l->rows[i];
		double w = row->w;

		if (row->side == SIDE_RIGHT) {
			row->x = svg_edge(l, row->lane, i, true) + 8;
			/* Clear of the head of an arrow that points here. */
			if (item->to < item->from && row->lane == item->to)
				row->x += l->style.bar * 0.8;
			if (item->from == item->to &&
			    (item->type == ITEM_CALL || item->type == ITEM_ASYNC))
				row->x += l->style.bar + l->style.nest;
		} else if (row->side == SIDE_LEFT) {
			row->x = svg_edge(l, row->lane, i, false) - w - 10;
		}
		/* Rows are placed again when they are spread. */
		row->h -= row->lift;
		row->lift = is_arrow(item) ? lift(l, i) : 0;
		row->h += row->lift;
		row->y = y;
		y += row->h;
		row->at = y - 2;
		if (item->from == item->to && item->type != ITEM_RETURN)
			row->at = y - l->style.pad / 2;
	}
	l->foot = y + l->style.pad;
}

static void place_lanes(struct svg_layout *l)
{
	const struct diagram *d = l->d;
	double x;
	int i;

	x = l->gutter;
	/* Each head has a margin, and a gap to the next. */
	for (i = 0; i < d->nr_lanes; i++) {
		const char *base;
		char dir[64];
		double w;

		lane_name_split(d->lanes[i].name, dir, sizeof(dir), &base);
		w = svg_text_width(base, l->style.font);
		if (svg_text_width(dir, l->style.small) > w)
			w = svg_text_width(dir, l->style.small);
		if (!i)
			x += w / 2 + MARGIN;
		/* Half of this head and half of the next. */
		l->gap[i] += w / 2 + 2 * MARGIN;
		if (i)
			l->gap[i - 1] += w / 2;
	}
	l->lane[0] = x;
}

/* Title, verdict and legend need their room even over few lanes. */
static double top_width(const struct svg_layout *l)
{
	double title = svg_text_width(l->d->title, l->style.font * 1.25);
	double verdict = svg_text_width(l->d->verdict, l->style.small) +
			 svg_text_width(_("INCOMPLETE: "), l->style.small) +
			 svg_text_width(_("time since "), l->style.small) +
			 svg_text_width(l->d->origin, l->style.small) + 2 * l->style.small;
	double legend = 70 * l->style.small * CHAR_WIDTH + 150;

	if (diagram_has_ring(l->d))
		legend += svg_text_width(_(RING_LEGEND), l->style.small) + 24;

	if (verdict > title)
		title = verdict;
	return (legend > title ? legend : title) + 2 * MARGIN;
}

static struct svg_layout *layout(const struct diagram *d, unsigned int wrap)
{
	struct svg_layout *l = xcalloc(1, sizeof(*l));
	int i;

	l->d = d;
	l->style = d->slide ? slide_style : page_style;
	if (wrap)
		l->style.wrap = wrap;
	l->rows = xcalloc(d->nr_items, sizeof(*l->rows));
	l->lane = xcalloc(d->nr_lanes, sizeof(*l->lane));
	l->gap = xcalloc(d->nr_lanes, sizeof(*l->gap));
	l->gutter = MARGIN + 18 * l->style.small * CHAR_WIDTH;
	l->head = MARGIN * 2 + 5.4 * l->style.line + 2.8 * l->style.font;
	place_lanes(l);
	/*
	 * What stands beside the last lane comes last: by then there may be room
	 * at its left.
	 */
	for (i = 0; i < d->nr_items; i++)
		if (!beside_last(d, i))
			measure(l, i);
	for (i = 0; i < d->nr_items; i++)
		if (beside_last(d, i))
			measure(l, i);
	for (i = 1; i < d->nr_lanes; i++)
		l->lane[i] = l->lane[i - 1] + l->gap[i - 1];
	place_rows(l);
	l->width = l->lane[d->nr_lanes - 1] + l->gap[d->nr_lanes - 1] + MARGIN;
	if (l->width < top_width(l))
		l->width = top_width(l);
	l->height = l->foot + (d->slide ? MARGIN : MARGIN * 2 + 3 * l->style.font);
	return l;
}

/* The width of the 16:9 page that holds a layout. */
static double page_width(const struct svg_layout *l)
{
	return l->width * 9 > l->height * 16 ? l->width : l->height * 16 / 9;
}

/* What a page has left at its bottom goes between the rows. */
static void spread_rows(struct svg_layout *l)
{
	double left = page_width(l) * 9 / 16 - l->height;
	int n = 0;
	int i;

	for (i = 0; i < l->d->nr_items; i++)
		n += l->rows[i].h > 0;
	if (left <= 0 || !n)
		return;
	for (i = 0; i < l->d->nr_items; i++)
		if (l->rows[i].h > 0)
			l->rows[i].h += left / n < MAX_SPREAD ? left / n : MAX_SPREAD;
	place_rows(l);
	l->height = l->foot + MARGIN;
}

/**
 * svg_layout_make - find a place for everything
 * @d: finished diagram
 *
 * A slide is the more legible the smaller its page is; how labels are best
 * broken for that depends on the lanes, so it is tried.
 *
 * Return: the layout.
 */
struct svg_layout *svg_layout_make(const struct diagram *d)
{
	struct svg_layout *best = NULL;
	unsigned int wrap;

	/* With so many rows no page is legible. */
	if (!d->slide || d->nr_items > SEARCH_MAX)
		return layout(d, 0);
	for (wrap = WRAP_MIN; wrap <= WRAP_MAX; wrap++) {
		struct svg_layout *l = layout(d, wrap);

		if (best && page_width(l) >= page_width(best)) {
			svg_layout_free(l);
			continue;
		}
		if (best)
			svg_layout_free(best);
		best = l;
	}
	spread_rows(best);
	return best;
}

/**
 * svg_layout_free - drop a layout
 * @l: layout
 */
void svg_layout_free(struct svg_layout *l)
{
	int i;

	for (i = 0; i < l->d->nr_items; i++)
		free(l->rows[i].text);
	free(l->rows);
	free(l->lane);
	free(l->gap);
	free(l);
}

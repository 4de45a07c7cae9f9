// SPDX-License-Identifier: GPL-2.0
/*
 * Text for a terminal: lanes are columns, one row an event.
 *
 * A row is a line of cells. Lifelines are put first, then running bars, then the
 * arrow, then its label where no bar runs: right of the arrow, else left of it,
 * else on a line of its own. So nothing that matters is ever written over.
 */
#include <stdlib.h>
#include <string.h>

#include "base/width.h"
#include "base/lang.h"
#include "render/render.h"
#include "words/text.h"

#define GUTTER 14
#define PLAIN  CTX_NR
#define DIM    (CTX_NR + 1)
#define CELL   8
/* Columns in which a part of a name can be read; below it is cut. */
#define PART_LEAST 8

struct glyphs {
	const char *life;
	const char *bar;
	const char *nested;
	const char *sleep;
	const char *line[ITEM_ASYNC + 1];
	const char *right[ITEM_ASYNC + 1];
	const char *left[ITEM_ASYNC + 1];
	const char *self;
	const char *note;
	const char *block;
	const char *block_end;
	const char *gap;
	const char *cut;
};

static const struct glyphs unicode = {
	.life = "│",
	.bar = "┃",
	.nested = "█",
	.sleep = "┊",
	.line = { "─", "╌", "─" },
	.right = { "▶", ">", ">" },
	.left = { "◀", "<", "<" },
	.self = "↳",
	.note = "·",
	.block = "┌",
	.block_end = "└",
	.gap = "·",
	.cut = "…",
};

static const struct glyphs ascii = {
	.life = ":",
	.bar = "|",
	.nested = "#",
	.sleep = "'",
	.line = { "-", ".", "~" },
	.right = { ">", ">", ">" },
	.left = { "<", "<", "<" },
	.self = "\\",
	.note = "*",
	.block = "/",
	.block_end = "\\",
	.gap = ".",
	.cut = "$",
};

struct text {
	const struct diagram *d;
	const struct render_options *opt;
	const struct glyphs *glyphs;
	FILE *out;
	char (*cells)[CELL];
	u8 *colour;
	bool *taken; /* a bar or a label: not to be written over */
	int *column; /* of each lane */
	int width;
};

static void clear_row(struct text *t)
{
	int i;

	for (i = 0; i < t->width; i++) {
		memcpy(t->cells[i], " ", sizeof(" "));
		t->colour[i] = PLAIN;
		t->taken[i] = false;
	}
}

static void set_cell(struct text *t, int column, const char *glyph, u8 colour)
{
	if (column < 0 || column >= t->width)
		return;
	snprintf(t->cells[column], CELL, "%s", glyph);
	t->colour[column] = colour;
}

static void flush_row(struct text *t)
{
	static const char *const codes[] = {
		"\033[31m", "\033[34m", "\033[32m", "\033[0m", "\033[2m",
	};
	u8 now = PLAIN;
	int end = t->width;
	int i;

	while (end > 0 && !strcmp(t->cells[end - 1], " "))
		end--;
	for (i = 0; i < end; i++) {
		if (t->opt->colour && t->colour[i] != now) {
			now = t->colour[i];
			fprintf(t->out, "\033[0m%s", codes[now]);
		}
		fputs(t->cells[i], t->out);
	}
	if (t->opt->colour && now != PLAIN)
		fputs(codes[PLAIN], t->out);
	fputc('\n', t->out);
}

/* Lifelines and the bars that run when an item happens. */
static void start_row(struct text *t, int item, int lanes)
{
	const struct diagram *d = t->d;
	int i;

	clear_row(t);
	for (i = 0; i < lanes; i++)
		set_cell(t, t->column[i], t->glyphs->life, DIM);
	for (i = 0; item >= 0 && i < lanes; i++) {
		const struct lane_step *step = diagram_running(d, i, item);
		const struct bar *bar;
		const char *glyph;

		if (!step || !step->depth)
			continue;
		bar = &d->bars[step->bar];
		glyph = bar->depth ? t->glyphs->nested : t->glyphs->bar;
		if (bar->sleeps && (bar->wake < 0 || bar->wake >= item))
			glyph = t->glyphs->sleep;
		set_cell(t, t->column[i], glyph, bar->ctx);
		t->taken[t->column[i]] = true;
	}
}

static void gutter(struct text *t, const struct item *item)
{
	char text[64];
	char time[NS_TEXT];
	size_t pad;
	char *at;
	int i;

	format_ns(time, sizeof(time), item->time);
	at = t->opt->utf8 ? NULL : strstr(time, "µ");
	if (at) {
		memmove(at, at + 1, strlen(at));
		*at = 'u';
	}
	pad = GUTTER - 4 - utf8_width(time);
	snprintf(text, sizeof(text), "%c%-2u%*s%s", context_letter(item->ctx), item->cpu, (int)pad,
		 "", time);
	for (at = text, i = 0; *at && i < GUTTER; i++) {
		size_t len = utf8_clip(at, 1);

		if (!len)
			break;
		snprintf(t->cells[i], CELL, "%.*s", (int)len, at);
		t->colour[i] = i < 1 ? item->ctx : PLAIN;
		at += len;
	}
}

/* ASCII has no arrow, micro sign or multiplication sign. */
static char *plain(const struct text *t, const char *text)
{
	static const char *const pairs[][2] = {
		{ "→", "->" }, { "µ", "u" }, { "×", "x" }, { "·", "." }, { "—", "-" },
	};
	struct strbuf sb = { 0 };
	size_t i;

	if (t->opt->utf8)
		return xstrdup(text);
	while (*text) {
		for (i = 0; i < ARRAY_SIZE(pairs); i++)
			if (!strncmp(text, pairs[i][0], strlen(pairs[i][0])))
				break;
		if (i < ARRAY_SIZE(pairs)) {
			strbuf_puts(&sb, pairs[i][1]);
			text += strlen(pairs[i][0]);
		} else {
			strbuf_add(&sb, text++, 1);
		}
	}
	return strbuf_take(&sb);
}

/* A wide character is in its first cell; the second stays empty. */
static void put_cells(struct text *t, int column, const char *text, int columns)
{
	while (*text) {
		size_t len = utf8_clip(text, 1);
		int wide = 1;
		int i;

		if (!len) {
			len = utf8_clip(text, 2);
			wide = 2;
		}
		if (!len || wide > columns || column + wide > t->width)
			return;
		for (i = 0; i < wide; i++) {
			snprintf(t->cells[column + i], CELL, "%.*s", i ? 0 : (int)len, text);
			t->colour[column + i] = PLAIN;
			t->taken[column + i] = true;
		}
		text += len;
		column += wide;
		columns -= wide;
	}
}

static bool is_free(const struct text *t, int from, int to)
{
	if (from < GUTTER || to > t->width)
		return false;
	for (; from < to; from++)
		if (t->taken[from])
			return false;
	return true;
}

/*
 * A stretch of a row without a bar: of those with room for @need the nearest to
 * @near, else the widest.
 */
static int find_stretch(const struct text *t, int near, int need, int *columns)
{
	int best_distance = 0;
	int best = GUTTER;
	int start = GUTTER;
	int i;

	*columns = 0;
	for (i = GUTTER; i <= t->width; i++) {
		int room = i - start - 2;
		int distance = start > near ? start - near : near > i ? near - i : 0;

		if (i < t->width && !t->taken[i])
			continue;
		if (room > *columns ? *columns < need : room >= need && distance < best_distance) {
			*columns = room;
			best = start + 1;
			best_distance = distance;
		}
		start = i + 1;
	}
	return best;
}

/* On the current row beside @low..@high if there is room. */
static bool label_beside(struct text *t, int low, int high, const char *text)
{
	int w = utf8_width(text);

	if (is_free(t, high + 1, high + 2 + w)) {
		put_cells(t, high + 2, text, w);
		return true;
	}
	if (is_free(t, low - 1 - w, low)) {
		put_cells(t, low - 1 - w, text, w);
		return true;
	}
	return false;
}

/* Where a name that is too long for a row goes on in the next: behind one of its parts. */
static size_t name_part(const char *name, int columns)
{
	size_t most = utf8_clip(name, columns);
	size_t len;

	for (len = most; len > most / 2; len--)
		if (strchr("_(|,./&", name[len - 1]))
			return len;
	return most;
}

/* A line of a label, on a row of its own; as many rows as it takes. */
static void label_line(struct text *t, int item, int at, const char *line, int columns)
{
	while (columns >= PART_LEAST && (int)utf8_width(line) > columns) {
		char *part = xasprintf("%.*s", (int)name_part(line, columns), line);

		start_row(t, item, t->d->nr_lanes);
		put_cells(t, at, part, columns);
		flush_row(t);
		line += strlen(part);
		free(part);
	}
	start_row(t, item, t->d->nr_lanes);
	if ((int)utf8_width(line) <= columns) {
		put_cells(t, at, line, columns);
	} else if (columns > 1) {
		char *cut = xasprintf("%.*s%s", (int)utf8_clip(line, columns - 1), line,
				      t->glyphs->cut);

		put_cells(t, at, cut, columns);
		free(cut);
	}
	flush_row(t);
}

/* On rows of its own, before the arrow's. */
static void label_above(struct text *t, int item, int near, const char *text)
{
	int columns;
	size_t width;
	char *wrapped;
	char *rest;
	char *line;
	int lines;
	int at;

	start_row(t, item, t->d->nr_lanes);
	at = find_stretch(t, near, utf8_width(text), &columns);
	wrapped = text_wrap(text, columns, &lines, &width);
	rest = wrapped;
	while ((line = strsep(&rest, "\n")))
		label_line(t, item, at, line, columns);
	free(wrapped);
}

static void draw_line(struct text *t, const struct item *item, int from, int to)
{
	const struct glyphs *g = t->glyphs;
	int low = from < to ? from : to;
	int high = from < to ? to : from;
	int i;

	for (i = low + 1; i < high; i++)
		if (!t->taken[i]) {
			set_cell(t, i, g->line[item->type], PLAIN);
			t->taken[i] = true;
		}
	if (from < to)
		set_cell(t, to - 1, g->right[item->type], PLAIN);
	else
		set_cell(t, to + 1, g->left[item->type], PLAIN);
}

static char *arrow_label(const struct text *t, const struct item *item, bool with_time)
{
	struct strbuf sb = { 0 };
	char time[NS_TEXT];
	char *label;

	strbuf_puts(&sb, item->text ? item->text : "");
	if (item->duration >= 0 && (with_time || !sb.len))
		strbuf_addf(&sb, "%s%s", sb.len ? "  " : "",
			    format_ns(time, sizeof(time), item->duration));
	label = plain(t, sb.s);
	strbuf_free(&sb);
	return label;
}

static void draw_arrow(struct text *t, int i)
{
	const struct item *item = &t->d->items[i];
	int from = t->column[item->from];
	int to = t->column[item->to];
	int low = from < to ? from : to;
	int high = from < to ? to : from;
	char *label = arrow_label(t, item, true);
	char *brief = arrow_label(t, item, false);

	start_row(t, i, t->d->nr_lanes);
	if (from == to) {
		if (item->type != ITEM_RETURN) {
			set_cell(t, to + 1, t->glyphs->self, PLAIN);
			high++;
		}
	} else {
		draw_line(t, item, from, to);
	}
	if (!label_beside(t, low, high, label) && !label_beside(t, low, high, brief)) {
		label_above(t, i, low, label);
		start_row(t, i, t->d->nr_lanes);
		if (from != to)
			draw_line(t, item, from, to);
	}
	gutter(t, item);
	flush_row(t);
	free(label);
	free(brief);
}

static void draw_beside(struct text *t, int i, int lane, const char *mark, const char *text)
{
	char *copy = plain(t, text);
	char *rest = copy;
	char *line;

	while ((line = strsep(&rest, "\n"))) {
		char *marked = xasprintf("%s %s", mark, line);

		start_row(t, i, t->d->nr_lanes);
		if (label_beside(t, t->column[lane] - 1, t->column[lane], marked))
			flush_row(t);
		else
			label_above(t, i, t->column[lane] + 1, marked);
		free(marked);
	}
	free(copy);
}

static void draw_block(struct text *t, int i)
{
	const struct item *item = &t->d->items[i];
	const struct item *next = i + 1 < t->d->nr_items ? item + 1 : item;
	char *text = xasprintf("%s [%s]", item->block == BLOCK_LOOP ? "loop" : "alt", item->text);

	draw_beside(t, i, next->from, t->glyphs->block, text);
	free(text);
}

static void draw_across(struct text *t, const struct item *item)
{
	struct strbuf sb = { 0 };
	char time[NS_TEXT];
	char *text;
	int start;
	int i;

	if (item->type == ITEM_GAP)
		strbuf_addf(&sb, " %s ", format_ns(time, sizeof(time), item->duration));
	else
		strbuf_addf(&sb, " %s%s ", _("LOST: "), item->text);
	text = plain(t, sb.s);
	clear_row(t);
	for (i = GUTTER; i < t->width; i++)
		set_cell(t, i, i % 2 ? " " : item->type == ITEM_GAP ? t->glyphs->gap : "/", DIM);
	start = GUTTER + (t->width - GUTTER - (int)utf8_width(text)) / 2;
	put_cells(t, start < GUTTER ? GUTTER : start, text, t->width - GUTTER);
	flush_row(t);
	free(text);
	strbuf_free(&sb);
}

static void draw_ring(struct text *t, int i)
{
	const struct item *item = &t->d->items[i];
	struct strbuf sb = { 0 };

	strbuf_addf(&sb, "%s\n", item->text);
	ring_text(&sb, &item->ring, t->opt->utf8);
	draw_beside(t, i, item->from, t->glyphs->note, sb.s);
	strbuf_free(&sb);
}

static void draw_item(struct text *t, int i)
{
	const struct item *item = &t->d->items[i];

	switch (item->type) {
	case ITEM_CALL:
	case ITEM_RETURN:
	case ITEM_ASYNC:
		draw_arrow(t, i);
		return;
	case ITEM_NOTE:
		draw_beside(t, i, item->from, t->glyphs->note, item->text);
		return;
	case ITEM_RING:
		draw_ring(t, i);
		return;
	case ITEM_BLOCK:
		draw_block(t, i);
		return;
	case ITEM_BLOCK_END:
		draw_beside(t, i, item->from, t->glyphs->block_end, "");
		return;
	case ITEM_GAP:
	case ITEM_LOST:
		draw_across(t, item);
		return;
	case ITEM_END:
		return;
	}
}

static void put_wrapped(struct text *t, const char *text)
{
	char *copy = plain(t, text);
	size_t width;
	char *wrapped;
	int lines;

	wrapped = text_wrap(copy, t->width, &lines, &width);
	fprintf(t->out, "%s\n", wrapped);
	free(wrapped);
	free(copy);
}

/* Names step down from left to right: each has a line of its own. */
static void draw_names(struct text *t)
{
	int i;

	for (i = 0; i < t->d->nr_lanes; i++) {
		const char *name = t->d->lanes[i].name;
		int w = utf8_width(name);
		int at = t->column[i];

		if (at + w > t->width)
			at = t->width - w;
		start_row(t, -1, i);
		put_cells(t, at < 0 ? 0 : at, name, t->width);
		flush_row(t);
	}
}

static void draw_head(struct text *t)
{
	const struct diagram *d = t->d;
	char *text;

	put_wrapped(t, d->title);
	text = xasprintf("%s%s", d->complete ? _("complete: ") : _("INCOMPLETE: "), d->verdict);
	put_wrapped(t, text);
	free(text);
	text = xasprintf("%s; %s%s", _("H hard interrupt, S softirq, T task, with CPU"),
			 _("time since "), d->origin);
	put_wrapped(t, text);
	free(text);
	text = xasprintf(_("%s%s call  %s%s return  %s%s asynchronous"), t->glyphs->line[ITEM_CALL],
			 t->glyphs->right[ITEM_CALL], t->glyphs->line[ITEM_RETURN],
			 t->glyphs->right[ITEM_RETURN], t->glyphs->line[ITEM_ASYNC],
			 t->glyphs->right[ITEM_ASYNC]);
	fprintf(t->out, "%s\n", text);
	free(text);
	if (diagram_has_ring(d))
		put_wrapped(t, _(RING_LEGEND));
	fputc('\n', t->out);
	draw_names(t);
}

static void render(const struct diagram *d, const struct render_options *opt, FILE *out)
{
	struct text t = { .d = d, .opt = opt, .out = out, .width = opt->width };
	int room = t.width - GUTTER - 2;
	int i;

	t.glyphs = opt->utf8 ? &unicode : &ascii;
	t.cells = xcalloc(t.width, sizeof(*t.cells));
	t.colour = xcalloc(t.width, sizeof(*t.colour));
	t.taken = xcalloc(t.width, sizeof(*t.taken));
	t.column = xcalloc(d->nr_lanes, sizeof(*t.column));
	for (i = 0; i < d->nr_lanes; i++)
		t.column[i] =
			GUTTER + 1 + (d->nr_lanes > 1 ? i * (room - 2) / (d->nr_lanes - 1) : 0);
	draw_head(&t);
	for (i = 0; i < d->nr_items; i++)
		draw_item(&t, i);
	for (i = 0; i < d->nr_bars; i++)
		if (d->bars[i].unfinished)
			fprintf(out, _("unfinished: %s: %s\n"), d->lanes[d->bars[i].lane].name,
				d->bars[i].unfinished);
	free(t.cells);
	free(t.colour);
	free(t.taken);
	free(t.column);
}

const struct renderer render_text = {
	.name = "text",
	.render = render,
};

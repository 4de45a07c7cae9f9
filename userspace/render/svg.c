// SPDX-License-Identifier: GPL-2.0
/*
 * SVG: one self-contained picture, printable in black and white. What it looks
 * like is svg-theme.c's, where it goes svg-layout.c's.
 */
#include <stdlib.h>
#include <string.h>

#include "base/width.h"
#include "base/lang.h"
#include "render/render.h"
#include "render/svg-theme.h"
#include "words/text.h"

/* The neighbourhood of a descriptor that a ring strip shows. */
#define RING_CELLS 5
#define DOTS	   "· · ·"

static void put_text(FILE *out, double x, double y, const char *style, const char *text)
{
	struct strbuf sb = { 0 };

	html_escape(&sb, text);
	fprintf(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", style, x, y,
		sb.s ? sb.s : "");
	strbuf_free(&sb);
}

static void put_lines(FILE *out, double x, double y, double step, const char *style,
		      const char *text)
{
	char *copy = xstrdup(text);
	char *rest = copy;
	char *line;

	while ((line = strsep(&rest, "\n"))) {
		put_text(out, x, y, style, line);
		y += step;
	}
	free(copy);
}

static void draw_heads(const struct svg_layout *l, double y, FILE *out)
{
	const struct diagram *d = l->d;
	double h = 2.8 * l->style.font;
	int i;

	for (i = 0; i < d->nr_lanes; i++) {
		const char *base;
		char dir[64];
		double w;

		lane_name_split(d->lanes[i].name, dir, sizeof(dir), &base);
		w = svg_text_width(base, l->style.font);
		if (svg_text_width(dir, l->style.small) > w)
			w = svg_text_width(dir, l->style.small);
		w += 12;
		fprintf(out,
			"<rect class=\"head\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"3\"/>\n",
			l->lane[i] - w / 2, y, w, h);
		if (*dir)
			put_text(out, l->lane[i], y + h * 0.40, "dir", dir);
		put_text(out, l->lane[i], y + h * (*dir ? 0.82 : 0.63), "base", base);
	}
}

static void draw_groups(const struct svg_layout *l, FILE *out)
{
	const struct diagram *d = l->d;
	double h = l->style.small * 1.5;
	double y = l->head - 2.8 * l->style.font - h - 4;
	double x0 = 0;
	double x1;
	int first;
	int i;

	for (first = 0; first < d->nr_lanes; first = i) {
		const char *text;
		char *short_text;
		size_t fits;

		for (i = first + 1; i < d->nr_lanes; i++)
			if (d->lanes[i].layer != d->lanes[first].layer)
				break;
		x0 = first ? (l->lane[first - 1] + l->lane[first]) / 2 + 2 : l->gutter;
		x1 = i < d->nr_lanes ? (l->lane[i - 1] + l->lane[i]) / 2 - 2 : l->width - 4;
		fprintf(out,
			"<rect class=\"group\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
			x0, y, x1 - x0, h);
		text = d->lanes[first].group;
		fits = (x1 - x0) / (l->style.small * 0.605);
		short_text = xasprintf("%.*s", (int)utf8_clip(text, fits), text);
		put_text(out, (x0 + x1) / 2, y + h * 0.75, "mid", short_text);
		free(short_text);
	}
}

static void draw_bar(const struct svg_layout *l, int i, FILE *out)
{
	const struct bar *bar = &l->d->bars[i];
	double x = svg_bar_left(l, i);
	double top = bar->begin < 0 ? l->head : l->rows[bar->begin].at;
	double end = bar->end < 0 ? l->foot : l->rows[bar->end].at;
	double woken;

	if (end < top + 5)
		end = top + 5;
	if (bar->sleeps) {
		/* A sleeping task holds its place, but not the CPU. */
		woken = bar->wake < 0 ? end : l->rows[bar->wake].at;
		fprintf(out,
			"<rect class=\"asleep%u\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
			bar->ctx, x, top, l->style.bar, woken - top);
		top = woken;
		if (end <= top)
			return;
	}
	if (bar->unfinished)
		fputs("<rect class=\"unfinished\"", out);
	else
		fprintf(out, "<rect class=\"bar%u\"", bar->ctx);
	fprintf(out, " x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n", x, top,
		l->style.bar, end - top);
}

static int compare_depths(const void *a, const void *b)
{
	const struct bar *x = *(struct bar *const *)a;
	const struct bar *y = *(struct bar *const *)b;

	if (x->depth != y->depth)
		return x->depth < y->depth ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* The inner ones over those around them. */
static void draw_bars(const struct svg_layout *l, FILE *out)
{
	struct ptrs bars = { 0 };
	size_t i;

	for (i = 0; i < (size_t)l->d->nr_bars; i++)
		ptrs_add(&bars, &l->d->bars[i]);
	if (bars.n)
		qsort(bars.v, bars.n, sizeof(*bars.v), compare_depths);
	for (i = 0; i < bars.n; i++)
		draw_bar(l, (struct bar *)bars.v[i] - l->d->bars, out);
	ptrs_free(&bars);
}

static void draw_bands(const struct svg_layout *l, FILE *out)
{
	const struct diagram *d = l->d;
	int i = 0;

	while (i < d->nr_items) {
		const struct item *first = &d->items[i];
		double y = l->rows[i].y;
		int j = i;

		while (j < d->nr_items && d->items[j].ctx == first->ctx &&
		       d->items[j].cpu == first->cpu)
			j++;
		if (l->rows[j - 1].y + l->rows[j - 1].h > y)
			fprintf(out,
				"<rect class=\"band%u\" x=\"0\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/><rect class=\"ink%u\" x=\"0\" y=\"%.1f\" width=\"5\" height=\"%.1f\"/>\n",
				first->ctx, y, l->width, l->rows[j - 1].y + l->rows[j - 1].h - y,
				first->ctx, y, l->rows[j - 1].y + l->rows[j - 1].h - y);
		i = j;
	}
}

static void draw_badge(const struct svg_layout *l, double x, double y, u8 ctx, FILE *out)
{
	double w = l->style.small * 1.25;
	char letter[2] = { context_letter(ctx), '\0' };

	fprintf(out,
		"<rect class=\"ink%u\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"3\"/>\n",
		ctx, x, y - w * 0.8, w, w);
	put_text(out, x + w / 2, y + w * 0.1, "badge", letter);
}

static void draw_gutter(const struct svg_layout *l, int i, FILE *out)
{
	const struct item *item = &l->d->items[i];
	double y = l->rows[i].at - 1;
	char time[NS_TEXT];
	char cpu[16];

	draw_badge(l, 12, y, item->ctx, out);
	snprintf(cpu, sizeof(cpu), "CPU%u", item->cpu);
	put_text(out, 16 + l->style.small * 1.3, y, "small", cpu);
	format_ns(time, sizeof(time), item->time);
	put_text(out, l->gutter - 4, y, "end", time);
}

static void draw_self(const struct svg_layout *l, int i, FILE *out)
{
	const struct item *item = &l->d->items[i];
	double from = svg_edge(l, item->from, i, true);
	double to = svg_edge(l, item->from, i + 1, true);
	double far = (from > to ? from : to) + l->style.bar;
	double top = l->rows[i].at - l->style.pad - 2;
	const char *style = item->type == ITEM_ASYNC ? "async" : "call";

	fprintf(out,
		"<path class=\"%s\" d=\"M%.1f,%.1fH%.1fV%.1fH%.1f\" marker-end=\"url(#%s)\"/>\n",
		style, from, top, far, l->rows[i].at, to + 1,
		item->type == ITEM_ASYNC ? "open" : "call");
}

static void draw_arrow(const struct svg_layout *l, int i, FILE *out)
{
	static const char *const styles[] = {
		[ITEM_CALL] = "call",
		[ITEM_RETURN] = "return",
		[ITEM_ASYNC] = "async",
	};
	const struct item *item = &l->d->items[i];
	const struct svg_row *row = &l->rows[i];
	bool right = item->to > item->from;
	double rise = row->lift + l->style.font * LABEL_RISE;

	draw_gutter(l, i, out);
	if (item->from == item->to && item->type != ITEM_RETURN) {
		draw_self(l, i, out);
		rise = l->style.pad / 2;
	} else if (item->from != item->to) {
		fprintf(out, "<path class=\"%s\" d=\"M%.1f,%.1fH%.1f\" marker-end=\"url(#%s)\"/>\n",
			styles[item->type], svg_edge(l, item->from, i, right), row->at,
			svg_tip(l, i), item->type == ITEM_CALL ? "call" : "open");
	}
	put_lines(out, row->x, row->at - rise - (row->lines - 1) * l->style.line, l->style.line,
		  "label", row->text);
}

static void draw_ring(const struct svg_layout *l, const struct item *item,
		      const struct svg_row *row, FILE *out)
{
	const struct ring_state *ring = &item->ring;
	double w = l->style.small * 2.8;
	double h = l->style.small * 1.35;
	double y = row->y + row->h - l->style.pad / 2 - 4.1 * l->style.small;
	double x = row->x + 8;
	int first = ring_at(ring, -1) < 0 ? 0 : -1;
	bool ntc_shown = false;
	bool ntu_shown = false;
	char outside[64] = "";
	char text[32];
	size_t len = 0;
	int i;

	for (i = first; i < first + RING_CELLS && ring_at(ring, i) >= 0; i++, x += w) {
		u32 at = ring_at(ring, i);
		bool taken = at == ring->index;

		ntc_shown = ntc_shown || at == ring->ntc;
		ntu_shown = ntu_shown || at == ring->ntu;
		fprintf(out,
			"<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
			taken ? "taken" : "cell", x, y, w, h);
		snprintf(text, sizeof(text), "%u", at);
		put_text(out, x + w / 2, y + h * 0.75, "mid", text);
		snprintf(text, sizeof(text), "%s%s%s", at == ring->ntc ? "ntc" : "",
			 at == ring->ntc && at == ring->ntu ? "," : "",
			 at == ring->ntu ? "ntu" : "");
		if (*text)
			put_text(out, x + w / 2, y + h + l->style.small, "mid", text);
	}
	/* What lies beyond the strip is told in words. */
	if (!ntc_shown)
		len = snprintf(outside, sizeof(outside), "ntc %u  ", ring->ntc);
	if (!ntu_shown)
		len += snprintf(outside + len, sizeof(outside) - len, "ntu %u  ", ring->ntu);
	if (ring->tail >= 0)
		snprintf(outside + len, sizeof(outside) - len, "tail %d", ring->tail);
	put_text(out, row->x + 8, y + h + 2.3 * l->style.small, "small", outside);
}

static void draw_note(const struct svg_layout *l, int i, FILE *out)
{
	const struct item *item = &l->d->items[i];
	const struct svg_row *row = &l->rows[i];

	draw_gutter(l, i, out);
	fprintf(out,
		"<rect class=\"note\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
		row->x, row->y + l->style.pad / 2, row->w, row->h - l->style.pad / 2 - 2);
	put_lines(out, row->x + 8, row->y + l->style.pad / 2 + l->style.small + 3,
		  l->style.small + 4, "small", row->text);
	if (item->type == ITEM_RING)
		draw_ring(l, item, row, out);
}

static void draw_across(const struct svg_layout *l, int i, FILE *out)
{
	const struct item *item = &l->d->items[i];
	const struct svg_row *row = &l->rows[i];
	double middle = (l->gutter + l->width) / 2;
	struct strbuf sb = { 0 };
	char time[NS_TEXT];
	double w;

	if (item->type == ITEM_GAP)
		strbuf_addf(&sb, DOTS "  %s  " DOTS, format_ns(time, sizeof(time), item->duration));
	else
		strbuf_puts(&sb, item->text);
	w = svg_text_width(sb.s, l->style.small) + 16;
	fprintf(out,
		"<rect class=\"%s\" x=\"0\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n"
		"<path class=\"break\" d=\"M0,%.1fH%.1fM0,%.1fH%.1f\"/>\n"
		"<rect class=\"paper\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
		item->type == ITEM_GAP ? "paper" : "hole", row->y + 3, l->width, row->h - 6,
		row->y + 3, l->width, row->y + row->h - 3, l->width, middle - w / 2, row->y + 5, w,
		row->h - 10);
	put_text(out, middle, row->y + row->h / 2 + l->style.small * 0.35, "mid", sb.s);
	strbuf_free(&sb);
}

struct extent {
	int begin;
	double x0;
	double x1;
};

static void extent_add(struct extent *e, double x0, double x1)
{
	if (x0 < e->x0)
		e->x0 = x0;
	if (x1 > e->x1)
		e->x1 = x1;
}

static void draw_block(const struct svg_layout *l, const struct extent *e, int end, FILE *out)
{
	const struct svg_row *top = &l->rows[e->begin];
	const struct item *item = &l->d->items[e->begin];
	double y = top->y + l->style.pad / 2;
	double bottom = l->rows[end].y + l->rows[end].h - 3;
	double tab = l->style.small * 3;

	fprintf(out,
		"<rect class=\"block\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n"
		"<path class=\"tab\" d=\"M%.1f,%.1fh%.1fv%.1fl-6,6h%.1fz\"/>\n",
		e->x0, y, e->x1 - e->x0, bottom - y, e->x0, y, tab, l->style.small * 0.9, 6 - tab);
	put_text(out, e->x0 + 3, y + l->style.small, "small",
		 item->block == BLOCK_LOOP ? "loop" : "alt");
	put_lines(out, top->x, y + l->style.font, l->style.line, "cond", top->text);
}

/* A frame holds all that happens in it, text included. */
static void draw_blocks(const struct svg_layout *l, FILE *out)
{
	const struct diagram *d = l->d;
	struct extent *open = NULL;
	int room = 0;
	int n = 0;
	int i;

	for (i = 0; i < d->nr_items; i++) {
		const struct item *item = &d->items[i];
		const struct svg_row *row = &l->rows[i];

		if (item->type == ITEM_BLOCK) {
			if (n == room) {
				room = room ? room * 2 : 8;
				open = xrealloc(open, room, sizeof(*open));
			}
			open[n].begin = i;
			open[n].x0 = l->lane[row->lane];
			open[n++].x1 = row->x + row->w;
		} else if (item->type == ITEM_BLOCK_END && n) {
			n--;
			/* Room for the tab, left of the bars. */
			open[n].x0 -= l->style.bar / 2 + 3.3 * l->style.small;
			open[n].x1 += 8;
			draw_block(l, &open[n], i, out);
			if (n)
				extent_add(&open[n - 1],
					   open[n].x0 + 2.9 * l->style.small + l->style.bar / 2,
					   open[n].x1);
		} else if (n && item->type != ITEM_END && item->type != ITEM_GAP &&
			   item->type != ITEM_LOST) {
			double a = l->lane[item->from];
			double b = l->lane[item->to];

			extent_add(&open[n - 1], a < b ? a : b, a < b ? b : a);
			extent_add(&open[n - 1], row->x, row->x + row->w);
		}
	}
	free(open);
}

static void draw_legend(const struct svg_layout *l, double y, FILE *out)
{
	double x = 12;
	int ctx;

	for (ctx = 0; ctx < CTX_NR; ctx++) {
		draw_badge(l, x, y, ctx, out);
		x += l->style.small * 1.7;
		put_text(out, x, y, "small", context_text(ctx));
		x += svg_text_width(context_text(ctx), l->style.small) + l->style.small * 1.4;
	}
	fprintf(out, "<path class=\"call\" d=\"M%.1f,%.1fh40\" marker-end=\"url(#call)\"/>\n", x,
		y - 4);
	put_text(out, x + 46, y, "small", _("call"));
	x += 60 + svg_text_width(_("call"), l->style.small);
	fprintf(out, "<path class=\"return\" d=\"M%.1f,%.1fh40\" marker-end=\"url(#open)\"/>\n", x,
		y - 4);
	put_text(out, x + 46, y, "small", _("return"));
	x += 60 + svg_text_width(_("return"), l->style.small);
	fprintf(out, "<path class=\"async\" d=\"M%.1f,%.1fh40\" marker-end=\"url(#open)\"/>\n", x,
		y - 4);
	put_text(out, x + 46, y, "small", _("asynchronous"));
	x += 70 + svg_text_width(_("asynchronous"), l->style.small);
	if (diagram_has_ring(l->d))
		put_text(out, x, y, "small", _(RING_LEGEND));
}

static void draw_top(const struct svg_layout *l, FILE *out)
{
	const struct diagram *d = l->d;
	double y = 8 + l->style.font * 1.25;
	char *text;

	put_text(out, 12, y, "title", d->title);
	y += l->style.line * 1.1;
	text = xasprintf("%s%s; %s%s", d->complete ? _("complete: ") : _("INCOMPLETE: "),
			 d->verdict, _("time since "), d->origin);
	put_text(out, 12, y, "small", text);
	free(text);
	draw_legend(l, y + l->style.line * 1.2, out);
}

static void draw_unfinished(const struct svg_layout *l, FILE *out)
{
	int i;

	for (i = 0; i < l->d->nr_bars; i++)
		if (l->d->bars[i].unfinished)
			put_text(out, svg_bar_left(l, i) + l->style.bar + 6, l->foot - 4, "label",
				 l->d->bars[i].unfinished);
}

/* What the pointer rests on explains itself. */
static void draw_tooltip(const struct item *item, FILE *out)
{
	struct strbuf sb = { 0 };

	if (!item->detail)
		return;
	html_escape(&sb, item->detail);
	fprintf(out, "<title>%s</title>\n", sb.s);
	strbuf_free(&sb);
}

static void draw_items(const struct svg_layout *l, FILE *out)
{
	int i;

	for (i = 0; i < l->d->nr_items; i++) {
		const struct item *item = &l->d->items[i];

		if (item->type == ITEM_END || item->type == ITEM_BLOCK ||
		    item->type == ITEM_BLOCK_END)
			continue;
		fprintf(out, "<g data-event=\"%u\">\n", item->event);
		draw_tooltip(item, out);
		switch (item->type) {
		case ITEM_NOTE:
		case ITEM_RING:
			draw_note(l, i, out);
			break;
		case ITEM_GAP:
		case ITEM_LOST:
			draw_across(l, i, out);
			break;
		default:
			draw_arrow(l, i, out);
		}
		fputs("</g>\n", out);
	}
}

static void render(const struct diagram *d, const struct render_options *opt, FILE *out)
{
	struct svg_layout *l = svg_layout_make(d);
	double width = l->width;
	double height = l->height;
	int i;

	if (d->slide) {
		/* A page of 16:9 around it. */
		if (width * 9 < height * 16)
			width = height * 16 / 9;
		else
			height = width * 9 / 16;
	}
	fprintf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" xml:lang=\"%s\" class=\"%s\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\">\n",
		lang_name(), svg_theme_class(l), width, height, width, height);
	svg_theme_draw(l, opt->theme, out);
	fprintf(out, "<rect class=\"paper\" width=\"%.0f\" height=\"%.0f\"/>\n", width, height);
	l->width = width;
	draw_bands(l, out);
	draw_top(l, out);
	draw_groups(l, out);
	for (i = 0; i < d->nr_lanes; i++)
		fprintf(out, "<path class=\"life\" d=\"M%.1f,%.1fV%.1f\"/>\n", l->lane[i], l->head,
			l->foot);
	draw_heads(l, l->head - 2.8 * l->style.font, out);
	if (!d->slide)
		draw_heads(l, l->foot + 6, out);
	draw_bars(l, out);
	draw_blocks(l, out);
	draw_items(l, out);
	draw_unfinished(l, out);
	fputs("</svg>\n", out);
	svg_layout_free(l);
}

const struct renderer render_svg = {
	.name = "svg",
	.render = render,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * Mermaid sequence diagrams, as GitHub and most wikis show them.
 *
 * Mermaid has no gutter, so each arrow carries context letter, CPU and time.
 * Contexts are coloured bands (rect); a band inside a block must end inside it,
 * so open bands and blocks are kept on one stack.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "render/render.h"
#include "words/text.h"

#define OPEN_BLOCK -1
/* Deeper ones are not set in further. */
#define MAX_INDENT 64

struct opened {
	int what; /* OPEN_BLOCK, or context and CPU of a band */
	int band; /* place of the innermost band, -1 for none */
};

struct mermaid {
	const struct diagram *d;
	FILE *out;
	struct opened *open;
	int nr_open;
	int room;
};

static const char *const bands[CTX_NR] = {
	"rgb(252, 228, 214)",
	"rgb(221, 235, 247)",
	"rgb(222, 243, 231)",
};

/**
 * mermaid_escape - text that Mermaid takes as text
 * @sb: where to append
 * @text: any
 */
void mermaid_escape(struct strbuf *sb, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '\n':
			strbuf_puts(sb, "<br>");
			break;
		case '#':
		case ';':
		case '<':
		case '>':
		case '%':
		case '&':
			strbuf_addf(sb, "#%d;", *text);
			break;
		default:
			strbuf_add(sb, text, 1);
		}
	}
}

static void line(struct mermaid *mm, const char *fmt, ...) __printf(2, 3);

static void line(struct mermaid *mm, const char *fmt, ...)
{
	va_list ap;

	fprintf(mm->out, "%*s", 4 + 2 * (mm->nr_open < MAX_INDENT ? mm->nr_open : MAX_INDENT), "");
	va_start(ap, fmt);
	vfprintf(mm->out, fmt, ap);
	va_end(ap);
	fputc('\n', mm->out);
}

static int innermost_band(const struct mermaid *mm)
{
	return mm->nr_open ? mm->open[mm->nr_open - 1].band : -1;
}

static bool in_block(const struct mermaid *mm)
{
	return mm->nr_open && mm->open[mm->nr_open - 1].what == OPEN_BLOCK;
}

static void push(struct mermaid *mm, int what)
{
	if (mm->nr_open == mm->room) {
		mm->room = mm->room ? mm->room * 2 : 8;
		mm->open = xrealloc(mm->open, mm->room, sizeof(*mm->open));
	}
	mm->open[mm->nr_open] = (struct opened){
		.what = what,
		.band = what != OPEN_BLOCK ? mm->nr_open : innermost_band(mm),
	};
	mm->nr_open++;
}

static void pop(struct mermaid *mm)
{
	mm->nr_open--;
	line(mm, "end");
}

static void open_band(struct mermaid *mm, const struct item *item)
{
	int band = item->ctx << 16 | item->cpu;
	int i;

	for (;;) {
		i = innermost_band(mm);
		if (i >= 0 && mm->open[i].what == band)
			return;
		if (i < 0 || i != mm->nr_open - 1)
			break;
		pop(mm);
	}
	line(mm, "rect %s", bands[item->ctx]);
	push(mm, band);
}

static void close_block(struct mermaid *mm)
{
	while (mm->nr_open && !in_block(mm))
		pop(mm);
	if (mm->nr_open)
		pop(mm);
}

static void print_text(struct strbuf *sb, const struct item *item)
{
	char time[NS_TEXT];

	strbuf_addf(sb, "%c%u  %s%s", context_letter(item->ctx), item->cpu,
		    item->time >= 0 ? "+" : "", format_ns(time, sizeof(time), item->time));
	if (item->text && item->text[0]) {
		strbuf_puts(sb, "<br>");
		mermaid_escape(sb, item->text);
	}
	if (item->duration >= 0)
		strbuf_addf(sb, " (%s)", format_ns(time, sizeof(time), item->duration));
}

static void print_arrow(struct mermaid *mm, const struct item *item)
{
	static const char *const arrows[] = {
		[ITEM_CALL] = "->>",
		[ITEM_RETURN] = "-->>",
		[ITEM_ASYNC] = "-)",
	};
	struct strbuf sb = { 0 };

	print_text(&sb, item);
	line(mm, "p%d %s p%d: %s", item->from, arrows[item->type], item->to, sb.s);
	strbuf_free(&sb);
}

static void print_note(struct mermaid *mm, const struct item *item)
{
	struct strbuf sb = { 0 };
	struct strbuf ring = { 0 };

	mermaid_escape(&sb, item->text);
	if (item->type == ITEM_RING) {
		ring_text(&ring, &item->ring, true);
		strbuf_puts(&sb, "<br>");
		mermaid_escape(&sb, ring.s);
		strbuf_free(&ring);
	}
	line(mm, "Note right of p%d: %s", item->from, sb.s);
	strbuf_free(&sb);
}

static void print_across(struct mermaid *mm, const char *text)
{
	if (mm->d->nr_lanes > 1)
		line(mm, "Note over p0,p%d: %s", mm->d->nr_lanes - 1, text);
	else
		line(mm, "Note over p0: %s", text);
}

static void print_item(struct mermaid *mm, const struct item *item)
{
	struct strbuf sb = { 0 };
	char time[NS_TEXT];

	switch (item->type) {
	case ITEM_CALL:
	case ITEM_ASYNC:
		open_band(mm, item);
		print_arrow(mm, item);
		if (item->bar >= 0)
			line(mm, "activate p%d", item->to);
		return;
	case ITEM_RETURN:
		open_band(mm, item);
		print_arrow(mm, item);
		line(mm, "deactivate p%d", item->from);
		return;
	case ITEM_END:
		line(mm, "deactivate p%d", mm->d->bars[item->bar].lane);
		return;
	case ITEM_NOTE:
	case ITEM_RING:
		open_band(mm, item);
		print_note(mm, item);
		if (item->bar >= 0)
			line(mm, "activate p%d", item->to);
		return;
	case ITEM_BLOCK:
		open_band(mm, item);
		mermaid_escape(&sb, item->text);
		line(mm, "%s %s", item->block == BLOCK_LOOP ? "loop" : "alt", sb.s);
		strbuf_free(&sb);
		push(mm, OPEN_BLOCK);
		return;
	case ITEM_BLOCK_END:
		close_block(mm);
		return;
	case ITEM_GAP:
		while (mm->nr_open && !in_block(mm))
			pop(mm);
		format_ns(time, sizeof(time), item->duration);
		strbuf_addf(&sb, "· · · %s · · ·", time);
		print_across(mm, sb.s);
		strbuf_free(&sb);
		return;
	case ITEM_LOST:
		strbuf_puts(&sb, _("LOST: "));
		mermaid_escape(&sb, item->text);
		print_across(mm, sb.s);
		strbuf_free(&sb);
		return;
	}
}

static void print_lanes(struct mermaid *mm)
{
	const struct diagram *d = mm->d;
	struct strbuf sb = { 0 };
	int i;

	for (i = 0; i < d->nr_lanes; i++) {
		const char *group = d->lanes[i].group;

		if (!i || strcmp(group, d->lanes[i - 1].group))
			line(mm, "box rgba(128, 128, 128, 0.1) %s", group);
		mermaid_escape(&sb, d->lanes[i].name);
		line(mm, "  participant p%d as %s", i, sb.s);
		strbuf_free(&sb);
		if (i == d->nr_lanes - 1 || strcmp(group, d->lanes[i + 1].group))
			line(mm, "end");
	}
}

static void render(const struct diagram *d, const struct render_options *opt, FILE *out)
{
	struct mermaid mm = { .d = d, .out = out };
	struct strbuf sb = { 0 };
	int i;

	(void)opt;
	fputs("sequenceDiagram\n", out);
	line(&mm, "%%%% packet %u", d->packet);
	mermaid_escape(&sb, d->title);
	strbuf_puts(&sb, " — ");
	mermaid_escape(&sb, d->complete ? _("complete: ") : _("INCOMPLETE: "));
	mermaid_escape(&sb, d->verdict);
	line(&mm, "title %s", sb.s);
	strbuf_free(&sb);
	print_lanes(&mm);
	line(&mm, "Note over p0: %s<br>%s%s", _("H hard interrupt, S softirq, T task, with CPU"),
	     _("time since "), d->origin);
	for (i = 0; i < d->nr_bars; i++)
		if (d->bars[i].begin < 0)
			line(&mm, "activate p%d", d->bars[i].lane);
	for (i = 0; i < d->nr_items; i++)
		print_item(&mm, &d->items[i]);
	while (mm.nr_open)
		pop(&mm);
	for (i = 0; i < d->nr_bars; i++) {
		if (d->bars[i].end >= 0)
			continue;
		if (d->bars[i].unfinished)
			line(&mm, "Note right of p%d: %s", d->bars[i].lane, d->bars[i].unfinished);
		line(&mm, "deactivate p%d", d->bars[i].lane);
	}
	free(mm.open);
}

const struct renderer render_mermaid = {
	.name = "mermaid",
	.suffix = "mmd",
	.render = render,
};

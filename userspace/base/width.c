// SPDX-License-Identifier: GPL-2.0
/*
 * Text measured in columns, and broken into lines.
 *
 * A Chinese character takes two columns, in a terminal as in a picture's
 * monospaced font. That is decided here and not by the locale's wcwidth(): a
 * picture is the same whatever the locale that it is drawn in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/util.h"

struct range {
	u32 first;
	u32 last;
};

/* East Asian wide and full-width: Unicode's annex 11, joined where it has holes. */
static const struct range wide[] = {
	{ 0x1100, 0x115f },   { 0x2e80, 0x303e },   { 0x3041, 0x33ff },	  { 0x3400, 0x4dbf },
	{ 0x4e00, 0x9fff },   { 0xa000, 0xa4cf },   { 0xac00, 0xd7a3 },	  { 0xf900, 0xfaff },
	{ 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },	  { 0x1f300, 0x1f64f },
	{ 0x1f900, 0x1f9ff }, { 0x20000, 0x2fffd }, { 0x30000, 0x3fffd },
};

/* Drawn over the character before them. */
static const struct range narrow[] = {
	{ 0x0300, 0x036f },
	{ 0x200b, 0x200f },
	{ 0x20d0, 0x20ff },
	{ 0xfe00, 0xfe0f },
};

/* No line begins with these, and none ends with those. */
static const char closing[] = "，。、；：！？）》」』】…";
static const char opening[] = "（《「『【";

static bool in_ranges(u32 c, const struct range *ranges, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* One character: its bytes and its columns; a byte that is not UTF-8 is one column. */
static size_t utf8_next(const char *s, int *columns)
{
	static const u8 masks[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	u8 lead = *s;
	size_t len = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
	size_t i;
	u32 c;

	*columns = 1;
	if (!len)
		return 1;
	c = lead & masks[len];
	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 1;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (in_ranges(c, wide, ARRAY_SIZE(wide)))
		*columns = 2;
	else if (in_ranges(c, narrow, ARRAY_SIZE(narrow)))
		*columns = 0;
	return len;
}

/**
 * utf8_width - the columns that a string takes
 * @s: UTF-8
 *
 * Return: columns; a Chinese character takes two.
 */
size_t utf8_width(const char *s)
{
	size_t width = 0;
	int columns;

	while (*s) {
		s += utf8_next(s, &columns);
		width += columns;
	}
	return width;
}

/**
 * utf8_clip - the bytes of a string that fit into a width
 * @s: UTF-8
 * @columns: width
 *
 * Return: bytes, never in the middle of a character.
 */
size_t utf8_clip(const char *s, size_t columns)
{
	size_t used = 0;
	size_t len = 0;
	int one;

	while (s[len]) {
		size_t next = utf8_next(s + len, &one);

		if (used + one > columns)
			break;
		used += one;
		len += next;
	}
	return len;
}

/**
 * utf8_pad - what printf() must be told for a width in columns
 * @s: UTF-8
 * @columns: wanted
 *
 * Return: the same width in bytes, for "%*s" and "%-*s".
 */
int utf8_pad(const char *s, int columns)
{
	return columns + (int)(strlen(s) - utf8_width(s));
}

static bool is_one_of(const char *set, const char *s, size_t len)
{
	for (; *set; set += len)
		if (!strncmp(set, s, len))
			return true;
	return false;
}

/* May a line end between two neighbours, neither of them a blank? */
static bool may_break(const char *a, size_t a_len, int a_width, const char *b)
{
	int b_width;
	size_t b_len = utf8_next(b, &b_width);

	if (a_width != 2 && b_width != 2)
		return false;
	if (b_len == 3 && is_one_of(closing, b, b_len))
		return false;
	return a_len != 3 || !is_one_of(opening, a, a_len);
}

/* The bytes of a piece that no line may end in. */
static size_t piece_length(const char *s)
{
	size_t len = 0;
	int columns;

	do {
		size_t one = utf8_next(s + len, &columns);
		const char *next = s + len + one;

		if (*next && *next != ' ' && *next != '\n' &&
		    may_break(s + len, one, columns, next))
			return len + one;
		len += one;
	} while (s[len] && s[len] != ' ' && s[len] != '\n');
	return len;
}

/**
 * text_wrap - break text at spaces and between Chinese characters
 * @text: text; its own line breaks stay
 * @columns: width to aim at; a longer word stays whole
 * @lines: number of lines
 * @width: columns of the widest line
 *
 * Return: the broken text, to be freed.
 */
char *text_wrap(const char *text, unsigned int columns, int *lines, size_t *width)
{
	struct strbuf out = { 0 };
	size_t now = 0;

	*lines = 1;
	*width = 0;
	while (*text) {
		size_t blanks = strspn(text, " ");
		const char *piece = text + blanks;
		char *copy;
		size_t len;
		size_t w;

		text = piece;
		if (*text == '\n') {
			strbuf_puts(&out, "\n");
			text++;
			now = 0;
			++*lines;
			continue;
		}
		if (!*text)
			break;
		len = piece_length(piece);
		copy = xasprintf("%.*s", (int)len, piece);
		w = utf8_width(copy);
		free(copy);
		if (now && now + blanks + w > columns) {
			strbuf_puts(&out, "\n");
			++*lines;
			now = 0;
			blanks = 0;
		}
		strbuf_add(&out, piece - blanks, blanks + len);
		now += blanks + w;
		if (now > *width)
			*width = now;
		text += len;
	}
	return strbuf_take(&out);
}

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
#include <unilbrk.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/util.h"
#include "base/width.h"

/* What East Asian encodings held for wide is narrow in this one. */
#define ENCODING "UTF-8"

#define UTF8_MOST 4

/* One character: its bytes and its columns; a byte that is not UTF-8 is one column. */
static size_t utf8_next(const char *s, int *columns)
{
	ucs4_t c;
	int len = u8_mbtoucr(&c, (const uint8_t *)s, strnlen(s, UTF8_MOST));
	int width = len > 0 ? uc_width(c, ENCODING) : -1;

	*columns = width < 0 ? 1 : width;
	return len > 0 ? len : 1;
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

/*
 * The bytes of a piece that no line may end in. Lines end at blanks, and where Unicode's
 * annex 14 allows it beside a character of two columns; not within a path or a name, where
 * it would allow it, too. A piece that no line holds ends beside such a character also
 * where it would not. @breaks is its answer for each byte of @s.
 */
static size_t piece_length(const char *s, const char *breaks, size_t columns)
{
	size_t forced = 0;
	size_t width = 0;
	size_t len = 0;
	int before = 0;

	do {
		int own;
		size_t one = utf8_next(s + len, &own);

		if (len && (before == 2 || own == 2)) {
			if (breaks[len] == UC_BREAK_POSSIBLE)
				return len;
			if (width <= columns)
				forced = len;
		}
		width += own;
		before = own;
		len += one;
	} while (s[len] && s[len] != ' ' && s[len] != '\n');
	return width > columns && forced ? forced : len;
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
	const char *const all = text;
	const size_t size = strlen(text);
	char *breaks = xcalloc(size, 1);
	struct strbuf out = { 0 };
	size_t now = 0;

	u8_possible_linebreaks((const uint8_t *)text, size, ENCODING, breaks);
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
		len = piece_length(piece, breaks + (piece - all), columns);
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
	free(breaks);
	return strbuf_take(&out);
}

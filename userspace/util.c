// SPDX-License-Identifier: GPL-2.0
/*
 * Memory, strings, containers, times. Running out of memory ends the program:
 * no command can give half a picture.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang.h"
#include "util.h"

/**
 * error_line - say what is wrong and what to do, in one line
 * @fmt: printf format, no newline; looked up in the language
 *
 * Return: EXIT_FAILED, so that a command can return it at once.
 */
int error_line(const char *fmt, ...)
{
	va_list ap;

	progress_end();
	fputs("rxpath: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, _(fmt), ap);
	va_end(ap);
	fputc('\n', stderr);
	return EXIT_FAILED;
}

/**
 * warn_line - say what the output lacks, and go on
 * @fmt: printf format, no newline; looked up in the language
 */
void warn_line(const char *fmt, ...)
{
	va_list ap;

	progress_end();
	fprintf(stderr, "rxpath: %s", _("warning: "));
	va_start(ap, fmt);
	vfprintf(stderr, _(fmt), ap);
	va_end(ap);
	fputc('\n', stderr);
}

static void out_of_memory(void)
{
	error_line("out of memory: record a shorter trace");
	exit(EXIT_FAILED);
}

/**
 * xcalloc - zeroed memory or the end
 * @n: number of elements
 * @size: bytes of each
 *
 * Return: never NULL.
 */
void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		out_of_memory();
	return p;
}

/**
 * xrealloc - grown memory or the end
 * @p: what to grow, or NULL
 * @n: number of elements
 * @size: bytes of each
 *
 * Return: never NULL.
 */
void *xrealloc(void *p, size_t n, size_t size)
{
	p = reallocarray(p, n ? n : 1, size);
	if (!p)
		out_of_memory();
	return p;
}

/**
 * xstrdup - a copy of a string or the end
 * @s: string
 *
 * Return: the copy, to be freed.
 */
char *xstrdup(const char *s)
{
	char *p = strdup(s);

	if (!p)
		out_of_memory();
	return p;
}

/**
 * xasprintf - a formatted string or the end
 * @fmt: printf format
 *
 * Return: the string, to be freed.
 */
char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		out_of_memory();
	va_end(ap);
	return s;
}

static void strbuf_grow(struct strbuf *sb, size_t len)
{
	if (sb->len + len + 1 <= sb->cap)
		return;
	sb->cap = (sb->len + len + 1) * 2;
	sb->s = xrealloc(sb->s, sb->cap, 1);
}

/**
 * strbuf_add - append bytes
 * @sb: string to grow
 * @s: bytes
 * @len: how many
 */
void strbuf_add(struct strbuf *sb, const char *s, size_t len)
{
	strbuf_grow(sb, len);
	memcpy(sb->s + sb->len, s, len);
	sb->len += len;
	sb->s[sb->len] = '\0';
}

/**
 * strbuf_puts - append a string
 * @sb: string to grow
 * @s: what to append
 */
void strbuf_puts(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

/**
 * put_digits - a number's decimal digits
 * @at: room for 20 bytes
 * @value: number
 *
 * Return: behind the last digit.
 */
char *put_digits(char *at, u64 value)
{
	char text[20];
	char *first = text + sizeof(text);

	while (value >= 100) {
		u32 pair = value % 100;

		*--first = '0' + pair % 10;
		*--first = '0' + pair / 10;
		value /= 100;
	}
	*--first = '0' + value % 10;
	if (value >= 10)
		*--first = '0' + value / 10;
	memcpy(at, first, text + sizeof(text) - first);
	return at + (text + sizeof(text) - first);
}

/**
 * strbuf_number - append a number's decimal digits
 * @sb: string to grow
 * @value: number
 */
void strbuf_number(struct strbuf *sb, u64 value)
{
	char text[20];

	strbuf_add(sb, text, put_digits(text, value) - text);
}

/**
 * strbuf_addf - append formatted text
 * @sb: string to grow
 * @fmt: printf format
 */
void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	size_t room = sb->cap - sb->len;
	va_list ap;
	int len;

	va_start(ap, fmt);
	len = vsnprintf(sb->s ? sb->s + sb->len : NULL, room, fmt, ap);
	va_end(ap);
	if (len < 0)
		out_of_memory();
	if ((size_t)len < room) {
		sb->len += len;
		return;
	}
	strbuf_grow(sb, len);
	va_start(ap, fmt);
	vsnprintf(sb->s + sb->len, len + 1, fmt, ap);
	va_end(ap);
	sb->len += len;
}

/**
 * strbuf_take - hand the text over and leave the buffer empty
 * @sb: string
 *
 * Return: the text, to be freed; never NULL.
 */
char *strbuf_take(struct strbuf *sb)
{
	char *s;

	if (!sb->s)
		return xstrdup("");
	s = sb->s;
	memset(sb, 0, sizeof(*sb));
	return s;
}

/**
 * strbuf_free - drop the text
 * @sb: string
 */
void strbuf_free(struct strbuf *sb)
{
	free(sb->s);
	memset(sb, 0, sizeof(*sb));
}

/**
 * ptrs_add - append to an array of pointers
 * @p: array
 * @item: pointer
 */
void ptrs_add(struct ptrs *p, void *item)
{
	if (p->n == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 16;
		p->v = xrealloc(p->v, p->cap, sizeof(*p->v));
	}
	p->v[p->n++] = item;
}

/**
 * ptrs_free - drop the array, not what it points to
 * @p: array
 */
void ptrs_free(struct ptrs *p)
{
	free(p->v);
	memset(p, 0, sizeof(*p));
}

/* Keys are kept plus one, so that 0 marks a free slot. */
static size_t map_slot(const struct map *m, u64 key)
{
	size_t i = ((key + 1) * 0x9e3779b97f4a7c15ULL >> 20) & (m->cap - 1);

	while (m->keys[i] && m->keys[i] != key + 1)
		i = (i + 1) & (m->cap - 1);
	return i;
}

/**
 * map_get - look a number up
 * @m: map
 * @key: any number but ~0
 *
 * Return: its value, or NULL.
 */
void *map_get(const struct map *m, u64 key)
{
	return m->n ? m->values[map_slot(m, key)] : NULL;
}

/**
 * map_set - give a number its value
 * @m: map
 * @key: any number but ~0
 * @value: value, replaces an older one
 */
void map_set(struct map *m, u64 key, void *value)
{
	struct map old = *m;
	size_t slot;
	size_t i;

	if (m->n * 2 >= m->cap) {
		m->cap = old.cap ? old.cap * 2 : 64;
		m->keys = xcalloc(m->cap, sizeof(*m->keys));
		m->values = xcalloc(m->cap, sizeof(*m->values));
		for (i = 0; i < old.cap; i++) {
			if (!old.keys[i])
				continue;
			slot = map_slot(m, old.keys[i] - 1);
			m->keys[slot] = old.keys[i];
			m->values[slot] = old.values[i];
		}
		free(old.keys);
		free(old.values);
	}
	slot = map_slot(m, key);
	if (!m->keys[slot])
		m->n++;
	m->keys[slot] = key + 1;
	m->values[slot] = value;
}

/**
 * map_free - drop the map, not its values
 * @m: map
 */
void map_free(struct map *m)
{
	free(m->keys);
	free(m->values);
	memset(m, 0, sizeof(*m));
}

/**
 * format_ns - a time with three digits that matter and its unit
 * @buf: where to write
 * @size: at least NS_TEXT
 * @ns: nanoseconds
 *
 * Return: @buf.
 */
const char *format_ns(char *buf, size_t size, s64 ns)
{
	static const struct {
		double scale;
		const char *unit;
	} units[] = {
		{ NSEC_PER_SEC, "s" },
		{ NSEC_PER_MSEC, "ms" },
		{ NSEC_PER_USEC, "µs" },
	};
	double abs = ns < 0 ? -(double)ns : (double)ns;
	const char *sign = ns < 0 ? "-" : "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(units); i++) {
		double v = abs / units[i].scale;

		/* 999.6 ns would otherwise be rounded to a fourth digit. */
		if (v < 0.9995)
			continue;
		snprintf(buf, size, "%s%.*f %s", sign,
			 v < 9.995   ? 2
			 : v < 99.95 ? 1
				     : 0,
			 v, units[i].unit);
		return buf;
	}
	snprintf(buf, size, "%s%.0f ns", sign, abs);
	return buf;
}

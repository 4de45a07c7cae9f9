// SPDX-License-Identifier: GPL-2.0
/*
 * Strings, containers, times.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/util.h"

/* Most labels and verdicts are shorter. */
#define STRBUF_MIN 64

/**
 * strbuf_grow - make room
 * @sb: string to grow
 * @len: bytes that are to be appended
 */
void strbuf_grow(struct strbuf *sb, size_t len)
{
	sb->cap = sb->cap ? (sb->len + len + 1) * 2 : len + STRBUF_MIN;
	sb->s = xrealloc(sb->s, sb->cap, 1);
}

static const char digit_pairs[100][3] = {
	"00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14",
	"15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29",
	"30", "31", "32", "33", "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44",
	"45", "46", "47", "48", "49", "50", "51", "52", "53", "54", "55", "56", "57", "58", "59",
	"60", "61", "62", "63", "64", "65", "66", "67", "68", "69", "70", "71", "72", "73", "74",
	"75", "76", "77", "78", "79", "80", "81", "82", "83", "84", "85", "86", "87", "88", "89",
	"90", "91", "92", "93", "94", "95", "96", "97", "98", "99",
};

static unsigned int count_digits(u64 value)
{
	static const u64 powers[] = {
		0,
		10,
		100,
		1000,
		10000,
		100000,
		1000000,
		10000000,
		100000000,
		1000000000,
		10000000000,
		100000000000,
		1000000000000,
		10000000000000,
		100000000000000,
		1000000000000000,
		10000000000000000,
		100000000000000000,
		1000000000000000000,
		10000000000000000000ULL,
	};
	/* 1233 / 4096 is log10(2), near enough for 64 bits. */
	unsigned int n = (64 - __builtin_clzll(value | 1)) * 1233 >> 12;

	return n + (value >= powers[n]);
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
	char *end = at + count_digits(value);
	char *first = end;

	while (value >= 100) {
		first -= 2;
		memcpy(first, digit_pairs[value % 100], 2);
		value /= 100;
	}
	if (value >= 10)
		memcpy(first - 2, digit_pairs[value], 2);
	else
		first[-1] = '0' + value;
	return end;
}

/**
 * strbuf_number - append a number's decimal digits
 * @sb: string to grow
 * @value: number
 */
void strbuf_number(struct strbuf *sb, u64 value)
{
	if (sb->len + 21 > sb->cap)
		strbuf_grow(sb, 20);
	sb->len = put_digits(sb->s + sb->len, value) - sb->s;
	sb->s[sb->len] = '\0';
}

/*
 * What most formats have is done here, ten times as fast as printf can: %s, whole
 * numbers as they are, and nothing else. False for a format with more in it, of which
 * a part may have been appended.
 */
static bool add_plain(struct strbuf *sb, const char *fmt, va_list ap)
{
	for (;;) {
		const char *percent = strchrnul(fmt, '%');
		const char *text;
		s64 value;

		strbuf_add(sb, fmt, percent - fmt);
		if (!*percent)
			return true;
		fmt = percent + 2;
		switch (percent[1]) {
		case 's':
			text = va_arg(ap, const char *);
			if (!text)
				return false;
			strbuf_puts(sb, text);
			continue;
		case 'u':
			strbuf_number(sb, va_arg(ap, unsigned int));
			continue;
		case 'd':
			value = va_arg(ap, int);
			break;
		case 'l':
			if (strncmp(fmt, "ld", 2) && strncmp(fmt, "lu", 2))
				return false;
			value = va_arg(ap, long long);
			fmt += 2;
			if (fmt[-1] == 'd')
				break;
			strbuf_number(sb, value);
			continue;
		default:
			return false;
		}
		if (value < 0)
			strbuf_add(sb, "-", 1);
		strbuf_number(sb, value < 0 ? -(u64)value : (u64)value);
	}
}

static void add_formatted(struct strbuf *sb, const char *fmt, va_list ap)
{
	size_t before = sb->len;
	va_list again;
	char *text;
	int len;

	va_copy(again, ap);
	if (!add_plain(sb, fmt, ap)) {
		len = vasprintf(&text, fmt, again);
		if (len < 0)
			out_of_memory();
		sb->len = before;
		strbuf_add(sb, text, len);
		free(text);
	}
	va_end(again);
}

/**
 * strbuf_addf - append formatted text
 * @sb: string to grow
 * @fmt: printf format
 */
void strbuf_addf(struct strbuf *sb, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_formatted(sb, fmt, ap);
	va_end(ap);
}

/**
 * xasprintf - a formatted string or the end
 * @fmt: printf format
 *
 * Return: the string, to be freed.
 */
char *xasprintf(const char *fmt, ...)
{
	struct strbuf sb = { 0 };
	va_list ap;

	va_start(ap, fmt);
	add_formatted(&sb, fmt, ap);
	va_end(ap);
	return strbuf_take(&sb);
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
 * put_ratio - a quotient with a fixed number of decimals, as printf would round it
 * @at: room for 26 bytes
 * @a: dividend
 * @b: divisor, under 2^63
 * @decimals: 4 at most
 *
 * Return: behind the last digit.
 */
char *put_ratio(char *at, u64 a, u64 b, unsigned int decimals)
{
	static const u32 powers[] = { 1, 10, 100, 1000, 10000 };
	u64 scaled = a * powers[decimals];
	u64 rest = scaled % b;
	u64 value;

	/* Half-way it depends on what floating point makes of the quotient. */
	if (rest * 2 == b || a > ~0ULL / powers[decimals])
		return at + snprintf(at, 26, "%.*f", decimals, (double)a / b);
	value = scaled / b + (rest * 2 > b);
	at = put_digits(at, value / powers[decimals]);
	if (decimals)
		*at++ = '.';
	while (decimals--)
		*at++ = '0' + value / powers[decimals] % 10;
	return at;
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
	/* 999.6 ns and 9.996 µs would be rounded to a fourth digit. */
	static const struct {
		u64 from;
		u64 tens;
		u64 hundreds;
		u64 scale;
		const char *unit;
	} units[] = {
		{ 999500000, 9995000000, 99950000000, NSEC_PER_SEC, " s" },
		{ 999500, 9995000, 99950000, NSEC_PER_MSEC, " ms" },
		{ 1000, 9995, 99950, NSEC_PER_USEC, " µs" },
		{ 0, 0, 0, 1, " ns" },
	};
	u64 abs = ns < 0 ? -(u64)ns : (u64)ns;
	char text[NS_TEXT + 26];
	char *at = text;
	size_t i = 0;
	size_t len;

	while (abs < units[i].from)
		i++;
	if (ns < 0)
		*at++ = '-';
	at = put_ratio(at, abs, units[i].scale,
		       abs < units[i].tens	 ? 2
		       : abs < units[i].hundreds ? 1
						 : 0);
	len = strlen(units[i].unit);
	memcpy(at, units[i].unit, len);
	len += at - text;
	if (len >= size)
		len = size - 1;
	memcpy(buf, text, len);
	buf[len] = '\0';
	return buf;
}

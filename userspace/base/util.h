/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every file of the reader may use: growing strings, pointer arrays and a map
 * from numbers to pointers.
 */
#ifndef RXPATH_UTIL_H
#define RXPATH_UTIL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/memory.h"
#include "base/types.h"

char *xasprintf(const char *fmt, ...) __printf(1, 2);

struct strbuf {
	char *s;
	size_t len;
	size_t cap;
};

void strbuf_grow(struct strbuf *sb, size_t len);

/**
 * strbuf_add - append bytes
 * @sb: string to grow
 * @s: bytes
 * @len: how many
 */
static inline void strbuf_add(struct strbuf *sb, const char *s, size_t len)
{
	if (sb->len + len + 1 > sb->cap)
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
static inline void strbuf_puts(struct strbuf *sb, const char *s)
{
	strbuf_add(sb, s, strlen(s));
}

void strbuf_number(struct strbuf *sb, u64 value);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...) __printf(2, 3);
char *strbuf_take(struct strbuf *sb);
void strbuf_free(struct strbuf *sb);

struct ptrs {
	void **v;
	size_t n;
	size_t cap;
};

void ptrs_add(struct ptrs *p, void *item);
void ptrs_free(struct ptrs *p);

struct map {
	u64 *keys;
	void **values;
	size_t n;
	size_t cap;
};

void *map_get(const struct map *m, u64 key);
void map_set(struct map *m, u64 key, void *value);
void map_free(struct map *m);

char *put_digits(char *at, u64 value);
char *put_ratio(char *at, u64 a, u64 b, unsigned int decimals);

/* Long enough for any time that format_ns() writes. */
#define NS_TEXT 24

const char *format_ns(char *buf, size_t size, s64 ns);

#endif /* RXPATH_UTIL_H */

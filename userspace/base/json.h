/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writing JSON as it comes, with nothing held but a buffer.
 */
#ifndef RXPATH_JSON_H
#define RXPATH_JSON_H

#include <stdio.h>
#include <string.h>

#include "base/util.h"

/* Room that is always left behind what is written: a number, a comma, some brackets. */
#define JSON_ROOM 64

struct json {
	FILE *out;
	char *buf;
	char *at;
	char *end; /* JSON_ROOM before the buffer's */
	bool comma; /* something stands before what comes next */
};

void json_begin(struct json *j, FILE *out);
void json_end(struct json *j);
void json_flush(struct json *j);
void json_raw(struct json *j, const char *text, size_t len);
void json_bytes(struct json *j, const char *bytes, size_t len);
void json_string(struct json *j, const char *text);
void json_us(struct json *j, s64 ns);

static inline void json_put(struct json *j, char c)
{
	if (j->at >= j->end)
		json_flush(j);
	*j->at++ = c;
}

/**
 * json_part - a piece of JSON from the middle of something
 * @j: writer
 * @text: JSON that begins where the writer is and ends where a value is to come
 * @len: its length
 */
static inline void json_part(struct json *j, const char *text, size_t len)
{
	if (j->end - j->at < (long)len) {
		json_bytes(j, text, len);
	} else {
		memcpy(j->at, text, len);
		j->at += len;
	}
	j->comma = false;
}

static inline void json_separate(struct json *j)
{
	if (j->comma)
		json_put(j, ',');
}

/**
 * json_open - begin an object or an array
 * @j: writer
 * @bracket: { or [
 */
static inline void json_open(struct json *j, char bracket)
{
	json_separate(j);
	json_put(j, bracket);
	j->comma = false;
}

/**
 * json_close - end an object or an array
 * @j: writer
 * @bracket: } or ]
 */
static inline void json_close(struct json *j, char bracket)
{
	json_put(j, bracket);
	j->comma = true;
}

/**
 * json_key - the name of a member, whose value comes next
 * @j: writer
 * @key: name, in which nothing needs escaping
 */
static inline void json_key(struct json *j, const char *key)
{
	size_t len = strlen(key);

	if (j->end - j->at < (long)len)
		json_flush(j);
	if (j->comma)
		*j->at++ = ',';
	*j->at++ = '"';
	memcpy(j->at, key, len);
	j->at += len;
	*j->at++ = '"';
	*j->at++ = ':';
	j->comma = false;
}

/**
 * json_number - a whole number
 * @j: writer
 * @value: number
 */
static inline void json_number(struct json *j, s64 value)
{
	if (j->at >= j->end)
		json_flush(j);
	if (j->comma)
		*j->at++ = ',';
	if (value < 0)
		*j->at++ = '-';
	j->at = put_digits(j->at, value < 0 ? -(u64)value : (u64)value);
	j->comma = true;
}

/**
 * json_line - what comes next begins a line
 * @j: writer
 */
static inline void json_line(struct json *j)
{
	json_separate(j);
	json_put(j, '\n');
	j->comma = false;
}

/**
 * json_bool - true or false
 * @j: writer
 * @value: which
 */
static inline void json_bool(struct json *j, bool value)
{
	json_raw(j, value ? "true" : "false", value ? 4 : 5);
}

/**
 * json_num - a member that is a whole number
 * @j: writer
 * @key: name, in which nothing needs escaping
 * @value: number
 */
static inline void json_num(struct json *j, const char *key, s64 value)
{
	json_key(j, key);
	json_number(j, value);
}

/**
 * json_str - a member that is a string
 * @j: writer
 * @key: name, in which nothing needs escaping
 * @text: text
 */
static inline void json_str(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_string(j, text);
}

/**
 * json_flag - a member that is true or false
 * @j: writer
 * @key: name, in which nothing needs escaping
 * @value: which
 */
static inline void json_flag(struct json *j, const char *key, bool value)
{
	json_key(j, key);
	json_bool(j, value);
}

#endif /* RXPATH_JSON_H */

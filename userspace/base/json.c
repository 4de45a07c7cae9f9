// SPDX-License-Identifier: GPL-2.0
/*
 * A writer of JSON (RFC 8259) for hundreds of megabytes of it: no value is built
 * in memory, no number goes through printf, and a string is copied at once where
 * nothing in it needs escaping. What is nested rightly is up to the caller.
 */
#include <stdlib.h>

#include "base/json.h"

#define BUFFER_SIZE 0x10000

/**
 * json_begin - make a writer
 * @j: writer
 * @out: where to; its errors are its owner's to look at
 */
void json_begin(struct json *j, FILE *out)
{
	j->out = out;
	j->buf = xrealloc(NULL, BUFFER_SIZE, 1);
	j->at = j->buf;
	j->end = j->buf + BUFFER_SIZE - JSON_ROOM;
	j->comma = false;
}

/**
 * json_flush - hand on what is written so far
 * @j: writer
 */
void json_flush(struct json *j)
{
	fwrite(j->buf, 1, j->at - j->buf, j->out);
	j->at = j->buf;
}

/**
 * json_end - hand on the rest, and drop the writer
 * @j: writer, may be one that was never begun
 */
void json_end(struct json *j)
{
	if (!j->buf)
		return;
	json_flush(j);
	free(j->buf);
	memset(j, 0, sizeof(*j));
}

/**
 * json_bytes - bytes as they are
 * @j: writer
 * @bytes: bytes
 * @len: how many
 */
void json_bytes(struct json *j, const char *bytes, size_t len)
{
	if (j->end - j->at < (long)len)
		json_flush(j);
	if (j->end - j->at < (long)len) {
		fwrite(bytes, 1, len, j->out);
		return;
	}
	memcpy(j->at, bytes, len);
	j->at += len;
}

/**
 * json_raw - a value that is JSON already
 * @j: writer
 * @text: JSON
 * @len: its length
 */
void json_raw(struct json *j, const char *text, size_t len)
{
	json_separate(j);
	json_bytes(j, text, len);
	j->comma = true;
}

/**
 * json_us - a time in microseconds, to the nanosecond
 * @j: writer
 * @ns: nanoseconds
 *
 * Always with a point, so that no reader takes some of them for whole numbers.
 */
void json_us(struct json *j, s64 ns)
{
	u64 abs = ns < 0 ? -(u64)ns : (u64)ns;
	u32 rest = abs % NSEC_PER_USEC;

	json_separate(j);
	if (j->at >= j->end)
		json_flush(j);
	if (ns < 0)
		*j->at++ = '-';
	j->at = put_digits(j->at, abs / NSEC_PER_USEC);
	*j->at++ = '.';
	do {
		*j->at++ = '0' + rest / 100;
		rest = rest % 100 * 10;
	} while (rest);
	j->comma = true;
}

/* Length of the character that begins at @s; 0 if it is none of UTF-8. */
static size_t character(const u8 *s)
{
	size_t len = *s < 0x80 ? 1 : *s < 0xc2 ? 0 : *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : 4;
	size_t i;

	if (*s > 0xf4)
		return 0;
	for (i = 1; i < len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	/* Too long for what it says, half of a pair, past the last. */
	if ((*s == 0xe0 && s[1] < 0xa0) || (*s == 0xed && s[1] >= 0xa0) ||
	    (*s == 0xf0 && s[1] < 0x90) || (*s == 0xf4 && s[1] >= 0x90))
		return 0;
	return len;
}

static bool is_plain(u8 c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* The same of eight characters at once: no byte of any term has its highest bit set. */
static bool are_plain(u64 word)
{
	const u64 ones = 0x0101010101010101ULL;
	u64 quote = word ^ ones * '"';
	u64 slash = word ^ ones * '\\';

	return !(((word - ones * 0x20) | word | (quote - ones) | (slash - ones)) & ones * 0x80);
}

static bool is_all_plain(const char *text, size_t len)
{
	u64 word;
	size_t i;

	for (i = 0; i + sizeof(word) <= len; i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		if (!are_plain(word))
			return false;
	}
	for (; i < len; i++)
		if (!is_plain(text[i]))
			return false;
	return true;
}

static void put_escaped(struct json *j, u8 c)
{
	static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
	const char *at;
	char text[8];

	for (at = letters; *at; at += 2)
		if ((u8)*at == c)
			break;
	if (*at)
		snprintf(text, sizeof(text), "\\%c", at[1]);
	else
		snprintf(text, sizeof(text), "\\u%04X", c);
	json_bytes(j, text, strlen(text));
}

static void put_unplain(struct json *j, const char *text)
{
	const u8 *from = (const u8 *)text;
	const u8 *at;
	size_t len;

	for (at = from; *at; at += len) {
		len = character(at);
		if (!len) {
			json_raw(j, "\"?\"", 3);
			return;
		}
	}
	json_separate(j);
	json_put(j, '"');
	for (at = from; *at; from = at) {
		while (*at && (is_plain(*at) || *at >= 0x80))
			at++;
		json_bytes(j, (const char *)from, at - from);
		if (*at)
			put_escaped(j, *at++);
	}
	json_put(j, '"');
	j->comma = true;
}

/**
 * json_string - a string
 * @j: writer
 * @text: text; "?" is written for one that is no UTF-8
 */
void json_string(struct json *j, const char *text)
{
	size_t len = strlen(text);

	if (!is_all_plain(text, len)) {
		put_unplain(j, text);
		return;
	}
	if (j->end - j->at < (long)len)
		json_flush(j);
	if (j->comma)
		*j->at++ = ',';
	*j->at++ = '"';
	json_bytes(j, text, len);
	*j->at++ = '"';
	j->comma = true;
}

// SPDX-License-Identifier: GPL-2.0
/* The writer of JSON: what it writes, byte by byte, and over the ends of its buffer. */
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "events.h"

static char *text;
static size_t size;
static struct json j;

static void begin(void)
{
	json_begin(&j, open_memstream(&text, &size));
}

static void wrote(const char *wanted)
{
	FILE *out = j.out;

	json_end(&j);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, wanted);
	free(text);
}

static void commas_stand_between(void **state)
{
	(void)state;
	begin();
	json_open(&j, '{');
	json_num(&j, "a", 1);
	json_key(&j, "b");
	json_open(&j, '[');
	json_open(&j, '{');
	json_close(&j, '}');
	json_bool(&j, true);
	json_line(&j);
	json_string(&j, "x");
	json_close(&j, ']');
	json_flag(&j, "c", false);
	json_close(&j, '}');
	wrote("{\"a\":1,\"b\":[{},true,\n\"x\"],\"c\":false}");
}

static void numbers(void **state)
{
	static const s64 values[] = { 0, 9, 10, 99, 100, 12345, -1, -100, 0x7fffffffffffffffLL };
	char wanted[256] = "[";
	size_t i;

	(void)state;
	begin();
	json_open(&j, '[');
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		json_number(&j, values[i]);
		sprintf(wanted + strlen(wanted), "%s%lld", i ? "," : "", values[i]);
	}
	json_number(&j, -0x7fffffffffffffffLL - 1);
	json_close(&j, ']');
	strcat(wanted, ",-9223372036854775808]");
	wrote(wanted);
}

static void microseconds(void **state)
{
	(void)state;
	begin();
	json_open(&j, '[');
	json_us(&j, 0);
	json_us(&j, 1);
	json_us(&j, 1000);
	json_us(&j, 1050);
	json_us(&j, 123456789012345678LL);
	json_us(&j, -1500);
	json_close(&j, ']');
	wrote("[0.0,0.001,1.0,1.05,123456789012345.678,-1.5]");
}

/* At each place of a word of eight, and behind the last whole one. */
static void escapes_at_every_place(void **state)
{
	static const struct {
		char c;
		const char *as;
	} escapes[] = {
		{ '"', "\\\"" },   { '\\', "\\\\" }, { '\n', "\\n" }, { '\t', "\\t" },
		{ '\b', "\\b" },   { '\f', "\\f" },  { '\r', "\\r" }, { 1, "\\u0001" },
		{ 31, "\\u001F" }, { ' ', " " },     { '!', "!" },    { '#', "#" },
		{ '[', "[" },	   { ']', "]" },     { '/', "/" },    { 127, "\177" },
	};
	char wanted[64];
	char plain[16];
	size_t at;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(escapes); i++)
		for (at = 0; at < 13; at++) {
			memset(plain, 'a', 13);
			plain[13] = '\0';
			plain[at] = escapes[i].c;
			sprintf(wanted, "\"%.*s%s%s\"", (int)at, plain, escapes[i].as,
				plain + at + 1);
			begin();
			json_string(&j, plain);
			wrote(wanted);
		}
}

static void what_is_no_utf8_is_a_question_mark(void **state)
{
	static const char *const good[] = { "é", "€", "😀", "퟿", "\xf4\x8f\xbf\xbf", "" };
	static const char *const bad[] = {
		"\x80",
		"a\xff",
		"\xc0\x80",
		"\xc3",
		"\xe0\x80\x80",
		"\xed\xa0\x80",
		"\xe2\x82",
		"\xf0\x80\x80\x80",
		"\xf5\x80\x80\x80",
		"\xf4\x90\x80\x80",
		"12345678\xe2",
		"\"\xc3(",
	};
	char wanted[64];
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++) {
		sprintf(wanted, "\"%s\"", good[i]);
		begin();
		json_string(&j, good[i]);
		wrote(wanted);
	}
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		begin();
		json_string(&j, bad[i]);
		wrote("\"?\"");
	}
}

/* However the values lie about the buffer's end, and one that is longer than it. */
static void the_buffer_ends_anywhere(void **state)
{
	size_t long_size = 200000;
	char *wanted = xcalloc(2 * long_size, 1);
	char *big = xcalloc(long_size + 1, 1);
	size_t len;
	size_t i;

	(void)state;
	for (i = 0; i < 200; i++) {
		memset(big, 'b', 65536 - 100 + i);
		big[65536 - 100 + i] = '\0';
		begin();
		json_open(&j, '{');
		json_str(&j, "big", big);
		json_num(&j, "n", -1234567890123456789LL);
		json_str(&j, "s", "tail");
		json_close(&j, '}');
		sprintf(wanted, "{\"big\":\"%s\",\"n\":-1234567890123456789,\"s\":\"tail\"}", big);
		wrote(wanted);
	}
	memset(big, 'c', long_size);
	big[long_size / 2] = '"';
	begin();
	json_string(&j, big);
	len = long_size / 2;
	sprintf(wanted, "\"%.*s\\\"%s\"", (int)len, big, big + len + 1);
	wrote(wanted);
	free(wanted);
	free(big);
}

static void an_error_stays_with_the_file(void **state)
{
	FILE *out = fopen("/dev/full", "w");
	int i;

	(void)state;
	json_begin(&j, out);
	for (i = 0; i < 100000; i++)
		json_number(&j, i);
	json_end(&j);
	assert_true(ferror(out) || fflush(out));
	fclose(out);
	/* One that was never begun. */
	json_end(&j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_stand_between),
		cmocka_unit_test(numbers),
		cmocka_unit_test(microseconds),
		cmocka_unit_test(escapes_at_every_place),
		cmocka_unit_test(what_is_no_utf8_is_a_question_mark),
		cmocka_unit_test(the_buffer_ends_anywhere),
		cmocka_unit_test(an_error_stays_with_the_file),
	};

	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers and formats are written without printf, which is ten times as slow: they
 * must be what printf would have made of them.
 */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/util.h"

static u64 state = 88172645463325252ULL;

/* As many bits as not: small numbers are as likely as large ones. */
static u64 random_number(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state >> (state % 64);
}

static void digits_are(u64 value)
{
	char wanted[32];
	char text[32];

	*put_digits(text, value) = '\0';
	snprintf(wanted, sizeof(wanted), "%llu", value);
	assert_string_equal(text, wanted);
}

static void test_digits(void **unused)
{
	u64 power = 1;
	int i;

	(void)unused;
	for (i = 0; i < 20; i++, power *= 10) {
		digits_are(power - 1);
		digits_are(power);
		digits_are(power + 1);
	}
	digits_are(~0ULL);
	for (i = 0; i < 200000; i++)
		digits_are(random_number());
}

static void test_ratio(void **unused)
{
	char wanted[400];
	char text[32];
	int i;

	(void)unused;
	for (i = 0; i < 200000; i++) {
		/* What a double holds: beyond it printf itself is not exact. */
		u64 a = random_number() >> 12;
		u64 b = (random_number() >> 12) | 1;
		unsigned int decimals = i % 5;

		if (a / b > 1000000000)
			continue;
		*put_ratio(text, a, b, decimals) = '\0';
		snprintf(wanted, sizeof(wanted), "%.*f", decimals, (double)a / b);
		assert_string_equal(text, wanted);
	}
}

/* The same with doubles, digit by digit. */
static void time_is(s64 ns)
{
	static const struct {
		double scale;
		const char *unit;
	} units[] = { { 1e9, "s" }, { 1e6, "ms" }, { 1e3, "µs" } };
	double abs = ns < 0 ? -(double)ns : (double)ns;
	const char *sign = ns < 0 ? "-" : "";
	char wanted[NS_TEXT];
	char text[NS_TEXT];
	size_t i;

	snprintf(wanted, sizeof(wanted), "%s%.0f ns", sign, abs);
	for (i = 0; i < ARRAY_SIZE(units); i++) {
		double v = abs / units[i].scale;
		int decimals = v < 9.995 ? 2 : v < 99.95 ? 1 : 0;

		if (v < 0.9995)
			continue;
		snprintf(wanted, sizeof(wanted), "%s%.*f %s", sign, decimals, v, units[i].unit);
		break;
	}
	assert_string_equal(format_ns(text, sizeof(text), ns), wanted);
}

static void test_times(void **unused)
{
	int i;

	(void)unused;
	for (i = -200000; i < 200000; i++)
		time_is(i);
	for (i = 0; i < 200000; i++)
		time_is(random_number() >> 12);
}

static void same(char *got, const char *other)
{
	assert_string_equal(got, other);
	free(got);
}

static char printed[256];

#define FORMAT_IS(...)                                                                             \
	do {                                                                                       \
		snprintf(printed, sizeof(printed), __VA_ARGS__);                                   \
		same(xasprintf(__VA_ARGS__), printed);                                             \
	} while (0)

static void test_formats(void **unused)
{
	u64 large = ~0ULL;

	(void)unused;
	FORMAT_IS("no argument");
	FORMAT_IS("%s", "");
	FORMAT_IS("%s and %s", "one", "another");
	FORMAT_IS("%u %d %d %d", 4000000000U, 7, -7, INT32_MIN);
	FORMAT_IS("%llu %lld %lld", large, (s64)INT64_MIN, (s64)-1);
	/* Some of it plain, and then not: what was appended is not there twice. */
	FORMAT_IS("%s %u%% %5d|%-5s|%.2f", "plain", 3, 4, "x", 0.125);
	FORMAT_IS("%d %c %08x", -1, 'c', 0xbeef);
	FORMAT_IS("%s %lu %ld", "long", 5UL, -5L);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_ratio),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_formats),
	};

	return cmocka_run_group_tests_name("util", tests, NULL, NULL);
}

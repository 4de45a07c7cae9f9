// SPDX-License-Identifier: GPL-2.0
/* The histogram against the values themselves. */
#include <stdlib.h>

#include "base/hist.h"
#include "events.h"

#define N 5000

static int compare(const void *a, const void *b)
{
	u64 x = *(const u64 *)a;
	u64 y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

static void check_percentiles(struct hist *h, u64 *values, size_t n)
{
	static const double percents[] = { 0, 1, 50, 90, 99, 99.9, 100 };
	size_t i;

	qsort(values, n, sizeof(*values), compare);
	for (i = 0; i < ARRAY_SIZE(percents); i++) {
		double exact = n * percents[i] / 100;
		size_t rank = exact;
		u64 wanted;
		u64 got;

		rank += (double)rank < exact || !rank;
		wanted = values[rank - 1];
		got = hist_percentile(h, percents[i]);
		assert_true(got >= wanted - wanted / HIST_PARTS);
		assert_true(got <= wanted + wanted / HIST_PARTS);
	}
	assert_int_equal(h->min, values[0]);
	assert_int_equal(h->max, values[n - 1]);
}

static void test_percentiles(void **state)
{
	struct hist *h = calloc(1, sizeof(*h));
	u64 *values = calloc(N, sizeof(*values));
	u64 seed = 88172645463325252ULL;
	u64 sum = 0;
	size_t i;

	(void)state;
	/* All magnitudes alike, from a number of fixed seed. */
	for (i = 0; i < N; i++) {
		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		values[i] = seed >> (20 + i % 44);
		sum += values[i];
		hist_add(h, values[i]);
	}
	check_percentiles(h, values, N);
	assert_int_equal(h->n, N);
	assert_true(hist_mean(h) == (double)sum / N);
	free(values);
	free(h);
}

static void test_small_values_are_exact(void **state)
{
	struct hist *h = calloc(1, sizeof(*h));
	u64 i;

	(void)state;
	assert_int_equal(hist_percentile(h, 50), 0);
	for (i = 1; i <= 9; i++)
		hist_add(h, i);
	assert_int_equal(hist_percentile(h, 50), 5);
	assert_int_equal(hist_percentile(h, 99), 9);
	assert_int_equal(hist_count(h, 0, 4), 3);
	assert_int_equal(hist_count(h, 4, 8), 4);
	assert_int_equal(hist_count(h, 8, 16), 2);
	free(h);
}

static void test_the_largest_value(void **state)
{
	struct hist *h = calloc(1, sizeof(*h));

	(void)state;
	hist_add(h, ~0ULL);
	assert_true(hist_percentile(h, 50) == ~0ULL);
	hist_add(h, 0);
	assert_int_equal(hist_percentile(h, 50), 0);
	free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_percentiles),
		cmocka_unit_test(test_small_values_are_exact),
		cmocka_unit_test(test_the_largest_value),
	};

	return cmocka_run_group_tests_name("hist", tests, NULL, NULL);
}

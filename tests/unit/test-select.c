// SPDX-License-Identifier: GPL-2.0
/* Choosing: flows, moments, and what they let through. */
#include <stdlib.h>

#include "events.h"
#include "model/select.h"

static void test_flow_forms(void **state)
{
	struct selection sel = { 0 };

	(void)state;
	assert_int_equal(parse_flow("192.0.2.2:40000-192.0.2.1:7000", &sel), 0);
	assert_int_equal(sel.nr_ends, 2);
	assert_int_equal(sel.ends[0].port, 40000);
	assert_int_equal(sel.ends[1].port, 7000);
	assert_int_equal(sel.ends[1].addr[3], 1);
	assert_int_equal(parse_flow(":7000", &sel), 0);
	assert_int_equal(sel.nr_ends, 1);
	assert_int_equal(sel.ends[0].len, 0);
	assert_int_equal(parse_flow("7000", &sel), 0);
	assert_int_equal(sel.ends[0].port, 7000);
	assert_int_equal(parse_flow("192.0.2.2", &sel), 0);
	assert_int_equal(sel.ends[0].port, 0);
	assert_int_equal(sel.ends[0].len, 4);
	assert_int_equal(parse_flow("[2001:db8::2]:40000-[2001:db8::1]", &sel), 0);
	assert_int_equal(sel.nr_ends, 2);
	assert_int_equal(sel.ends[0].len, 16);
	assert_int_equal(sel.ends[0].addr[15], 2);
	assert_int_equal(sel.ends[0].port, 40000);
	assert_int_equal(sel.ends[1].addr[0], 0x20);
	assert_int_equal(sel.ends[1].port, 0);
	assert_int_equal(parse_flow("2001:db8::1", &sel), 0);
	assert_int_equal(sel.ends[0].len, 16);
	assert_int_equal(sel.ends[0].port, 0);
	assert_int_equal(parse_flow("::1-:7000", &sel), 0);
	assert_int_equal(sel.ends[1].len, 0);
	assert_int_equal(sel.ends[1].port, 7000);
}

static void test_wrong_flows(void **state)
{
	static const char *const wrong[] = {
		"",
		"x",
		"-",
		"7000-",
		"192.0.2",
		"192.0.2.1:0",
		"192.0.2.1:65536",
		"x:70",
		"1:2:3",
		"192.0.2.1:",
		"192.0.2.300:7",
		"[2001:db8::1",
		"[2001:db8::1]7000",
		"[2001:db8::1]:",
		"[2001:db8::x]:7",
		"[192.0.2.1]:7",
		"2001:db8::1:7000:1:2:3:4:5:6",
		"[]",
	};
	struct selection sel;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(parse_flow(wrong[i], &sel), -1);
}

static void test_moments(void **state)
{
	struct moment at = { 0 };

	(void)state;
	assert_int_equal(parse_moment("17.5", &at), 0);
	assert_int_equal(at.ns, 17500000000ULL);
	assert_false(at.relative);
	assert_int_equal(parse_moment("+20ms", &at), 0);
	assert_int_equal(at.ns, 20000000ULL);
	assert_true(at.relative);
	assert_int_equal(parse_moment("3us", &at), 0);
	assert_int_equal(at.ns, 3000);
	assert_int_equal(parse_moment("", &at), -1);
	assert_int_equal(parse_moment("+", &at), -1);
	assert_int_equal(parse_moment("-1", &at), -1);
	assert_int_equal(parse_moment("5x", &at), -1);
	assert_int_equal(parse_moment("1e30", &at), -1);
	assert_int_equal(parse_moment("nan", &at), -1);
}

static void test_packet_of_a_flow(void **state)
{
	struct call ip = { 0 };
	struct packet p = {
		.no = 3,
		.ip = &ip,
		.saddr = { 192, 0, 2, 2 },
		.daddr = { 192, 0, 2, 1 },
		.sport = 40000,
		.dport = 7000,
		.born = 1000,
	};
	struct selection sel = { 0 };

	(void)state;
	assert_true(select_packet(&sel, &p, 0));
	/* Either end may be named first, and either may be left out. */
	assert_int_equal(parse_flow("192.0.2.1:7000-192.0.2.2", &sel), 0);
	assert_true(select_packet(&sel, &p, 0));
	assert_int_equal(parse_flow("192.0.2.2:40000", &sel), 0);
	assert_true(select_packet(&sel, &p, 0));
	/* Both ports are there, but not one at each end. */
	assert_int_equal(parse_flow("192.0.2.2:7000", &sel), 0);
	assert_false(select_packet(&sel, &p, 0));
	assert_int_equal(parse_flow("7000-7000", &sel), 0);
	assert_false(select_packet(&sel, &p, 0));
}

static void test_packet_of_a_flow_of_ipv6(void **state)
{
	struct call ip = { 0 };
	struct packet p = {
		.no = 3,
		.ip6 = &ip,
		.saddr6 = { 0x20, 0x01, 0x0d, 0xb8, [15] = 2 },
		.daddr6 = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 },
		.sport = 40000,
		.dport = 7000,
		.born = 1000,
	};
	struct selection sel = { 0 };

	(void)state;
	assert_int_equal(parse_flow("[2001:db8::1]:7000-2001:db8::2", &sel), 0);
	assert_true(select_packet(&sel, &p, 0));
	assert_int_equal(parse_flow("[2001:db8::2]:7000", &sel), 0);
	assert_false(select_packet(&sel, &p, 0));
	assert_int_equal(parse_flow(":7000", &sel), 0);
	assert_true(select_packet(&sel, &p, 0));
	/* Its first bytes are the same. */
	assert_int_equal(parse_flow("32.1.13.184", &sel), 0);
	assert_false(select_packet(&sel, &p, 0));
}

static void test_packet_of_a_time(void **state)
{
	struct packet p = { .no = 3, .born = 5000 };
	struct selection sel = { 0 };

	(void)state;
	assert_int_equal(parse_moment("+2us", &sel.from), 0);
	assert_true(select_packet(&sel, &p, 3000));
	assert_false(select_packet(&sel, &p, 3001));
	assert_int_equal(parse_moment("4us", &sel.to), 0);
	assert_false(select_packet(&sel, &p, 3000));
	sel.to.ns = 5000;
	assert_true(select_packet(&sel, &p, 3000));
	sel.packet = 2;
	assert_false(select_packet(&sel, &p, 3000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flow_forms),
		cmocka_unit_test(test_wrong_flows),
		cmocka_unit_test(test_moments),
		cmocka_unit_test(test_packet_of_a_flow),
		cmocka_unit_test(test_packet_of_a_time),
		cmocka_unit_test(test_packet_of_a_flow_of_ipv6),
	};

	return cmocka_run_group_tests_name("select", tests, NULL, NULL);
}

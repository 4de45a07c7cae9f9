// SPDX-License-Identifier: GPL-2.0
/* Words, widths, escapes, arguments, and the order of a diagram. */
#include <locale.h>
#include <stdlib.h>

#include "base/width.h"
#include "base/args.h"
#include "cmd/cmd.h"
#include "events.h"
#include "render/render.h"
#include "render/svg-layout.h"
#include "view/diagram.h"
#include "words/text.h"

static void check_ns(s64 ns, const char *wanted)
{
	char text[NS_TEXT];

	assert_string_equal(format_ns(text, sizeof(text), ns), wanted);
}

static void test_times(void **state)
{
	(void)state;
	check_ns(0, "0 ns");
	check_ns(999, "999 ns");
	check_ns(1000, "1.00 µs");
	check_ns(12345, "12.3 µs");
	check_ns(123456, "123 µs");
	check_ns(999600, "1.00 ms");
	check_ns(-4567890, "-4.57 ms");
	check_ns(1500000000, "1.50 s");
}

static void test_width_and_clip(void **state)
{
	(void)state;
	assert_int_equal(utf8_width("abc"), 3);
	assert_int_equal(utf8_width("12 µs → x"), 9);
	assert_int_equal(utf8_width("中断"), 4);
	assert_int_equal(utf8_clip("µs", 1), 2);
	assert_int_equal(utf8_clip("中断", 3), 3);
	assert_int_equal(utf8_clip("abc", 10), 3);
	/* Not UTF-8: each byte is something, none is skipped. */
	assert_int_equal(utf8_width("\xff\xfe"), 2);
	assert_int_equal(utf8_width("\xe4\xb8"), 2);
	assert_int_equal(utf8_width("e\u0301，"), 3);
	assert_int_equal(utf8_pad("中断", 10), 12);
}

static void check_wrap(const char *text, unsigned int columns, const char *wanted, int lines,
		       size_t width)
{
	size_t w;
	char *got;
	int n;

	got = text_wrap(text, columns, &n, &w);
	assert_string_equal(got, wanted);
	assert_int_equal(n, lines);
	assert_int_equal(w, width);
	free(got);
}

static void test_wrap(void **state)
{
	(void)state;
	check_wrap("one two three", 20, "one two three", 1, 13);
	check_wrap("one two three", 8, "one two\nthree", 2, 7);
	check_wrap("one two three", 3, "one\ntwo\nthree", 3, 5);
	check_wrap("one\ntwo three", 20, "one\ntwo three", 2, 9);
	check_wrap("unbreakable", 4, "unbreakable", 1, 11);
	check_wrap("", 4, "", 1, 0);
	/* Between Chinese characters, not before a full stop nor behind a bracket. */
	check_wrap("接收队列的长度", 8, "接收队列\n的长度", 2, 8);
	check_wrap("接收队列。长度", 8, "接收队\n列。长度", 2, 8);
	check_wrap("接收（队列）长", 6, "接收\n（队\n列）长", 3, 6);
	check_wrap("读 tcp_recvmsg 的", 8, "读\ntcp_recvmsg\n的", 3, 11);
	/* The same for ASCII's brackets; where nothing else is left, a line ends all the same. */
	check_wrap("read(200 字节)", 11, "read(200 字\n节)", 2, 11);
	check_wrap("__wake_up(无 key)", 10, "__wake_up(\n无 key)", 2, 10);
	check_wrap("中断：第 12 个。", 8, "中断：第\n12 个。", 2, 8);
}

static void test_escapes(void **state)
{
	struct strbuf sb = { 0 };

	(void)state;
	mermaid_escape(&sb, "skb#1; a<b\nend");
	assert_string_equal(sb.s, "skb#35;1#59; a#60;b<br>end");
	strbuf_free(&sb);
	html_escape(&sb, "a<b> & \"c\"\x01 µ");
	assert_string_equal(sb.s, "a&lt;b&gt; &amp; &quot;c&quot; µ");
	strbuf_free(&sb);
}

static void test_numbers(void **state)
{
	u32 n = 0;

	(void)state;
	assert_int_equal(parse_number("12", &n), 0);
	assert_int_equal(n, 12);
	assert_int_equal(parse_number("skb#7", &n), 0);
	assert_int_equal(n, 7);
	assert_int_equal(parse_number("0", &n), -1);
	assert_int_equal(parse_number("-1", &n), -1);
	assert_int_equal(parse_number("", &n), -1);
	assert_int_equal(parse_number("12x", &n), -1);
	assert_int_equal(parse_number(" 1", &n), -1);
	assert_int_equal(parse_number("4294967296", &n), -1);
}

static void test_flags_and_masks(void **state)
{
	char text[64];

	(void)state;
	assert_string_equal(tcp_flags_text(text, sizeof(text), 0x12), "SYN|ACK");
	assert_string_equal(tcp_flags_text(text, sizeof(text), 0), "no flags");
	assert_string_equal(poll_mask_text(text, sizeof(text), 0x41), "EPOLLIN");
	assert_string_equal(irq_cause_text(text, sizeof(text), 0x80000083), "RXT0|TXQE|TXDW");
	assert_string_equal(tcp_state_text(10), "TCP_LISTEN");
	assert_string_equal(tcp_state_text(200), "?");
	assert_string_equal(errno_text(-11), "EAGAIN");
	/* Too small a buffer is cut, not overrun. */
	assert_string_equal(tcp_flags_text(text, 5, 0x12), "SYN|");
}

static void test_status_line(void **state)
{
	char line[] = "ip_rcv\tip_rcv\tkretprobe\tarmed\t3\t-\t1\t2\n";
	char *fields[8];

	(void)state;
	assert_int_equal(hooks_split(line, fields, 8), 8);
	assert_string_equal(fields[3], "armed");
	assert_string_equal(fields[7], "2");
}

static void test_map(void **state)
{
	struct map m = { 0 };
	u64 i;

	(void)state;
	for (i = 0; i < 5000; i++)
		map_set(&m, i * 64, (void *)(uintptr_t)(i + 1));
	for (i = 0; i < 5000; i++)
		assert_int_equal((uintptr_t)map_get(&m, i * 64), i + 1);
	assert_null(map_get(&m, 63));
	map_free(&m);
}

static void add_bar(struct diagram *d, int lane, s64 begin, s64 end)
{
	int bar = diagram_bar(d, lane, CTX_SOFTIRQ);
	struct item *item = diagram_item(d, ITEM_CALL, begin);

	item->bar = bar;
	item->from = lane;
	item->to = lane;
	item = diagram_item(d, ITEM_RETURN, end);
	item->bar = bar;
	item->from = lane;
	item->to = lane;
}

static void test_diagram_order(void **state)
{
	struct diagram *d = diagram_new();
	int epoll = diagram_lane(d, "fs/eventpoll.c", RXPATH_LAYER_EPOLL, 5);
	int ip = diagram_lane(d, "net/ipv4/ip_input.c", RXPATH_LAYER_IP, 9);

	(void)state;
	assert_int_equal(diagram_lane(d, "fs/eventpoll.c", RXPATH_LAYER_EPOLL, 7), epoll);
	add_bar(d, epoll, 300, 400);
	add_bar(d, ip, 100, 900);
	add_bar(d, ip, 200, 250);
	diagram_finish(d);
	assert_string_equal(d->lanes[0].name, "net/ipv4/ip_input.c");
	assert_string_equal(d->lanes[1].name, "fs/eventpoll.c");
	assert_int_equal(d->items[0].time, 100);
	assert_int_equal(d->items[d->nr_items - 1].time, 900);
	assert_int_equal(d->bars[1].depth, 0);
	assert_int_equal(d->bars[2].depth, 1);
	assert_int_equal(d->bars[0].depth, 0);
	assert_true(d->bars[2].begin > d->bars[1].begin);
	diagram_free(d);
}

static void test_long_gap_is_a_break(void **state)
{
	struct diagram *d = diagram_new();
	int lane = diagram_lane(d, "a.c", RXPATH_LAYER_IP, 0);
	int gaps = 0;
	int i;

	(void)state;
	for (i = 0; i < 10; i++)
		add_bar(d, lane, i * 2000, i * 2000 + 1000);
	add_bar(d, lane, 5000000, 5001000);
	diagram_finish(d);
	for (i = 0; i < d->nr_items; i++) {
		if (d->items[i].type != ITEM_GAP)
			continue;
		gaps++;
		assert_int_equal(d->items[i].duration, 5000000 - 19000);
		assert_int_equal(d->items[i + 1].time, 5000000);
	}
	assert_int_equal(gaps, 1);
	diagram_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_times),	      cmocka_unit_test(test_width_and_clip),
		cmocka_unit_test(test_wrap),	      cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_numbers),	      cmocka_unit_test(test_flags_and_masks),
		cmocka_unit_test(test_status_line),   cmocka_unit_test(test_map),
		cmocka_unit_test(test_diagram_order), cmocka_unit_test(test_long_gap_is_a_break),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/* Packets: lives of an id, joins, wake-ups, reads, verdicts. */
#include <stdlib.h>

#include "events.h"
#include "words/text.h"

static void assert_verdict(const struct packet *p, enum verdict_kind kind, const char *words)
{
	char *text = packet_verdict(p);

	assert_int_equal(p->verdict.kind, kind);
	assert_non_null(strstr(text, words));
	free(text);
}

static struct model *model_new(void)
{
	return calloc(1, sizeof(struct model));
}

static void test_descriptor_begins_a_life(void **state)
{
	struct model *m = model_new();

	(void)state;
	add_desc(&m->calls, SKB, 0, 10);
	add_skb(&m->calls, "netif_receive_skb", SKB, 20, 30);
	add_desc(&m->calls, SKB, 1, 40);
	add_skb(&m->calls, "netif_receive_skb", SKB, 50, 60);
	model_build(m);
	assert_int_equal(m->packets.n, 2);
	assert_int_equal(model_packet(m, 1)->calls.n, 2);
	assert_int_equal(model_packet(m, 2)->born, 40);
	model_free(m);
}

static void test_reentry_begins_a_life_without_descriptor(void **state)
{
	struct model *m = model_new();

	(void)state;
	add_skb(&m->calls, "napi_gro_receive", SKB, 10, 20);
	add_skb(&m->calls, "__netif_receive_skb_core", SKB, 30, 40);
	add_skb(&m->calls, "napi_gro_receive", SKB, 50, 60);
	model_build(m);
	assert_int_equal(m->packets.n, 2);
	assert_int_equal(model_packet(m, 1)->calls.n, 2);
	model_free(m);
}

static void test_reentry_inside_is_the_same_life(void **state)
{
	struct model *m = model_new();

	(void)state;
	/* A VLAN or a bridge sends the skb through the core again. */
	add_skb(&m->calls, "__netif_receive_skb_core", SKB, 30, 40);
	add_skb(&m->calls, "__netif_receive_skb_core", SKB, 20, 50);
	add_skb(&m->calls, "netif_receive_skb", SKB, 10, 60);
	model_build(m);
	assert_int_equal(m->packets.n, 1);
	assert_int_equal(model_packet(m, 1)->calls.n, 3);
	model_free(m);
}

static void test_free_ends_a_life(void **state)
{
	struct model *m = model_new();

	(void)state;
	/* Sent, not received: it begins no life. */
	add_skb(&m->calls, "kfree_skbmem", SKB, 2, 4);
	add_skb(&m->calls, "napi_gro_receive", SKB, 10, 20);
	add_skb(&m->calls, "kfree_skbmem", SKB, 30, 40);
	/* Further up than the first has come, and yet another. */
	add_skb(&m->calls, "__netif_receive_skb_core", SKB, 50, 60);
	model_build(m);
	assert_int_equal(m->packets.n, 2);
	assert_int_equal(model_packet(m, 1)->calls.n, 2);
	assert_int_equal(model_packet(m, 2)->born, 50);
	model_free(m);
}

static void test_drop_is_the_end(void **state)
{
	struct model *m = model_new();
	struct event ev;

	(void)state;
	add_skb(&m->calls, "napi_gro_receive", SKB, 10, 20);
	ev = hook_event("kfree_skb_reason", CTX_SOFTIRQ, 30, 40);
	ev.a.drop.skb = SKB;
	ev.a.drop.users = 1;
	snprintf(ev.a.drop.reason, sizeof(ev.a.drop.reason), "NO_SOCKET");
	calls_add(&m->calls, &ev);
	model_build(m);
	assert_true(model_packet(m, 1)->verdict.complete);
	assert_verdict(model_packet(m, 1), VERDICT_DROPPED, "dropped: NO_SOCKET");
	model_free(m);
}

static void test_backlog_join(void **state)
{
	struct model *m = model_new();
	struct event ev;

	(void)state;
	add_desc(&m->calls, SKB, 0, 10);
	add_desc(&m->calls, SKB + 1, 1, 20);
	ev = hook_event("tcp_add_backlog", CTX_SOFTIRQ, 30, 40);
	ev.a.backlog.sk = SK;
	ev.a.backlog.skb = SKB + 1;
	ev.a.backlog.into = SKB;
	calls_add(&m->calls, &ev);
	model_build(m);
	assert_int_equal(model_packet(m, 2)->join, JOIN_QUEUE);
	assert_ptr_equal(model_packet(m, 2)->into, model_packet(m, 1));
	model_free(m);
}

static void test_datagram_is_read_by_who_took_it(void **state)
{
	struct model *m = model_new();
	struct event ev;

	(void)state;
	add_desc(&m->calls, SKB, 0, 10);
	ev = hook_event("__udp_enqueue_schedule_skb", CTX_SOFTIRQ, 20, 30);
	ev.a.datagram.skb = SKB;
	ev.a.datagram.sk = SK;
	calls_add(&m->calls, &ev);
	ev = hook_event("udp_rcv", CTX_SOFTIRQ, 15, 35);
	ev.a.udp.skb = SKB;
	ev.a.udp.len = 333;
	calls_add(&m->calls, &ev);
	ev = hook_event("__skb_recv_udp", CTX_TASK, 60, 70);
	ev.a.take.skb = SKB;
	calls_add(&m->calls, &ev);
	ev = hook_event("udp_recvmsg", CTX_TASK, 50, 80);
	ev.a.recv.sk = SK;
	ev.ret = 333;
	calls_add(&m->calls, &ev);
	model_build(m);
	assert_non_null(model_packet(m, 1)->links.read);
	assert_int_equal(model_packet(m, 1)->links.read->ev.ret, 333);
	assert_verdict(model_packet(m, 1), VERDICT_READ, "333 bytes read by");
	model_free(m);
}

static void test_gro_join(void **state)
{
	struct model *m = model_new();
	struct event ev;

	(void)state;
	add_desc(&m->calls, SKB, 0, 10);
	add_skb(&m->calls, "napi_gro_receive", SKB, 12, 20);
	add_desc(&m->calls, SKB + 1, 1, 30);
	ev = hook_event("skb_gro_receive", CTX_SOFTIRQ, 34, 36);
	ev.a.merge.into = SKB;
	ev.a.merge.skb = SKB + 1;
	calls_add(&m->calls, &ev);
	add_skb(&m->calls, "napi_gro_receive", SKB + 1, 32, 40);
	model_build(m);
	assert_int_equal(m->packets.n, 2);
	assert_int_equal(model_packet(m, 2)->join, JOIN_GRO);
	assert_ptr_equal(model_packet(m, 2)->into, model_packet(m, 1));
	assert_verdict(model_packet(m, 2), VERDICT_JOINED, "joined skb#1 in GRO");
	model_free(m);
}

static void test_not_coalesced_is_no_join(void **state)
{
	struct model *m = model_new();
	struct event ev;

	(void)state;
	add_desc(&m->calls, SKB, 0, 10);
	add_desc(&m->calls, SKB + 1, 1, 30);
	ev = hook_event("tcp_try_coalesce", CTX_SOFTIRQ, 34, 36);
	ev.a.coalesce.into = SKB;
	ev.a.coalesce.skb = SKB + 1;
	ev.ret = 0;
	calls_add(&m->calls, &ev);
	model_build(m);
	assert_int_equal(model_packet(m, 2)->join, JOIN_NONE);
	model_free(m);
}

static void test_read_takes_the_bytes(void **state)
{
	struct model *m = model_new();
	struct packet *p;
	struct wake *wake;
	struct event ev;

	(void)state;
	add_segment(&m->calls, SKB, 1000, 100, 5000);
	ev = event_at(KIND_SWITCH_IN, PHASE_LEAF, CTX_TASK, 5300, 5300);
	ev.a.swtch.next_pid = PID;
	snprintf(ev.a.swtch.next_comm, sizeof(ev.a.swtch.next_comm), "server");
	calls_add(&m->calls, &ev);
	add_read(&m->calls, 1000, 1100, 4000, 5900);
	model_build(m);
	p = model_packet(m, 1);
	assert_non_null(p->ready);
	assert_int_equal(p->links.wakes.n, 1);
	wake = p->links.wakes.v[0];
	assert_int_equal(wake->waking->ev.a.waking.pid, PID);
	assert_int_equal(wake->run->ev.start, 5300);
	assert_string_equal(call_name(wake->blocked), "tcp_recvmsg");
	assert_string_equal(call_name(wake->callback), "woken_wake_function");
	assert_non_null(p->links.read);
	assert_true(p->verdict.complete);
	assert_verdict(p, VERDICT_READ, "100 bytes read by server/77");
	assert_int_equal(p->verdict.bytes, 100);
	assert_int_equal(p->verdict.pid, 77);
	model_free(m);
}

static void test_unread_bytes_are_incomplete(void **state)
{
	struct model *m = model_new();
	struct packet *p;

	(void)state;
	add_segment(&m->calls, SKB, 1000, 100, 5000);
	/* Of the bytes before: not this packet's read. */
	add_read(&m->calls, 900, 1000, 4000, 5900);
	model_build(m);
	p = model_packet(m, 1);
	assert_null(p->links.read);
	assert_false(p->verdict.complete);
	assert_verdict(p, VERDICT_UNREAD, "not read before the trace ended");
	model_free(m);
}

static void test_loss_on_the_way_is_told(void **state)
{
	struct model *m = model_new();
	struct event ev;

	(void)state;
	add_segment(&m->calls, SKB, 1000, 100, 5000);
	ev = event_at(KIND_LOST, PHASE_LEAF, CTX_TASK, 5200, 5200);
	ev.a.lost.count = 9;
	calls_add(&m->calls, &ev);
	add_read(&m->calls, 1000, 1100, 5500, 5900);
	model_build(m);
	assert_false(model_packet(m, 1)->verdict.complete);
	assert_verdict(model_packet(m, 1), VERDICT_LOST, "9 events lost on CPU 1");
	assert_int_equal(model_packet(m, 1)->verdict.events, 9);
	assert_int_equal(m->calls.lost, 9);
	model_free(m);
}

static void test_epoll_wait_before_the_read(void **state)
{
	struct model *m = model_new();
	struct event ev;

	(void)state;
	add_segment(&m->calls, SKB, 1000, 100, 5000);
	ev = hook_event("do_epoll_wait", CTX_TASK, 4000, 5400);
	ev.ret = 1;
	calls_add(&m->calls, &ev);
	add_read(&m->calls, 1000, 1100, 5500, 5900);
	model_build(m);
	assert_non_null(model_packet(m, 1)->links.wait);
	assert_int_equal(model_packet(m, 1)->links.wait->ev.end, 5400);
	model_free(m);
}

/*
 * On another CPU an epoll_wait that looks at the socket, as it stands on the ready
 * list still or a moment ago was added, finds bytes whose sk_data_ready is to come.
 */
static void test_epoll_wait_over_before_the_wakeup(void **state)
{
	struct model *m = model_new();
	struct event ev;

	(void)state;
	ev = hook_event("do_epoll_wait", CTX_TASK, 4000, 5049);
	ev.ret = 1;
	calls_add(&m->calls, &ev);
	add_segment(&m->calls, SKB, 1000, 100, 5000);
	add_read(&m->calls, 1000, 1100, 5500, 5900);
	add_segment(&m->calls, SKB, 1100, 100, 6000);
	ev = hook_event("do_epoll_wait", CTX_TASK, 6040, 6065);
	ev.ret = 1;
	calls_add(&m->calls, &ev);
	add_read(&m->calls, 1100, 1200, 6500, 6900);
	model_build(m);
	/* It told of something else: nothing of this packet was queued. */
	assert_null(model_packet(m, 1)->links.wait);
	assert_non_null(model_packet(m, 2)->links.wait);
	assert_int_equal(model_packet(m, 2)->links.wait->ev.end, 6065);
	model_free(m);
}

static void test_seq_ranges(void **state)
{
	(void)state;
	assert_true(seq_ranges_meet(100, 200, 100, 200));
	assert_true(seq_ranges_meet(100, 200, 199, 300));
	assert_false(seq_ranges_meet(100, 200, 200, 300));
	assert_false(seq_ranges_meet(200, 300, 100, 200));
	assert_true(seq_ranges_meet(100, 200, 0, 1000));
	/* Nothing read, nothing met. */
	assert_false(seq_ranges_meet(100, 200, 150, 150));
	/* Across the wrap. */
	assert_true(seq_ranges_meet(0xffffff00, 0x100, 0x80, 0x200));
	assert_true(seq_ranges_meet(0xffffff00, 0x100, 0xfffffe00, 0xffffff01));
	assert_false(seq_ranges_meet(0xffffff00, 0x100, 0x100, 0x200));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_descriptor_begins_a_life),
		cmocka_unit_test(test_reentry_begins_a_life_without_descriptor),
		cmocka_unit_test(test_reentry_inside_is_the_same_life),
		cmocka_unit_test(test_free_ends_a_life),
		cmocka_unit_test(test_drop_is_the_end),
		cmocka_unit_test(test_backlog_join),
		cmocka_unit_test(test_datagram_is_read_by_who_took_it),
		cmocka_unit_test(test_gro_join),
		cmocka_unit_test(test_not_coalesced_is_no_join),
		cmocka_unit_test(test_read_takes_the_bytes),
		cmocka_unit_test(test_unread_bytes_are_incomplete),
		cmocka_unit_test(test_loss_on_the_way_is_told),
		cmocka_unit_test(test_epoll_wait_before_the_read),
		cmocka_unit_test(test_epoll_wait_over_before_the_wakeup),
		cmocka_unit_test(test_seq_ranges),
	};

	return cmocka_run_group_tests_name("packets", tests, NULL, NULL);
}

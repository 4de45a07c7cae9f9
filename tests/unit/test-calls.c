// SPDX-License-Identifier: GPL-2.0
/* The call trees: nesting, contexts, calls without an end or a beginning. */
#include <stdlib.h>

#include "events.h"

static void test_children_before_parents(void **state)
{
	struct calls calls = { 0 };
	struct call *root;

	(void)state;
	add_hook(&calls, "ip_rcv_core", CTX_SOFTIRQ, 20, 30);
	add_hook(&calls, "ip_local_deliver", CTX_SOFTIRQ, 40, 50);
	add_hook(&calls, "ip_rcv", CTX_SOFTIRQ, 10, 60);
	add_hook(&calls, "ip_rcv", CTX_SOFTIRQ, 70, 80);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 2);
	root = root_at(&calls, 0);
	assert_string_equal(call_name(root), "ip_rcv");
	assert_string_equal(call_name(root->child), "ip_rcv_core");
	assert_string_equal(call_name(root->child->next), "ip_local_deliver");
	assert_null(root->child->next->next);
	assert_ptr_equal(root->child->parent, root);
	assert_null(root_at(&calls, 1)->child);
	calls_free(&calls);
}

/* Told in the event of the call around it: after what ran behind it. */
static void test_a_call_told_late(void **state)
{
	struct calls calls = { 0 };
	struct call *dev;

	(void)state;
	add_hook(&calls, "ip_rcv_core", CTX_SOFTIRQ, 60, 70);
	add_hook(&calls, "ip_list_rcv", CTX_SOFTIRQ, 50, 80);
	add_hook(&calls, "skb_gro_receive", CTX_SOFTIRQ, 20, 40);
	add_hook(&calls, "dev_gro_receive", CTX_SOFTIRQ, 10, 90);
	add_hook(&calls, "napi_gro_receive", CTX_SOFTIRQ, 5, 95);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 1);
	dev = root_at(&calls, 0)->child;
	assert_string_equal(call_name(dev), "dev_gro_receive");
	assert_string_equal(call_name(dev->child), "skb_gro_receive");
	assert_null(dev->child->child);
	assert_string_equal(call_name(dev->child->next), "ip_list_rcv");
	assert_string_equal(call_name(dev->child->next->child), "ip_rcv_core");
	assert_null(dev->child->next->next);
	calls_free(&calls);
}

static void test_contexts_do_not_mix(void **state)
{
	struct calls calls = { 0 };

	(void)state;
	/* An interrupt in the middle of a softirq in the middle of a task. */
	add_hook(&calls, "rxe_intr", CTX_HARDIRQ, 30, 40);
	add_hook(&calls, "net_rx_action", CTX_SOFTIRQ, 20, 50);
	add_hook(&calls, "tcp_recvmsg", CTX_TASK, 10, 60);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 3);
	assert_null(root_at(&calls, 0)->child);
	assert_null(root_at(&calls, 1)->child);
	calls_free(&calls);
}

static void test_tasks_do_not_mix(void **state)
{
	struct calls calls = { 0 };
	struct event ev;

	(void)state;
	ev = hook_event("tcp_recvmsg", CTX_TASK, 20, 30);
	ev.pid = 5;
	calls_add(&calls, &ev);
	ev = hook_event("tcp_recvmsg", CTX_TASK, 10, 40);
	ev.pid = 6;
	calls_add(&calls, &ev);
	/* A task that moved to another CPU is still the same. */
	ev = hook_event("sk_wait_data", CTX_TASK, 50, 60);
	ev.pid = 5;
	ev.cpu = 0;
	calls_add(&calls, &ev);
	ev = hook_event("tcp_recvmsg", CTX_TASK, 45, 70);
	ev.pid = 5;
	calls_add(&calls, &ev);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 3);
	assert_non_null(root_at(&calls, 2)->child);
	calls_free(&calls);
}

static void test_idle_tasks_differ_by_cpu(void **state)
{
	struct calls calls = { 0 };
	struct event ev;

	(void)state;
	ev = hook_event("ip_rcv", CTX_TASK, 20, 30);
	ev.pid = 0;
	ev.cpu = 0;
	calls_add(&calls, &ev);
	ev = hook_event("netif_receive_skb", CTX_TASK, 10, 40);
	ev.pid = 0;
	ev.cpu = 1;
	calls_add(&calls, &ev);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 2);
	calls_free(&calls);
}

static void test_begin_and_end_make_a_call(void **state)
{
	struct calls calls = { 0 };
	struct call *root;

	(void)state;
	add_edge(&calls, KIND_SOFTIRQ, PHASE_BEGIN, CTX_SOFTIRQ, 10);
	add_hook(&calls, "net_rx_action", CTX_SOFTIRQ, 20, 30);
	add_edge(&calls, KIND_SOFTIRQ, PHASE_END, CTX_SOFTIRQ, 40);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 1);
	root = root_at(&calls, 0);
	assert_int_equal(root->ev.kind, KIND_SOFTIRQ);
	assert_int_equal(call_duration(root), 30);
	assert_int_equal(root->flags, 0);
	assert_string_equal(call_name(root->child), "net_rx_action");
	calls_free(&calls);
}

static void test_end_of_trace_leaves_a_call_open(void **state)
{
	struct calls calls = { 0 };
	struct call *root;

	(void)state;
	add_edge(&calls, KIND_SOFTIRQ, PHASE_BEGIN, CTX_SOFTIRQ, 10);
	add_hook(&calls, "net_rx_action", CTX_SOFTIRQ, 20, 30);
	calls_finish(&calls);
	root = root_at(&calls, 0);
	assert_int_equal(root->flags, CALL_OPEN);
	assert_int_equal(root->ev.end, 30);
	assert_non_null(root->child);
	calls_free(&calls);
}

static void test_lost_end_closes_at_the_next_begin(void **state)
{
	struct calls calls = { 0 };

	(void)state;
	add_edge(&calls, KIND_SOFTIRQ, PHASE_BEGIN, CTX_SOFTIRQ, 10);
	add_edge(&calls, KIND_SOFTIRQ, PHASE_BEGIN, CTX_SOFTIRQ, 50);
	add_edge(&calls, KIND_SOFTIRQ, PHASE_END, CTX_SOFTIRQ, 60);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 2);
	assert_int_equal(root_at(&calls, 0)->flags, CALL_OPEN);
	assert_int_equal(root_at(&calls, 0)->ev.end, 50);
	assert_int_equal(root_at(&calls, 1)->flags, 0);
	calls_free(&calls);
}

static void test_end_without_begin_is_headless(void **state)
{
	struct calls calls = { 0 };
	struct call *root;

	(void)state;
	add_hook(&calls, "net_rx_action", CTX_SOFTIRQ, 20, 30);
	add_edge(&calls, KIND_SOFTIRQ, PHASE_END, CTX_SOFTIRQ, 40);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 1);
	root = root_at(&calls, 0);
	assert_int_equal(root->flags, CALL_HEADLESS);
	assert_int_equal(root->ev.start, 20);
	assert_non_null(root->child);
	calls_free(&calls);
}

static void test_headless_leaves_the_call_before_alone(void **state)
{
	struct calls calls = { 0 };

	(void)state;
	add_edge(&calls, KIND_SOFTIRQ, PHASE_BEGIN, CTX_SOFTIRQ, 10);
	add_edge(&calls, KIND_SOFTIRQ, PHASE_END, CTX_SOFTIRQ, 20);
	/* The beginning of this one was lost. */
	add_hook(&calls, "net_rx_action", CTX_SOFTIRQ, 30, 40);
	add_edge(&calls, KIND_SOFTIRQ, PHASE_END, CTX_SOFTIRQ, 50);
	calls_finish(&calls);
	assert_int_equal(calls.roots.n, 2);
	assert_int_equal(root_at(&calls, 0)->flags, 0);
	assert_int_equal(root_at(&calls, 1)->flags, CALL_HEADLESS);
	assert_int_equal(root_at(&calls, 1)->ev.start, 20);
	assert_non_null(root_at(&calls, 1)->child);
	calls_free(&calls);
}

/* Whatever tree is made, building it from its returns gives it back. */
static u64 random_tree(struct calls *calls, u64 now, int depth, int *made)
{
	u64 start = now++;
	int n = depth ? rand() % 4 : 0;

	while (n--)
		now = random_tree(calls, now + rand() % 3, depth - 1, made);
	add_hook(calls, "ip_rcv", CTX_SOFTIRQ, start, ++now);
	++*made;
	return now + 1;
}

static void check_nesting(const struct call *call, int *seen)
{
	const struct call *child;
	u64 after = call->ev.start;

	++*seen;
	for (child = call->child; child; child = child->next) {
		assert_ptr_equal(child->parent, call);
		assert_true(child->ev.start >= after);
		assert_true(child->ev.end <= call->ev.end);
		after = child->ev.end;
		check_nesting(child, seen);
	}
}

static void test_random_trees(void **state)
{
	int round;

	(void)state;
	srand(1);
	for (round = 0; round < 200; round++) {
		struct calls calls = { 0 };
		int made = 0;
		int seen = 0;

		random_tree(&calls, 100, 6, &made);
		calls_finish(&calls);
		assert_int_equal(calls.roots.n, 1);
		check_nesting(root_at(&calls, 0), &seen);
		assert_int_equal(seen, made);
		calls_free(&calls);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_children_before_parents),
		cmocka_unit_test(test_a_call_told_late),
		cmocka_unit_test(test_contexts_do_not_mix),
		cmocka_unit_test(test_tasks_do_not_mix),
		cmocka_unit_test(test_idle_tasks_differ_by_cpu),
		cmocka_unit_test(test_begin_and_end_make_a_call),
		cmocka_unit_test(test_end_of_trace_leaves_a_call_open),
		cmocka_unit_test(test_lost_end_closes_at_the_next_begin),
		cmocka_unit_test(test_end_without_begin_is_headless),
		cmocka_unit_test(test_headless_leaves_the_call_before_alone),
		cmocka_unit_test(test_random_trees),
	};

	return cmocka_run_group_tests_name("calls", tests, NULL, NULL);
}

// SPDX-License-Identifier: GPL-2.0
/* A trace read in batches of any size is the trace read in one piece. */
#include <stdlib.h>

#include "events.h"
#include "model/stages.h"
#include "model/stream.h"
#include "trace/input.h"

#define TRACES "../reader/traces/"

struct seen {
	struct strbuf packets;
	u64 roots;
	u32 last;
};

static void add_packet(struct strbuf *sb, const struct packet *p)
{
	struct stages stages;
	size_t hops = 0;
	size_t n;
	int i;

	/* The rest of its bytes may be copied by a later read, after it was judged. */
	for (n = 0; n < p->calls.n; n++) {
		const struct call *call = p->calls.v[n];

		hops += kind_get(call->ev.kind)->class != EV_copy;
	}
	/* Task names change while a trace runs: a verdict has the one of its time. */
	strbuf_addf(sb, "%u %d %d %zu %zu", p->no, p->verdict.complete, p->join, hops,
		    p->links.wakes.n);
	stages_find(p, &stages);
	for (i = 0; i < AT_NR; i++)
		strbuf_addf(sb, " %llu", stages.at[i]);
	strbuf_addf(sb, " %u %u\n", p->links.read ? p->links.read->ev.no : 0,
		    p->links.wait ? p->links.wait->ev.no : 0);
}

static void on_root(void *priv, const struct model *m, const struct call *root)
{
	struct seen *seen = priv;

	(void)m;
	assert_null(root->parent);
	seen->roots++;
}

static void on_packet(void *priv, const struct model *m, const struct packet *p)
{
	struct seen *seen = priv;

	(void)m;
	assert_int_equal(p->no, seen->last + 1);
	assert_int_not_equal(p->verdict.kind, VERDICT_NONE);
	seen->last = p->no;
	add_packet(&seen->packets, p);
}

static void on_end(void *priv, const struct model *m)
{
	(void)priv;
	(void)m;
}

static void check_file(const char *path)
{
	static const unsigned int batches[] = { 1, 7, 100, 1000, 5000, 0 };
	struct model *m = model_load(path);
	struct strbuf whole = { 0 };
	size_t i;

	assert_non_null(m);
	for (i = 0; i < m->packets.n; i++)
		add_packet(&whole, m->packets.v[i]);
	for (i = 0; i < ARRAY_SIZE(batches); i++) {
		const struct stream_ops ops = {
			.batch = batches[i],
			.root = on_root,
			.packet = on_packet,
			.end = on_end,
		};
		struct seen seen = { 0 };

		assert_int_equal(stream_trace(input_open(path), &ops, &seen), 0);
		assert_string_equal(seen.packets.s, whole.s);
		assert_int_equal(seen.roots, m->calls.roots.n);
		strbuf_free(&seen.packets);
	}
	strbuf_free(&whole);
	model_free(m);
}

static void test_one_frame_at_a_time(void **state)
{
	(void)state;
	check_file(TRACES "gro-off.dat");
}

static void test_lists(void **state)
{
	(void)state;
	check_file(TRACES "gro-on.dat");
}

static void test_merged_frames(void **state)
{
	(void)state;
	check_file(TRACES "merge.dat");
}

static void test_another_driver(void **state)
{
	(void)state;
	check_file(TRACES "intree.dat");
}

static void on_given_up(void *priv, const struct model *m, const struct packet *p)
{
	struct seen *seen = priv;

	(void)m;
	/* Each once and in order, in whatever state it was. */
	assert_int_equal(p->no, seen->last + 1);
	seen->last = p->no;
	seen->roots += p->verdict.kind == VERDICT_GIVEN_UP;
}

static void test_unread_packets_are_given_up(void **state)
{
	const struct stream_ops ops = {
		.batch = 20,
		.keep = 100,
		.packet = on_given_up,
		.end = on_end,
	};
	const char *path = TRACES "merge.dat";
	struct model *m = model_load(path);
	struct seen seen = { 0 };

	(void)state;
	assert_non_null(m);
	assert_int_equal(stream_trace(input_open(path), &ops, &seen), 0);
	assert_int_equal(seen.last, m->packets.n);
	assert_true(seen.roots);
	model_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_frame_at_a_time),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_merged_frames),
		cmocka_unit_test(test_another_driver),
		cmocka_unit_test(test_unread_packets_are_given_up),
	};

	return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}

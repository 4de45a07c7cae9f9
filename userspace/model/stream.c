// SPDX-License-Identifier: GPL-2.0
/*
 * One pass over a trace of any length, in bounded memory.
 *
 * Every so many events the trees to which nothing can be added any more are
 * settled: taken from their contexts, given their packets in order of entry, and
 * shown to the consumer. Then the oldest packets are judged, as long as
 * nothing more can happen to them. What is older than every packet that is
 * still on its way is dropped. A packet whose bytes nobody reads would hold all
 * that follows: after KEEP_CALLS calls it is given up, which its verdict says.
 *
 * Results are those of model_load(), which the tests hold it to.
 */
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "model/stream.h"
#include "trace/input.h"

#define BATCH_EVENTS 16384
/* A call is some 150 bytes: 150 MB. */
#define KEEP_CALLS 1000000
/* A packet that has come to no end yet may go on: GRO holds it, or the backlog. */
#define PATIENCE_NS NSEC_PER_SEC
#define MERGE_MIN   16
#define PREFETCH    8

/* A call and when it was entered: sorting looks at no call but for a tie. */
struct entry {
	u64 start;
	struct call *call;
};

struct stream {
	struct model *m;
	const struct stream_ops *ops;
	void *priv;
	struct ptrs settled; /* roots of this batch */
	struct entry *order; /* their calls, in order of entry */
	struct entry *scratch;
	size_t nr_order;
	size_t room;
	size_t first; /* of the packets not judged yet, in m->packets */
	size_t kept; /* calls */
	u32 mark;
};

static void flatten(struct stream *st, struct call *call)
{
	struct call *child;

	if (st->nr_order == st->room) {
		st->room = st->room ? st->room * 2 : BATCH_EVENTS;
		st->order = xrealloc(st->order, st->room, sizeof(*st->order));
	}
	st->order[st->nr_order].start = call->ev.start;
	st->order[st->nr_order++].call = call;
	for (child = call->child; child; child = child->next)
		flatten(st, child);
}

static bool is_in_order(const struct entry *a, const struct entry *b)
{
	if (a->start != b->start)
		return a->start < b->start;
	return calls_compare(a->call, b->call) <= 0;
}

/* Of a few, most of them in order. */
static void insert(struct entry *order, size_t low, size_t high)
{
	size_t i;

	for (i = low + 1; i < high; i++) {
		struct entry entry = order[i];
		size_t at = i;

		for (; at > low && !is_in_order(&order[at - 1], &entry); at--)
			order[at] = order[at - 1];
		order[at] = entry;
	}
}

/* The trees of a context come in order: only contexts have to be merged. */
static void merge(struct stream *st, size_t low, size_t high)
{
	size_t mid = low + (high - low) / 2;
	size_t a = low;
	size_t b = mid;
	size_t at = low;

	if (high - low <= MERGE_MIN) {
		insert(st->order, low, high);
		return;
	}
	merge(st, low, mid);
	merge(st, mid, high);
	if (is_in_order(&st->order[mid - 1], &st->order[mid]))
		return;
	memcpy(st->scratch + low, st->order + low, (mid - low) * sizeof(*st->order));
	while (a < mid && b < high)
		st->order[at++] = is_in_order(&st->scratch[a], &st->order[b]) ? st->scratch[a++]
									      : st->order[b++];
	while (a < mid)
		st->order[at++] = st->scratch[a++];
}

/*
 * In order of entry the calls lie anywhere in a memory larger than the cache: have the
 * next ones fetched while this one is worked on.
 */
static struct call *call_at(const struct stream *st, size_t i)
{
	if (i + PREFETCH < st->nr_order)
		__builtin_prefetch(st->order[i + PREFETCH].call);
	return st->order[i].call;
}

static void place_settled(struct stream *st, bool final)
{
	struct model *m = st->m;
	size_t i;

	st->settled.n = 0;
	calls_settle(&m->calls, final, &st->settled);
	st->nr_order = 0;
	for (i = 0; i < st->settled.n; i++)
		flatten(st, st->settled.v[i]);
	if (st->nr_order)
		st->scratch = xrealloc(st->scratch, st->room, sizeof(*st->scratch));
	merge(st, 0, st->nr_order);
	for (i = 0; i < st->nr_order; i++)
		model_learn(m, call_at(st, i));
	for (i = 0; i < st->nr_order; i++) {
		struct call *call = call_at(st, i);

		packets_place(m, call);
		if (call->parent)
			continue;
		ptrs_add(&m->calls.roots, call);
	}
	for (i = 0; st->ops->root && i < st->nr_order; i++)
		if (!st->order[i].call->parent)
			st->ops->root(st->priv, m, st->order[i].call);
	st->kept += st->nr_order;
}

/* Can anything still be added to a packet's story? */
static bool is_over(const struct stream *st, const struct packet *p)
{
	bool young = st->m->calls.now - p->born < PATIENCE_NS;
	size_t i;

	if (p->join == JOIN_GRO)
		return p->into->judged;
	if (!p->payload || !p->segment)
		return !young;
	if (!p->links.read)
		return false;
	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		if (wake->waking && !(wake->run && wake->blocked))
			return !young;
	}
	return true;
}

static void judge_packets(struct stream *st, bool final)
{
	size_t keep = st->ops->keep ? st->ops->keep : KEEP_CALLS;
	struct model *m = st->m;

	for (; st->first < m->packets.n; st->first++) {
		struct packet *p = m->packets.v[st->first];

		links_find(m, p);
		p->given_up = !final && st->kept > keep;
		if (!final && !p->given_up && !is_over(st, p))
			break;
		/* What it is read by lies still ahead. */
		verdict_find(m, p);
		p->judged = true;
		st->ops->packet(st->priv, m, p);
		if (p->into) {
			p->into->members--;
			packet_release(m, p->into);
		}
		packet_release(m, p);
	}
}

static u64 oldest_needed(const struct stream *st)
{
	const struct model *m = st->m;
	u64 oldest = ~0ULL;
	size_t i;

	for (i = 0; i < m->packets.n; i++) {
		const struct packet *p = m->packets.v[i];
		u64 begin = p ? packet_wire(p) : oldest;

		/* It may have been polled long after its interrupt, not long before. */
		if (p && p->born < begin)
			begin = p->born;
		if (begin < oldest)
			oldest = begin;
	}
	return oldest;
}

static void keep(const struct stream *st, const struct call *call)
{
	if (call)
		((struct call *)call_root(call))->mark = st->mark;
}

static void keep_latest(const struct stream *st, const struct map *latest)
{
	size_t i;

	for (i = 0; i < latest->cap; i++)
		keep(st, latest->values[i]);
}

static void drop_older(struct ptrs *list, u64 than)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < list->n; i++) {
		const struct call *call = list->v[i];

		if (call->ev.end >= than)
			list->v[n++] = list->v[i];
	}
	list->n = n;
}

/* Packets that are over leave the front of the list. */
static void shift_packets(struct stream *st)
{
	struct model *m = st->m;
	size_t n = 0;

	while (n < st->first && !m->packets.v[n])
		n++;
	if (!n || n < m->packets.n / 2)
		return;
	m->packets.n -= n;
	m->packet_base += n;
	st->first -= n;
	memmove(m->packets.v, m->packets.v + n, m->packets.n * sizeof(*m->packets.v));
}

static void drop_old(struct stream *st)
{
	struct model *m = st->m;
	struct ptrs *roots = &m->calls.roots;
	u64 oldest = oldest_needed(st);
	size_t n = 0;
	size_t i;

	st->mark = call_mark_new();
	for (i = 0; i < m->packets.n; i++) {
		const struct packet *p = m->packets.v[i];

		if (!p)
			continue;
		keep(st, p->irq);
		keep(st, p->schedule);
		keep(st, p->tail);
	}
	keep_latest(st, &m->schedules);
	keep_latest(st, &m->tails);
	for (i = 0; i < m->order.n; i++) {
		struct task *task = m->order.v[i];

		drop_older(&task->runs, oldest);
		drop_older(&task->calls, oldest);
	}
	for (i = 0; i < m->socks.n; i++) {
		struct sock *sk = m->socks.v[i];

		drop_older(&sk->reads, oldest);
	}
	drop_older(&m->losses, oldest);
	for (i = 0; i < roots->n; i++) {
		struct call *root = roots->v[i];

		if (root->ev.end >= oldest || root->mark == st->mark)
			roots->v[n++] = root;
		else
			st->kept -= calls_drop(&m->calls, root);
	}
	roots->n = n;
}

static void settle(struct stream *st, bool final)
{
	place_settled(st, final);
	judge_packets(st, final);
	shift_packets(st);
	drop_old(st);
}

/**
 * stream_trace - feed a trace's calls and packets to a consumer
 * @in: the trace; closed at the end
 * @ops: consumer
 * @priv: its own
 *
 * Return: 0, or EXIT_FAILED after one line.
 */
int stream_trace(struct input *in, const struct stream_ops *ops, void *priv)
{
	struct stream st = { .ops = ops, .priv = priv };
	struct event ev;
	u32 batch = ops->batch ? ops->batch : BATCH_EVENTS;
	u64 events = 0;
	int got;

	st.m = xcalloc(1, sizeof(*st.m));
	st.m->calls.streaming = true;
	while ((got = input_next(in, &ev)) > 0) {
		/* Known before all that comes after it, whatever call it lies in. */
		if (ev.kind == KIND_MARK)
			model_mark(st.m, &ev);
		if (ev.kind == KIND_HOOK)
			model_hook(st.m, &ev);
		calls_add(&st.m->calls, &ev);
		if (++events % batch)
			continue;
		model_name_tasks(st.m, in);
		settle(&st, false);
	}
	if (!got) {
		calls_close(&st.m->calls);
		/* Twice: the tasks that the last calls name are known after the first. */
		place_settled(&st, true);
		model_name_tasks(st.m, in);
		judge_packets(&st, true);
		ops->end(priv, st.m);
	}
	input_close(in);
	model_free(st.m);
	ptrs_free(&st.settled);
	free(st.order);
	free(st.scratch);
	return got ? EXIT_FAILED : EXIT_OK;
}

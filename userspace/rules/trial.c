// SPDX-License-Identifier: GPL-2.0
/*
 * What the checks of a block are judged on: the packets that it chooses, by
 * connection or by task, with the reads and the waits that belong to them.
 *
 * A task's or a connection's own calls count also where no packet has led to
 * them, and before one has: so they are kept for every task and connection.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "model/path.h"
#include "rules/callset.h"
#include "rules/check.h"
#include "words/text.h"

/* The calls of a task, or the reads of a connection. */
struct calls_of {
	struct outcomes reads;
	struct outcomes waits;
};

#define ARROW " → "

/* Is a title that of the same ends, the other way round? */
static bool is_way_back(const char *title, const char *ends)
{
	const char *to = strstr(ends, ARROW);
	size_t from = to - ends;
	size_t len = strlen(title);

	to += strlen(ARROW);
	return len == strlen(ends) && !strncmp(title, to, strlen(to)) &&
	       !strncmp(title + strlen(to), ARROW, strlen(ARROW)) &&
	       !strncmp(title + len - from, ends, from);
}

static struct group *flow_of(struct trial *t, const struct packet *p)
{
	bool both = t->block->subject == ABOUT_BOTH_WAYS;
	struct strbuf sb = { 0 };
	struct group *group;
	size_t i;

	if (!packet_ip(p))
		return NULL;
	packet_ends(&sb, p);
	for (i = 0; i < t->groups.n; i++) {
		group = t->groups.v[i];
		if (strcmp(group->title, sb.s) && !(both && is_way_back(group->title, sb.s)))
			continue;
		strbuf_free(&sb);
		return group;
	}
	return group_add(t, strbuf_take(&sb));
}

/* By its name it is chosen at the end: the last that it had counts. */
static bool task_may_fit(const struct trial *t, u32 pid)
{
	u32 number;

	if (t->all->pid && t->all->pid != pid)
		return false;
	if (t->block->sel.pid && t->block->sel.pid != pid)
		return false;
	return !t->block->task || parse_number(t->block->task, &number) || number == pid;
}

/* For the notes of a count that is wrong: the first packets and whom they woke. */
static void group_list(struct group *group, const struct model *m, const struct packet *p)
{
	struct strbuf title = { 0 };

	if (group->titles.n == MAX_RESULTS)
		return;
	numbers_add(&group->first, p->no);
	packet_title(&title, p);
	ptrs_add(&group->titles, strbuf_take(&title));
	ptrs_add(&group->woken, packet_woken(m, p));
}

static void group_packet(struct trial *t, struct group *group, const struct model *m,
			 const struct packet *p)
{
	const struct packet *end = packet_end_of(p);
	size_t i;

	group->packets++;
	group->last = p->no;
	group->data += p->payload;
	group_list(group, m, p);
	/* Of a frame that GRO joined to another, the wake-ups are that one's. */
	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		group->wakeups += wake->waking &&
				  (!group->pid || wake->waking->ev.a.waking.pid == group->pid);
	}
	if (t->counts_times)
		outcome_add_time(&group->calls, packet_wire(p), p->no);
	if (t->counts_calls && end->links.read)
		outcome_add(&group->reads, end->links.read);
	if (t->counts_calls && end->links.wait)
		outcome_add(&group->waits, end->links.wait);
	for (i = 0; i < t->block->checks.n; i++)
		check_packet(m, t->block, t->block->checks.v[i], p, &group->tallies[i]);
}

static void task_packet(struct trial *t, const struct model *m, u32 pid, const struct packet *p)
{
	struct group *group;

	if (!task_may_fit(t, pid))
		return;
	group = map_get(&t->by_pid, pid);
	if (!group) {
		group = group_add(t, NULL);
		group->pid = pid;
		map_set(&t->by_pid, pid, group);
	}
	if (group->last != p->no)
		group_packet(t, group, m, p);
}

static void tasks_packet(struct trial *t, const struct model *m, const struct packet *p)
{
	const struct packet *end = packet_end_of(p);
	size_t i;

	for (i = 0; i < end->links.wakes.n; i++) {
		const struct wake *wake = end->links.wakes.v[i];

		if (wake->waking)
			task_packet(t, m, wake->waking->ev.a.waking.pid, p);
	}
	if (end->links.read)
		task_packet(t, m, end->links.read->ev.pid, p);
}

static bool any_passes(const struct hop *hop, const struct ptrs *path)
{
	size_t i;

	for (i = 0; i < path->n; i++)
		if (hop_is(hop, path->v[i]))
			return true;
	return false;
}

static bool way_fits(const struct block *block, const struct packet *p)
{
	struct ptrs path = { 0 };
	bool fits = true;
	size_t i;

	if (!block->through.n && !block->around.n)
		return true;
	packet_path(p, &path);
	for (i = 0; fits && i < block->through.n; i++)
		fits = any_passes(block->through.v[i], &path);
	for (i = 0; fits && i < block->around.n; i++)
		fits = !any_passes(block->around.v[i], &path);
	ptrs_free(&path);
	return fits;
}

static bool is_chosen(const struct trial *t, const struct model *m, const struct packet *p)
{
	const struct block *block = t->block;
	const struct packet *end = packet_end_of(p);

	if (!select_packet(&block->sel, p, m->calls.first) ||
	    !select_packet(t->all, p, m->calls.first) || !window_holds(block, m, packet_wire(p)))
		return false;
	if ((block->with_data && !end->payload) || (end->tcp_flags & block->flags) != block->flags)
		return false;
	if (block->directed && !(packet_ip(end) && end_fits(&block->toward, end, true)))
		return false;
	return way_fits(block, p);
}

static void trial_forget(struct trial *t)
{
	size_t i;

	for (i = 0; i < t->groups.n; i++)
		group_free(t, t->groups.v[i]);
	t->groups.n = 0;
	map_free(&t->by_pid);
	memset(&t->by_pid, 0, sizeof(t->by_pid));
	if (t->block->subject == ABOUT_PACKETS)
		group_add(t, NULL);
}

/* Whether it is the packet that is meant, of all that are chosen. */
static bool is_nth(struct trial *t)
{
	t->chosen++;
	if (!t->block->last)
		return !t->block->nth || t->block->nth == t->chosen;
	/* So far it is the last: what was found of the one before does not count. */
	trial_forget(t);
	return true;
}

/**
 * trial_new - begin to hold a trace to a block
 * @block: block
 * @all: choice of the command line, which narrows that of the block
 *
 * Return: the trial.
 */
struct trial *trial_new(const struct block *block, const struct selection *all)
{
	struct trial *t = xcalloc(1, sizeof(*t));
	size_t i;

	t->block = block;
	t->all = all;
	for (i = 0; i < block->checks.n; i++) {
		const struct check *check = block->checks.v[i];

		t->counts_calls |= check->kind->counts_calls;
		t->counts_times |= check->kind->counts_times;
	}
	if (block->subject == ABOUT_PACKETS || block->subject == ABOUT_TRACE)
		group_add(t, NULL);
	return t;
}

static struct calls_of *calls_of(struct map *map, u64 key)
{
	struct calls_of *calls = map_get(map, key);

	if (calls)
		return calls;
	calls = xcalloc(1, sizeof(*calls));
	map_set(map, key, calls);
	return calls;
}

/**
 * trial_call - a call that a program made
 * @t: trial
 * @m: model
 * @call: the call, in order of entry
 */
void trial_call(struct trial *t, const struct model *m, const struct call *call)
{
	u8 class = kind_get(call->ev.kind)->class;
	const struct sock *sk;

	if (t->block->subject == ABOUT_CALLS) {
		trial_own_call(t, m, call);
		return;
	}
	if (t->block->subject == ABOUT_TRACE) {
		trial_trace_call(t, m, call);
		return;
	}
	if (t->block->subject == ABOUT_RING) {
		trial_ring_call(t, m, call);
		return;
	}
	if (t->block->subject == ABOUT_SOCKS) {
		trial_socks_call(t, m, call);
		return;
	}
	if (!t->counts_calls || (class != EV_recv && class != EV_epoll_wait) ||
	    t->block->subject == ABOUT_PACKETS)
		return;
	if (!select_call(&t->block->sel, call, m->calls.first) ||
	    !select_call(t->all, call, m->calls.first) ||
	    !window_holds(t->block, m, call->ev.start))
		return;
	if (t->block->subject == ABOUT_TASKS) {
		struct calls_of *calls;

		if (call->ev.ctx != CTX_TASK || !task_may_fit(t, call->ev.pid))
			return;
		calls = calls_of(&t->tasks, call->ev.pid);
		outcome_add(class == EV_recv ? &calls->reads : &calls->waits, call);
		return;
	}
	if (class != EV_recv)
		return;
	sk = model_sock(m, call->ev.a.recv.sk, call->ev.a.recv.sport, call->ev.a.recv.dport);
	if (sk)
		outcome_add(&calls_of(&t->socks, sk->no)->reads, call);
}

/**
 * trial_packet - a packet that is judged
 * @t: trial
 * @m: model
 * @p: packet; nothing of it is kept
 */
void trial_packet(struct trial *t, const struct model *m, const struct packet *p)
{
	const struct packet *end = packet_end_of(p);
	struct group *group;

	if (!is_about_packets(t->block->subject) || !is_chosen(t, m, p) || !is_nth(t))
		return;
	if (!p->verdict.complete && t->block->incomplete == INCOMPLETE_SKIP) {
		t->skipped++;
		return;
	}
	switch (t->block->subject) {
	case ABOUT_PACKETS:
		group_packet(t, t->groups.v[0], m, p);
		return;
	case ABOUT_FLOWS:
	case ABOUT_BOTH_WAYS:
		group = flow_of(t, end);
		if (!group)
			return;
		/* Both ways there are two sockets: what took the packets counts. */
		if (t->block->subject == ABOUT_FLOWS && end->sock && end->sock->sport)
			group->sock = end->sock;
		group_packet(t, group, m, p);
		return;
	case ABOUT_TASKS:
		tasks_packet(t, m, p);
		return;
	default:
		return;
	}
}

/* A task's own calls; a connection's reads; else what took the packets. */
static void group_finish(struct trial *t, const struct model *m, struct group *group)
{
	struct strbuf sb = { 0 };
	struct calls_of none = { 0 };
	struct calls_of *calls;

	if (group->pid) {
		task_text(&sb, m, group->pid);
		group->title = strbuf_take(&sb);
		calls = map_get(&t->tasks, group->pid) ?: &none;
		outcomes_copy(&group->reads, &calls->reads);
		outcomes_copy(&group->waits, &calls->waits);
	} else if (group->sock) {
		calls = map_get(&t->socks, group->sock->no) ?: &none;
		outcomes_copy(&group->reads, &calls->reads);
	}
	sort_once(&group->reads);
	sort_once(&group->waits);
}

/**
 * trial_finish - the trace is over
 * @t: trial
 * @m: model, with the last names of the tasks
 */
void trial_finish(struct trial *t, const struct model *m)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < t->groups.n; i++) {
		struct group *group = t->groups.v[i];

		const char *wanted = t->block->calls ? t->block->calls->task : t->block->task;

		if (group->pid && !task_is(m, group->pid, wanted)) {
			group_free(t, group);
			continue;
		}
		group_finish(t, m, group);
		t->groups.v[n++] = group;
	}
	t->groups.n = n;
	if (t->block->subject == ABOUT_CALLS)
		trial_own_finish(t, m);
	if (t->block->subject == ABOUT_TRACE)
		trial_trace_finish(t, m);
	if (t->block->subject == ABOUT_SOCKS)
		trial_socks_finish(t, m);
	if (t->block->subject == ABOUT_RING)
		trial_ring_finish(t);
}

static void calls_of_free(struct map *map)
{
	size_t i;

	for (i = 0; i < map->cap; i++) {
		struct calls_of *calls = map->values[i];

		if (!calls)
			continue;
		free(calls->reads.v);
		free(calls->waits.v);
		free(calls);
	}
	map_free(map);
}

/**
 * trial_free - drop a trial
 * @t: trial
 */
void trial_free(struct trial *t)
{
	size_t i;

	for (i = 0; i < t->groups.n; i++)
		group_free(t, t->groups.v[i]);
	ptrs_free(&t->groups);
	calls_of_free(&t->tasks);
	calls_of_free(&t->socks);
	map_free(&t->by_pid);
	free(t);
}

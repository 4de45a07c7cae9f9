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
#include "rules/check.h"
#include "words/text.h"

/* The calls of a task, or the reads of a connection. */
struct calls_of {
	struct outcomes reads;
	struct outcomes waits;
};

static void outcome_add(struct outcomes *list, const struct call *call)
{
	struct outcome *o;

	/* Packets in a row are taken by one read. */
	if (list->n && list->v[list->n - 1].no == call->ev.no)
		return;
	if (list->n == list->room) {
		list->room = list->room ? list->room * 2 : 16;
		list->v = xrealloc(list->v, list->room, sizeof(*list->v));
	}
	o = &list->v[list->n++];
	o->end = call->ev.end;
	o->ret = call->ev.ret;
	o->no = call->ev.no;
	o->open = call->flags & CALL_OPEN;
}

static int compare_ends(const void *x, const void *y)
{
	const struct outcome *a = x;
	const struct outcome *b = y;

	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	return a->no < b->no ? -1 : a->no > b->no;
}

/* In order of their end, each once. */
static void sort_once(struct outcomes *list)
{
	size_t n = 0;
	size_t i;

	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), compare_ends);
	for (i = 0; i < list->n; i++)
		if (!n || list->v[n - 1].no != list->v[i].no)
			list->v[n++] = list->v[i];
	list->n = n;
}

static struct group *group_add(struct trial *t, char *title)
{
	struct group *group = xcalloc(1, sizeof(*group));

	group->title = title;
	group->tallies = xcalloc(t->block->checks.n, sizeof(*group->tallies));
	ptrs_add(&t->groups, group);
	return group;
}

static struct group *flow_of(struct trial *t, const struct packet *p)
{
	struct strbuf sb = { 0 };
	struct group *group;
	size_t i;

	if (!packet_ip(p))
		return NULL;
	packet_ends(&sb, p);
	for (i = 0; i < t->groups.n; i++) {
		group = t->groups.v[i];
		if (strcmp(group->title, sb.s))
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

static bool task_fits(const struct trial *t, const struct model *m, u32 pid)
{
	const struct task *task = model_task(m, pid);
	const char *wanted = t->block->task;
	u32 number;

	if (!wanted || !parse_number(wanted, &number))
		return true;
	/* The kernel cuts a name off after 15 characters. */
	return task && !strncmp(task->comm, wanted, COMM_LEN - 1);
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

static bool is_chosen(const struct trial *t, const struct model *m, const struct packet *p)
{
	const struct block *block = t->block;
	const struct packet *end = packet_end_of(p);

	if (!select_packet(&block->sel, p, m->calls.first) ||
	    !select_packet(t->all, p, m->calls.first))
		return false;
	if ((block->with_data && !end->payload) || (end->tcp_flags & block->flags) != block->flags)
		return false;
	if (!block->directed)
		return true;
	return packet_ip(end) && end_fits(&block->toward, end, true);
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
	}
	if (block->subject == ABOUT_PACKETS)
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

	if (!t->counts_calls || (class != EV_recv && class != EV_epoll_wait) ||
	    t->block->subject == ABOUT_PACKETS)
		return;
	if (!select_call(&t->block->sel, call, m->calls.first) ||
	    !select_call(t->all, call, m->calls.first))
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

	if (!is_chosen(t, m, p))
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
		group = flow_of(t, end);
		if (!group)
			return;
		if (end->sock && end->sock->sport)
			group->sock = end->sock;
		group_packet(t, group, m, p);
		return;
	case ABOUT_TASKS:
		tasks_packet(t, m, p);
		return;
	}
}

static void outcomes_copy(struct outcomes *to, const struct outcomes *from)
{
	to->n = from->n;
	to->room = from->n;
	to->v = xrealloc(to->v, from->n, sizeof(*to->v));
	if (from->n)
		memcpy(to->v, from->v, from->n * sizeof(*to->v));
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

static void group_free(const struct trial *t, struct group *group)
{
	size_t i;

	for (i = 0; i < t->block->checks.n; i++)
		tally_free(&group->tallies[i]);
	for (i = 0; i < group->titles.n; i++) {
		free(group->titles.v[i]);
		free(group->woken.v[i]);
	}
	ptrs_free(&group->titles);
	ptrs_free(&group->woken);
	free(group->reads.v);
	free(group->waits.v);
	free(group->tallies);
	free(group->title);
	free(group);
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

		if (group->pid && !task_fits(t, m, group->pid)) {
			group_free(t, group);
			continue;
		}
		group_finish(t, m, group);
		t->groups.v[n++] = group;
	}
	t->groups.n = n;
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

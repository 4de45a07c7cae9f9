// SPDX-License-Identifier: GPL-2.0
/*
 * What the checks of a block are judged on: the packets that it chooses, by
 * connection or by task, with the reads and the waits that belong to them.
 */
#include <stdlib.h>
#include <string.h>

#include "assert.h"
#include "cmd.h"
#include "text.h"

struct finder {
	const struct model *m;
	const struct block *block;
	const struct selection *all; /* of the command line */
	struct ptrs *groups;
};

static struct group *group_add(struct finder *f, char *title)
{
	struct group *group = xcalloc(1, sizeof(*group));

	group->title = title;
	ptrs_add(f->groups, group);
	return group;
}

/* A frame that GRO joined to another went where that one went. */
static const struct packet *end_of(const struct packet *p)
{
	return p->join == JOIN_GRO && p->into ? p->into : p;
}

static struct group *flow_of(struct finder *f, const struct packet *p)
{
	struct strbuf sb = { 0 };
	struct group *group;
	size_t i;

	if (!packet_ip(p))
		return NULL;
	packet_ends(&sb, p);
	for (i = 0; i < f->groups->n; i++) {
		group = f->groups->v[i];
		if (strcmp(group->title, sb.s))
			continue;
		strbuf_free(&sb);
		return group;
	}
	return group_add(f, strbuf_take(&sb));
}

static bool task_fits(const struct finder *f, u32 pid)
{
	const struct task *task = model_task(f->m, pid);
	const char *wanted = f->block->task;
	u32 number;

	if (f->all->pid && f->all->pid != pid)
		return false;
	if (f->block->sel.pid && f->block->sel.pid != pid)
		return false;
	if (!wanted)
		return true;
	if (!parse_number(wanted, &number))
		return number == pid;
	/* The kernel cuts a name off after 15 characters. */
	return task && !strncmp(task->comm, wanted, COMM_LEN - 1);
}

static void task_add(struct finder *f, u32 pid, const struct packet *p)
{
	struct strbuf sb = { 0 };
	struct group *group;
	size_t i;

	if (!task_fits(f, pid))
		return;
	for (i = 0; i < f->groups->n; i++) {
		group = f->groups->v[i];
		if (group->pid == pid)
			break;
	}
	if (i == f->groups->n) {
		task_text(&sb, f->m, pid);
		group = group_add(f, strbuf_take(&sb));
		group->pid = pid;
	}
	if (!group->packets.n || group->packets.v[group->packets.n - 1] != p)
		ptrs_add(&group->packets, (void *)p);
}

static void packet_add(struct finder *f, const struct packet *p)
{
	const struct packet *end = end_of(p);
	struct group *group;
	size_t i;

	switch (f->block->subject) {
	case ABOUT_PACKETS:
		group = f->groups->v[0];
		ptrs_add(&group->packets, (void *)p);
		return;
	case ABOUT_FLOWS:
		group = flow_of(f, end);
		if (!group)
			return;
		ptrs_add(&group->packets, (void *)p);
		if (end->sock && end->sock->sport)
			group->sock = end->sock;
		return;
	case ABOUT_TASKS:
		for (i = 0; i < end->wakes.n; i++) {
			const struct wake *wake = end->wakes.v[i];

			if (wake->waking)
				task_add(f, wake->waking->ev.a.waking.pid, p);
		}
		if (end->read)
			task_add(f, end->read->ev.pid, p);
		return;
	}
}

static bool call_chosen(const struct finder *f, const struct call *call)
{
	return select_call(&f->block->sel, call, f->m->calls.first) &&
	       select_call(f->all, call, f->m->calls.first);
}

static int compare_ends(const void *x, const void *y)
{
	const struct call *a = *(struct call *const *)x;
	const struct call *b = *(struct call *const *)y;

	if (a->ev.end != b->ev.end)
		return a->ev.end < b->ev.end ? -1 : 1;
	return a->ev.no < b->ev.no ? -1 : 1;
}

/* In order of their end, each once. */
static void sort_once(struct ptrs *list)
{
	size_t n = 0;
	size_t i;

	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), compare_ends);
	for (i = 0; i < list->n; i++)
		if (!n || list->v[n - 1] != list->v[i])
			list->v[n++] = list->v[i];
	list->n = n;
}

/* A task's own calls; a connection's reads; else what took the packets. */
static void find_calls(struct finder *f, struct group *group)
{
	const struct task *task = group->pid ? model_task(f->m, group->pid) : NULL;
	size_t i;

	for (i = 0; task && i < task->calls.n; i++) {
		struct call *call = task->calls.v[i];
		u8 class = kind_get(call->ev.kind)->class;

		if (!call_chosen(f, call))
			continue;
		if (class == EV_recv)
			ptrs_add(&group->reads, call);
		else if (class == EV_epoll_wait)
			ptrs_add(&group->waits, call);
	}
	for (i = 0; group->sock && i < group->sock->reads.n; i++)
		if (call_chosen(f, group->sock->reads.v[i]))
			ptrs_add(&group->reads, group->sock->reads.v[i]);
	for (i = 0; !task && i < group->packets.n; i++) {
		const struct packet *p = group->packets.v[i];
		const struct packet *end = end_of(p);

		if (!group->sock && end->read)
			ptrs_add(&group->reads, end->read);
		if (end->wait)
			ptrs_add(&group->waits, end->wait);
	}
	sort_once(&group->reads);
	sort_once(&group->waits);
}

static bool is_chosen(const struct finder *f, const struct packet *p)
{
	const struct block *block = f->block;
	const struct packet *end = end_of(p);

	if (!select_packet(&block->sel, p, f->m->calls.first) ||
	    !select_packet(f->all, p, f->m->calls.first))
		return false;
	if ((block->with_data && !end->payload) || (end->tcp_flags & block->flags) != block->flags)
		return false;
	if (!block->directed)
		return true;
	return packet_ip(end) && end_fits(&block->toward, end, true);
}

/**
 * groups_find - what a block is about in this trace
 * @m: model
 * @block: block
 * @all: choice of the command line, which narrows that of the block
 * @groups: where to append struct group
 * @skipped: number of incomplete packets left out
 */
void groups_find(const struct model *m, const struct block *block, const struct selection *all,
		 struct ptrs *groups, unsigned int *skipped)
{
	struct finder f = { .m = m, .block = block, .all = all, .groups = groups };
	size_t i;

	*skipped = 0;
	if (block->subject == ABOUT_PACKETS)
		group_add(&f, NULL);
	for (i = 0; i < m->packets.n; i++) {
		const struct packet *p = m->packets.v[i];

		if (!is_chosen(&f, p))
			continue;
		if (!p->complete && block->incomplete == INCOMPLETE_SKIP) {
			++*skipped;
			continue;
		}
		packet_add(&f, p);
	}
	for (i = 0; i < groups->n; i++)
		find_calls(&f, groups->v[i]);
}

/**
 * groups_free - drop groups
 * @groups: groups
 */
void groups_free(struct ptrs *groups)
{
	size_t i;

	for (i = 0; i < groups->n; i++) {
		struct group *group = groups->v[i];

		ptrs_free(&group->packets);
		ptrs_free(&group->reads);
		ptrs_free(&group->waits);
		free(group->title);
		free(group);
	}
	ptrs_free(groups);
}

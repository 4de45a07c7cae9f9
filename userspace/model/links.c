// SPDX-License-Identifier: GPL-2.0
/*
 * What a packet led to: who was woken, and who read its bytes.
 */
#include <stdlib.h>

#include "model/model.h"

/**
 * seq_ranges_meet - do two ranges of TCP sequence numbers share a byte
 * @a: first of the one
 * @a_end: one past its last
 * @b: first of the other
 * @b_end: one past its last
 *
 * Sequence numbers wrap; ranges are far shorter than half of their circle.
 *
 * Return: true if they do. An empty range shares nothing.
 */
bool seq_ranges_meet(u32 a, u32 a_end, u32 b, u32 b_end)
{
	if (a == a_end || b == b_end)
		return false;
	return (s32)(a - b_end) < 0 && (s32)(b - a_end) < 0;
}

static bool is_sleep(const struct call *call)
{
	u8 class = kind_get(call->ev.kind)->class;

	return class == EV_epoll_wait || class == EV_select || class == EV_recv;
}

/* What @task slept in at @time: the hooked function if any, else its system call. */
static struct call *blocked_in(const struct task *task, u64 time)
{
	struct call *best = NULL;
	size_t i = calls_from(&task->calls, time);

	while (i-- > 0) {
		struct call *call = task->calls.v[i];

		if (call->ev.end < time) {
			/* What came before an outermost call is over, too. */
			if (!call->parent || kind_get(call->ev.kind)->class == EV_syscall)
				break;
			continue;
		}
		if (is_sleep(call))
			return call;
		if (!best)
			best = call;
	}
	return best;
}

static void wake_add(struct model *m, struct packet *p, struct call *callback, struct call *waking)
{
	struct wake *wake = xcalloc(1, sizeof(*wake));
	struct task *task;
	size_t i;

	wake->callback = callback;
	wake->waking = waking;
	ptrs_add(&p->links.wakes, wake);
	if (!waking)
		return;
	task = model_task(m, waking->ev.a.waking.pid);
	if (!task)
		return;
	i = calls_from(&task->runs, waking->ev.start);
	if (i < task->runs.n)
		wake->run = task->runs.v[i];
	wake->blocked = blocked_in(task, waking->ev.start);
}

static bool is_callback(const struct call *call)
{
	u8 class = kind_get(call->ev.kind)->class;

	return class == EV_callback || class == EV_epoll_callback;
}

/* Every entry of the wait queue, and the tasks that its callback woke. */
static void find_wakes(struct model *m, struct packet *p, struct call *at, struct call *callback)
{
	struct call *child;

	for (child = at->child; child; child = child->next) {
		struct call *entry = callback;
		size_t before = p->links.wakes.n;

		if (child->packet != p->no)
			continue;
		if (child->ev.kind == KIND_WAKING) {
			wake_add(m, p, callback, child);
			continue;
		}
		if (!entry && is_callback(child))
			entry = child;
		find_wakes(m, p, child, entry);
		if (entry && !callback && p->links.wakes.n == before)
			wake_add(m, p, entry, NULL);
	}
}

/*
 * Reads of one socket end one after the other: of several readers the one that
 * began first may end last, and the search begins a little early.
 */
static size_t first_ending_after(const struct ptrs *list, u64 time)
{
	size_t low = 0;
	size_t high = list->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct call *call = list->v[mid];

		if (call->ev.end < time)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 8 ? low - 8 : 0;
}

static void find_read(struct packet *p)
{
	u64 arrived = p->queue ? p->queue->ev.start : p->born;
	size_t i;

	if (p->taken)
		p->links.read = p->taken;
	if (!p->sock || !p->payload || p->udp)
		return;
	for (i = first_ending_after(&p->sock->reads, arrived); i < p->sock->reads.n; i++) {
		struct call *read = p->sock->reads.v[i];

		if (read->ev.end < arrived)
			continue;
		/* Far past it, the numbers may have come round again. */
		if ((s32)(read->ev.a.recv.seq - (p->seq + p->payload)) > 0)
			return;
		if (seq_ranges_meet(p->seq, p->seq + p->payload, read->ev.a.recv.seq,
				    read->ev.a.recv.seq_after)) {
			p->links.read = read;
			return;
		}
	}
}

/*
 * The epoll_wait after which the reader read. It may be over before sk_data_ready:
 * when it looks at the socket itself, the item being on the ready list still.
 */
static void find_wait(struct model *m, struct packet *p)
{
	struct task *task;
	u64 since;
	size_t i;

	if (!p->links.read || !p->ready)
		return;
	since = (p->queue ? p->queue : p->ready)->ev.start;
	task = model_task(m, p->links.read->ev.pid);
	if (!task)
		return;
	i = calls_from(&task->calls, p->links.read->ev.start);
	while (i-- > 0) {
		struct call *call = task->calls.v[i];

		if (!call->parent && call->ev.end < since)
			return;
		if (kind_get(call->ev.kind)->class != EV_epoll_wait || call->ev.ret <= 0)
			continue;
		if (call->ev.end >= since && call->ev.end <= p->links.read->ev.start)
			p->links.wait = call;
		return;
	}
}

/**
 * links_find - link a packet to its wake-ups and its read
 * @m: model with the packet's calls
 * @p: packet; found again from the beginning
 */
void links_find(struct model *m, struct packet *p)
{
	size_t i;

	for (i = 0; i < p->links.wakes.n; i++)
		free(p->links.wakes.v[i]);
	p->links.wakes.n = 0;
	if (p->changed)
		find_wakes(m, p, p->changed, NULL);
	if (p->ready)
		find_wakes(m, p, p->ready, NULL);
	find_read(p);
	find_wait(m, p);
}

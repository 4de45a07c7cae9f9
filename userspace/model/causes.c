// SPDX-License-Identifier: GPL-2.0
/*
 * What a packet led to: who was woken, who read its bytes, and whether the
 * trace holds the whole way.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "model/model.h"
#include "words/text.h"

#define ETH_IPV4  0x0800
#define PROTO_TCP 6

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

/* Index of the first call of a list, ordered by entry, that starts at or after @time. */
static size_t first_after(const struct ptrs *list, u64 time)
{
	size_t low = 0;
	size_t high = list->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct call *call = list->v[mid];

		if (call->ev.start < time)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
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
	size_t i = first_after(&task->calls, time);

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
	ptrs_add(&p->wakes, wake);
	if (!waking)
		return;
	task = model_task(m, waking->ev.a.waking.pid);
	if (!task)
		return;
	i = first_after(&task->runs, waking->ev.start);
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
		size_t before = p->wakes.n;

		if (child->packet != p->no)
			continue;
		if (child->ev.kind == KIND_WAKING) {
			wake_add(m, p, callback, child);
			continue;
		}
		if (!entry && is_callback(child))
			entry = child;
		find_wakes(m, p, child, entry);
		if (entry && !callback && p->wakes.n == before)
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

	/* A datagram's read has named it. */
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
			p->read = read;
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

	if (!p->read || !p->ready)
		return;
	since = (p->queue ? p->queue : p->ready)->ev.start;
	task = model_task(m, p->read->ev.pid);
	if (!task)
		return;
	i = first_after(&task->calls, p->read->ev.start);
	while (i-- > 0) {
		struct call *call = task->calls.v[i];

		if (!call->parent && call->ev.end < since)
			return;
		if (kind_get(call->ev.kind)->class != EV_epoll_wait || call->ev.ret <= 0)
			continue;
		if (call->ev.end >= since && call->ev.end <= p->read->ev.start)
			p->wait = call;
		return;
	}
}

static u64 last_event(const struct packet *p)
{
	const struct call *last = p->calls.n ? p->calls.v[p->calls.n - 1] : NULL;
	u64 end = last ? last->ev.end : p->born;

	if (p->read && p->read->ev.end > end)
		end = p->read->ev.end;
	return end;
}

/* A gap while the packet was on its way may hide any of its hops. */
static char *lost_reason(const struct model *m, const struct packet *p)
{
	size_t i = first_after(&m->losses, packet_wire(p));
	const struct event *ev;

	if (i == m->losses.n)
		return NULL;
	ev = &((struct call *)m->losses.v[i])->ev;
	if (ev->start > last_event(p))
		return NULL;
	if (ev->a.lost.count)
		return xasprintf(_("%u events lost on CPU %u on the way"), ev->a.lost.count,
				 ev->cpu);
	return xasprintf(_("events lost on CPU %u on the way"), ev->cpu);
}

static char *open_reason(const struct packet *p)
{
	size_t i;

	for (i = 0; i < p->calls.n; i++) {
		const struct call *call = p->calls.v[i];
		const struct call *up;

		for (up = call; up && up->ev.ctx != CTX_TASK; up = up->parent) {
			if (up->flags & CALL_HEADLESS)
				return xasprintf(_("the trace begins inside its %s"),
						 call_name(up));
			if (up->flags & CALL_OPEN)
				return xasprintf(_("its %s had not returned when the trace ended"),
						 call_name(up));
		}
	}
	return NULL;
}

static bool passed(const struct packet *p, const char *name)
{
	int kind = hook_find(name);
	size_t i;

	for (i = 0; i < p->calls.n; i++) {
		const struct call *call = p->calls.v[i];

		if (call->ev.kind == kind)
			return true;
	}
	return false;
}

static const char *last_hop(const struct packet *p)
{
	size_t i;

	/* That the skb was given back then is no hop. */
	for (i = p->calls.n; i-- > 0;) {
		const struct call *call = p->calls.v[i];
		u8 class = kind_get(call->ev.kind)->class;

		if (class != EV_free && class != EV_drop)
			return call_name(call);
	}
	return _("nothing");
}

static char *below_tcp(struct packet *p)
{
	static const char *const ends[] = { "icmp_rcv", "icmpv6_rcv", "udp_rcv", "udpv6_rcv" };
	size_t i;

	if (p->protocol && p->protocol != ETH_IPV4 && !p->ip6) {
		p->complete = true;
		return xasprintf(_("not IPv4: %s"), p->protocol == 0x0806 ? "ARP"
						    : p->protocol == 0x86dd
							    ? "IPv6"
							    : _("another protocol"));
	}
	if (!packet_ip(p))
		return xasprintf(_("no ip_rcv: the last hop seen is %s"), last_hop(p));
	if (passed(p, "ip_forward") || passed(p, "ip6_forward")) {
		p->complete = true;
		return xstrdup(_("forwarded to another host"));
	}
	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		if (!passed(p, ends[i]))
			continue;
		p->complete = true;
		return xasprintf(_("ends in %s"), ends[i]);
	}
	return xasprintf(_("no transport protocol took it: the last hop seen is %s"), last_hop(p));
}

static char *judge_tcp(struct model *m, struct packet *p)
{
	struct task *task;
	char flags[32];

	if (!p->segment && passed(p, "tcp_timewait_state_process")) {
		p->complete = true;
		return xasprintf(_("taken by what is left of a closed connection: %s"),
				 tcp_flags_text(flags, sizeof(flags), p->tcp_flags));
	}
	if (!p->segment)
		return xasprintf(_("no socket took it: %s found none or dropped it"),
				 call_name(p->tcp));
	if (!p->payload) {
		p->complete = true;
		return xasprintf(_("no data: %s"),
				 tcp_flags_text(flags, sizeof(flags), p->tcp_flags));
	}
	/* In the backlog it may be joined to another segment without an event. */
	if (!p->queue && !p->read)
		return xasprintf(_("%u bytes never queued: the last hop seen is %s"), p->payload,
				 last_hop(p));
	if (!p->read && p->given_up)
		return xasprintf(_("%u bytes queued, given up: not read for too long"), p->payload);
	if (!p->read)
		return xasprintf(_("%u bytes queued, not read before the trace ended"), p->payload);
	p->complete = true;
	task = model_task(m, p->read->ev.pid);
	return xasprintf(_("%u bytes read by %s/%u"), p->payload,
			 task && task->comm[0] ? task->comm : _("task"), p->read->ev.pid);
}

static char *judge_udp(struct model *m, struct packet *p)
{
	struct task *task;

	if (!p->read)
		return xasprintf(_("%u bytes queued, not read before the trace ended"), p->payload);
	p->complete = true;
	task = model_task(m, p->read->ev.pid);
	return xasprintf(_("%u bytes read by %s/%u"), p->payload,
			 task && task->comm[0] ? task->comm : _("task"), p->read->ev.pid);
}

/**
 * packet_dropped - why the kernel dropped a packet
 * @p: packet
 *
 * A reason that is not specified may as well mean that all was done.
 *
 * Return: the kernel's reason, NULL if the packet was not dropped.
 */
const char *packet_dropped(const struct packet *p)
{
	if (!p->drop || p->drop->ev.a.drop.users > 1 || p->read || p->join)
		return NULL;
	if (!strcmp(p->drop->ev.a.drop.reason, "NOT_SPECIFIED"))
		return NULL;
	return p->drop->ev.a.drop.reason;
}

static char *drop_reason(struct packet *p)
{
	const char *reason = packet_dropped(p);

	if (!reason)
		return NULL;
	p->complete = true;
	return xasprintf(_("dropped: %s"), reason);
}

static void judge(struct model *m, struct packet *p)
{
	char *reason = lost_reason(m, p);

	if (!reason)
		reason = open_reason(p);
	if (!reason && p->join == JOIN_GRO) {
		p->complete = p->into->complete;
		reason = xasprintf(_("joined skb#%u in GRO: %s"), p->into->no,
				   p->into->verdict ? p->into->verdict : "");
	}
	if (!reason)
		reason = drop_reason(p);
	if (!reason)
		reason = p->tcp		      ? judge_tcp(m, p)
			 : p->udp && p->queue ? judge_udp(m, p)
					      : below_tcp(p);
	p->verdict = reason;
}

/**
 * causes_find - link a packet to its wake-ups and its read
 * @m: model with the packet's calls
 * @p: packet; found again from the beginning
 */
void causes_find(struct model *m, struct packet *p)
{
	size_t i;

	for (i = 0; i < p->wakes.n; i++)
		free(p->wakes.v[i]);
	p->wakes.n = 0;
	if (p->changed)
		find_wakes(m, p, p->changed, NULL);
	if (p->ready)
		find_wakes(m, p, p->ready, NULL);
	find_read(p);
	find_wait(m, p);
}

/**
 * causes_judge - say whether the trace holds the packet's whole way
 * @m: model
 * @p: packet; the one that it joined is judged
 */
void causes_judge(struct model *m, struct packet *p)
{
	judge(m, p);
}

/**
 * causes_build - link packets to wake-ups and reads, and judge each
 * @m: model with its packets
 */
void causes_build(struct model *m)
{
	size_t i;

	for (i = 0; i < m->packets.n; i++)
		if (m->packets.v[i])
			causes_find(m, m->packets.v[i]);
	/* A packet is born after the one that it joins: that one is judged. */
	for (i = 0; i < m->packets.n; i++)
		if (m->packets.v[i])
			judge(m, m->packets.v[i]);
}

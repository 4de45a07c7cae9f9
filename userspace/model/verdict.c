// SPDX-License-Identifier: GPL-2.0
/*
 * How each packet ended, and whether the trace holds its whole way.
 */
#include <stdio.h>
#include <string.h>

#include "model/model.h"

#define ETH_IPV4 0x0800

static u64 last_event(const struct packet *p)
{
	const struct call *last = p->calls.n ? p->calls.v[p->calls.n - 1] : NULL;
	u64 end = last ? last->ev.end : p->born;

	if (p->links.read && p->links.read->ev.end > end)
		end = p->links.read->ev.end;
	return end;
}

/* A gap while the packet was on its way may hide any of its hops. */
static bool is_lost(const struct model *m, const struct packet *p, struct verdict *v)
{
	size_t i = calls_from(&m->losses, packet_wire(p));
	const struct event *ev;

	if (i == m->losses.n)
		return false;
	ev = &((struct call *)m->losses.v[i])->ev;
	if (ev->start > last_event(p))
		return false;
	v->kind = VERDICT_LOST;
	v->events = ev->a.lost.count;
	v->cpu = ev->cpu;
	return true;
}

static bool is_cut(const struct packet *p, struct verdict *v)
{
	size_t i;

	for (i = 0; i < p->calls.n; i++) {
		const struct call *up;

		for (up = p->calls.v[i]; up && up->ev.ctx != CTX_TASK; up = up->parent) {
			if (!(up->flags & (CALL_HEADLESS | CALL_OPEN)))
				continue;
			v->kind = up->flags & CALL_HEADLESS ? VERDICT_HEADLESS : VERDICT_OPEN;
			v->at = call_name(up);
			return true;
		}
	}
	return false;
}

static bool is_joined(const struct packet *p, struct verdict *v)
{
	if (p->join != JOIN_GRO)
		return false;
	v->kind = VERDICT_JOINED;
	return true;
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
	return NULL;
}

/* Types of ICMP and ICMPv6 messages */
enum { ICMP_REPLY = 0, ICMP_REQUEST = 8, ICMP6_REQUEST = 128, ICMP6_REPLY = 129 };

static const struct call *find_icmp(const struct packet *p, u8 type4, u8 type6)
{
	size_t i;

	for (i = 0; i < p->calls.n; i++) {
		const struct call *call = p->calls.v[i];

		if (kind_get(call->ev.kind)->class == EV_icmp)
			return call->ev.a.icmp.type == (p->ip6 ? type6 : type4) ? call : NULL;
	}
	return NULL;
}

/*
 * A reply is a raw socket's, which was given a clone before ICMP's handler looked: that finds
 * no socket of its own, and drops the original.
 */
static const struct call *cloned_for_raw(const struct packet *p)
{
	const struct call *icmp = find_icmp(p, ICMP_REPLY, ICMP6_REPLY);
	int readable = hook_find("sock_def_readable");
	const struct call *child = icmp && icmp->parent ? icmp->parent->child : NULL;
	const struct call *clone = NULL;

	for (; child && child != icmp; child = child->next) {
		if (kind_get(child->ev.kind)->class == EV_clone)
			clone = child;
		/* That it was told says that it took the clone. */
		else if (clone && child->ev.kind == readable)
			return icmp;
	}
	return NULL;
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
	if (!p->drop || p->drop->ev.a.drop.users > 1 || p->links.read || p->join)
		return NULL;
	if (!strcmp(p->drop->ev.a.drop.reason, "NOT_SPECIFIED") || cloned_for_raw(p))
		return NULL;
	return p->drop->ev.a.drop.reason;
}

static bool is_dropped(const struct packet *p, struct verdict *v)
{
	v->reason = packet_dropped(p);
	if (!v->reason)
		return false;
	v->kind = VERDICT_DROPPED;
	return true;
}

static void read_by(const struct model *m, const struct packet *p, struct verdict *v)
{
	const struct task *task = model_task(m, p->links.read->ev.pid);

	v->kind = VERDICT_READ;
	v->pid = p->links.read->ev.pid;
	if (task)
		memcpy(v->comm, task->comm, sizeof(v->comm));
}

static void judge_tcp(const struct model *m, const struct packet *p, struct verdict *v)
{
	v->bytes = p->payload;
	if (!p->segment && passed(p, "tcp_timewait_state_process")) {
		v->kind = VERDICT_TIME_WAIT;
	} else if (!p->segment) {
		v->kind = VERDICT_NO_SOCKET;
		v->at = call_name(p->tcp);
	} else if (!p->payload) {
		v->kind = VERDICT_NO_DATA;
	} else if (p->links.read) {
		read_by(m, p, v);
	} else if (!p->queue) {
		/* In the backlog it may be joined to another segment without an event. */
		v->kind = VERDICT_NOT_QUEUED;
		v->at = last_hop(p);
	} else {
		v->kind = p->given_up ? VERDICT_GIVEN_UP : VERDICT_UNREAD;
	}
}

static void judge_udp(const struct model *m, const struct packet *p, struct verdict *v)
{
	v->bytes = p->payload;
	if (p->links.read)
		read_by(m, p, v);
	else
		v->kind = VERDICT_UNREAD;
}

static bool judge_echo(const struct packet *p, struct verdict *v)
{
	const struct call *icmp = find_icmp(p, ICMP_REQUEST, ICMP6_REQUEST);

	/* What it sends from there is the answer. */
	if (icmp && call_below(icmp, KIND_TX_DESC)) {
		v->kind = VERDICT_ANSWERED;
		v->bytes = icmp->ev.a.icmp.seq;
	} else {
		icmp = cloned_for_raw(p);
		v->kind = VERDICT_CLONED;
	}
	if (icmp)
		v->at = call_name(icmp);
	return icmp;
}

static void judge_others(const struct packet *p, struct verdict *v)
{
	static const char *const ends[] = { "icmp_rcv", "icmpv6_rcv", "udp_rcv", "udpv6_rcv" };
	size_t i;

	v->protocol = p->protocol;
	v->at = last_hop(p);
	if (p->protocol && p->protocol != ETH_IPV4 && !p->ip6) {
		v->kind = VERDICT_OTHER_PROTOCOL;
		return;
	}
	if (!packet_ip(p)) {
		v->kind = VERDICT_NO_IP;
		return;
	}
	if (passed(p, "ip_forward") || passed(p, "ip6_forward")) {
		v->kind = VERDICT_FORWARDED;
		return;
	}
	if (judge_echo(p, v))
		return;
	v->kind = VERDICT_NO_TRANSPORT;
	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		if (!passed(p, ends[i]))
			continue;
		v->kind = VERDICT_CONSUMED;
		v->at = ends[i];
		return;
	}
}

/**
 * verdict_find - say how a packet ended
 * @m: model
 * @p: packet with its links; the one that it joined is judged
 */
void verdict_find(struct model *m, struct packet *p)
{
	struct verdict *v = &p->verdict;

	memset(v, 0, sizeof(*v));
	if (!is_lost(m, p, v) && !is_cut(p, v) && !is_joined(p, v) && !is_dropped(p, v)) {
		if (p->tcp)
			judge_tcp(m, p, v);
		else if (p->udp && p->queue)
			judge_udp(m, p, v);
		else
			judge_others(p, v);
	}
	v->complete = v->kind == VERDICT_JOINED ? p->into->verdict.complete
						: v->kind >= VERDICT_JOINED;
}

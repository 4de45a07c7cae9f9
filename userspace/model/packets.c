// SPDX-License-Identifier: GPL-2.0
/*
 * Which packet a call works on.
 *
 * An skb's id names an address, and the allocator hands addresses out again.
 * So an id has lives, and each life is a packet. A life begins at the driver's
 * descriptor; on a NIC that has no such event, at the first hook of the path.
 * It ends when the skb is given back. Not every way to do that has an event (what
 * is joined to another skb goes without one, and records get lost): so a life ends
 * also when its id enters the path again at or below a hop that it has already
 * passed. A hop inside a call on the same skb (VLAN, bridge, tunnel) is the same
 * life.
 */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

/* Hops through which a packet passes once, in their order. */
static const char *const entries[] = {
	"napi_gro_receive", "netif_receive_skb", "__netif_receive_skb_core",
	"ip_rcv",	    "ip_rcv_core",	 "ipv6_rcv",
	"ip6_rcv_core",	    "tcp_v4_rcv",	 "tcp_v6_rcv",
};

/* These handle many packets at once, whatever packet they were called for. */
static const char *const lists[] = {
	"netif_receive_skb_list_internal",
	"ip_list_rcv",
	"ipv6_list_rcv",
};

struct roles {
	u8 *rank; /* of each kind: 0 for none */
	bool *list;
	int napi_schedule;
	int napi_poll;
	int rxe_poll;
	int sock_readable;
	int sock_wakeup;
	int queue_rcv;
	int data_queue;
	int gro_receive;
	int core;
};

static struct roles *roles_new(void)
{
	struct roles *r = xcalloc(1, sizeof(*r));
	size_t i;
	int kind;

	r->rank = xcalloc(kind_count(), sizeof(*r->rank));
	r->list = xcalloc(kind_count(), sizeof(*r->list));
	for (i = 0; i < ARRAY_SIZE(entries); i++) {
		kind = hook_find(entries[i]);
		if (kind >= 0)
			r->rank[kind] = i + 1;
	}
	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		kind = hook_find(lists[i]);
		if (kind >= 0)
			r->list[kind] = true;
	}
	r->napi_schedule = hook_find("__napi_schedule");
	r->napi_poll = hook_find("__napi_poll");
	r->rxe_poll = hook_find("rxe_poll");
	r->sock_readable = hook_find("sock_def_readable");
	r->sock_wakeup = hook_find("sock_def_wakeup");
	r->queue_rcv = hook_find("tcp_queue_rcv");
	r->data_queue = hook_find("tcp_data_queue");
	r->gro_receive = hook_find("napi_gro_receive");
	r->core = hook_find("__netif_receive_skb_core");
	return r;
}

/**
 * call_skb - the skb that a call or event names
 * @call: call
 *
 * Return: the skb's id in the trace, 0 if it names none.
 */
u32 call_skb(const struct call *call)
{
	const union event_args *a = &call->ev.a;

	switch (kind_get(call->ev.kind)->class) {
	case EV_skb:
		return a->skb.skb;
	case EV_merge:
		return a->merge.skb;
	case EV_flush:
		return a->flush.skb;
	case EV_clone:
		return a->clone.skb;
	case EV_free:
		return a->free.skb;
	case EV_drop:
		return a->drop.skb;
	case EV_ip:
	case EV_finish:
		return a->ip.skb;
	case EV_ip6:
		return a->ip6.skb;
	case EV_route:
		return a->route.skb;
	case EV_route6:
		return a->route6.skb;
	case EV_udp:
		return a->udp.skb;
	case EV_icmp:
		return a->icmp.skb;
	case EV_tcp:
	case EV_tcp6:
		return a->tcp.skb;
	case EV_segment:
	case EV_input:
		return a->segment.skb;
	case EV_backlog:
		return a->backlog.skb;
	case EV_syn:
		return a->listen.skb;
	case EV_child:
		return a->child.skb;
	case EV_datagram:
		return a->datagram.skb;
	case EV_take:
		return a->take.skb;
	case EV_coalesce:
		return a->coalesce.skb;
	case EV_copy:
		return a->copy.skb;
	case EV_rx_desc:
		return a->rx_desc.skb;
	default:
		return 0;
	}
}

/*
 * May the trace know a packet first by this call? Not by one that copies skbs,
 * hands them on or gives them back: it does so for those that are sent, too.
 */
static bool begins_life(const struct call *call)
{
	switch (kind_get(call->ev.kind)->class) {
	case EV_copy:
	case EV_clone:
	case EV_free:
	case EV_drop:
	case EV_datagram:
	case EV_take:
		return false;
	default:
		return true;
	}
}

/* The life of @id that @call belongs to. */
static struct packet *packet_of(struct model *m, const struct roles *r, const struct call *call,
				u32 id)
{
	struct packet *p = map_get(&m->lives, id);
	u8 rank = r->rank[call->ev.kind];
	const struct call *up;

	if (call->ev.kind == KIND_RX_DESC)
		return packet_new(m, call, id);
	if (!p) {
		if (!rank && !begins_life(call))
			return NULL;
		return packet_new(m, call, id);
	}
	if (!rank || rank > p->rank)
		return p;
	for (up = call->parent; up; up = up->parent)
		if (up->packet == p->no)
			return p;
	return packet_new(m, call, id);
}

static void learn_segment(struct model *m, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;
	struct sock *sk;

	sk = model_make_sock(m, a->segment.sk, a->segment.sport, a->segment.dport);
	/* A listening socket passes the segment on to its child. */
	if (!p->sock || a->segment.sport)
		p->sock = sk;
	if (a->segment.sport && a->segment.rcv_nxt)
		sock_base(sk, a->segment.rcv_nxt);
	if (!p->segment)
		p->segment = call;
}

static void learn_datagram(struct model *m, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	p->sock = model_make_sock(m, a->datagram.sk, a->datagram.sport, a->datagram.dport);
	if (!call->ev.ret)
		p->queue = call;
}

static void learn_udp(struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	p->udp = call;
	p->sport = a->udp.sport;
	p->dport = a->udp.dport;
	p->payload = a->udp.len;
}

static void learn_tcp(struct packet *p, const union event_args *a)
{
	memcpy(p->saddr, a->tcp.saddr, sizeof(p->saddr));
	memcpy(p->daddr, a->tcp.daddr, sizeof(p->daddr));
	p->sport = a->tcp.sport;
	p->dport = a->tcp.dport;
	p->seq = a->tcp.seq;
	p->payload = a->tcp.len;
	p->tcp_flags = a->tcp.flags;
}

static void learn_join(struct model *m, struct packet *p, u32 into, enum join join)
{
	struct packet *head = map_get(&m->lives, into);

	if (!head || head == p || p->join)
		return;
	p->into = head;
	p->join = join;
	head->members++;
}

static struct call *call_above_class(const struct call *call, u8 class)
{
	struct call *up;

	for (up = call->parent; up; up = up->parent)
		if (kind_get(up->ev.kind)->class == class)
			return up;
	return NULL;
}

/* What the call says about its packet. */
static void learn(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	switch (kind_get(call->ev.kind)->class) {
	case EV_rx_desc:
		p->desc = call;
		p->tail = map_get(&m->tails, a->rx_desc.ifindex);
		p->ifindex = a->rx_desc.ifindex;
		p->len = a->rx_desc.len;
		break;
	case EV_skb:
		if (!p->ifindex)
			p->ifindex = a->skb.ifindex;
		if (!p->len)
			p->len = a->skb.len;
		if (a->skb.protocol)
			p->protocol = a->skb.protocol;
		if (!p->gro && call->ev.kind == r->gro_receive)
			p->gro = call;
		if (!p->core && call->ev.kind == r->core)
			p->core = call;
		break;
	case EV_merge:
		learn_join(m, p, a->merge.into, JOIN_GRO);
		break;
	case EV_ip:
	case EV_finish:
		if (!p->ip)
			p->ip = call;
		if (!p->proto) {
			p->proto = a->ip.proto;
			memcpy(p->saddr, a->ip.saddr, sizeof(p->saddr));
			memcpy(p->daddr, a->ip.daddr, sizeof(p->daddr));
		}
		break;
	case EV_ip6:
		if (p->ip6)
			break;
		p->ip6 = call;
		p->proto = a->ip6.proto;
		memcpy(p->saddr6, a->ip6.saddr, sizeof(p->saddr6));
		memcpy(p->daddr6, a->ip6.daddr, sizeof(p->daddr6));
		break;
	case EV_udp:
		learn_udp(p, call);
		break;
	case EV_datagram:
		learn_datagram(m, p, call);
		break;
	case EV_take:
		p->taken = call_above_class(call, EV_recv);
		break;
	case EV_drop:
		if (!p->drop)
			p->drop = call;
		break;
	case EV_backlog:
		p->sock = model_make_sock(m, a->backlog.sk, a->backlog.sport, a->backlog.dport);
		if (!p->segment)
			p->segment = call;
		if (a->backlog.into)
			learn_join(m, p, a->backlog.into, JOIN_QUEUE);
		break;
	case EV_tcp:
	case EV_tcp6:
		p->tcp = p->tcp ? p->tcp : call;
		learn_tcp(p, a);
		break;
	case EV_segment:
	case EV_input:
		learn_segment(m, p, call);
		if (call->ev.kind == r->queue_rcv)
			p->queue = call;
		else if (call->ev.kind == r->data_queue && !p->queue)
			p->queue = call;
		break;
	case EV_coalesce:
		if (call->ev.ret == 1)
			learn_join(m, p, a->coalesce.into, JOIN_QUEUE);
		break;
	}
}

/* The interrupt, softirq and poll that brought the packet in. */
static void learn_origin(struct model *m, const struct roles *r, struct packet *p,
			 const struct call *call)
{
	const struct call *napi;

	p->poll = call_above(call, r->rxe_poll);
	napi = call_above(call, r->napi_poll);
	if (!p->poll)
		p->poll = (struct call *)napi;
	if (!napi)
		napi = p->poll;
	p->softirq = call_above(call, KIND_SOFTIRQ);
	if (!napi)
		return;
	p->schedule = map_get(&m->schedules, napi->ev.a.napi.napi);
	if (p->schedule)
		p->irq = call_above(p->schedule, KIND_HANDLER);
}

/* In order of time: verdict.c searches them. */
static void loss_add(struct model *m, struct call *call)
{
	size_t i = m->losses.n;

	ptrs_add(&m->losses, call);
	for (; i; i--) {
		const struct call *before = m->losses.v[i - 1];

		if (before->ev.start <= call->ev.start)
			break;
		m->losses.v[i] = m->losses.v[i - 1];
	}
	m->losses.v[i] = call;
}

static void place(struct model *m, const struct roles *r, struct call *call)
{
	const struct kind *kind = kind_get(call->ev.kind);
	u32 id = call_skb(call);
	struct packet *p = NULL;
	struct sock *sk;
	bool judged;

	if (call->ev.kind == r->napi_schedule)
		map_set(&m->schedules, call->ev.a.napi.napi, call);
	if (call->ev.kind == KIND_RX_TAIL)
		map_set(&m->tails, call->ev.a.rx_tail.ifindex, call);
	if (call->ev.kind == KIND_LOST)
		loss_add(m, call);
	if (kind->class == EV_sock)
		model_make_sock(m, call->ev.a.sock.sk, call->ev.a.sock.sport,
				call->ev.a.sock.dport);
	if (kind->class == EV_recv) {
		sk = model_make_sock(m, call->ev.a.recv.sk, call->ev.a.recv.sport,
				     call->ev.a.recv.dport);
		if (sk) {
			ptrs_add(&sk->reads, call);
			sock_base(sk, call->ev.a.recv.seq);
		}
	}
	if (id)
		p = packet_of(m, r, call, id);
	if (!p) {
		if (call->parent && !r->list[call->ev.kind])
			call->packet = call->parent->packet;
		p = model_packet(m, call->packet);
		if (p && !p->ready && call->ev.kind == r->sock_readable)
			p->ready = call;
		if (p && !p->changed && call->ev.kind == r->sock_wakeup)
			p->changed = call;
		return;
	}
	call->packet = p->no;
	judged = p->judged;
	/* One that is judged may be dropped with it. */
	if (kind->class == EV_free)
		packet_end(m, id);
	if (judged)
		return;
	if (!p->calls.n)
		learn_origin(m, r, p, call);
	ptrs_add(&p->calls, call);
	if (r->rank[call->ev.kind] > p->rank)
		p->rank = r->rank[call->ev.kind];
	learn(m, r, p, call);
}

/**
 * packets_place - give a call its packet
 * @m: model
 * @call: call, its tree complete, in order of entry
 */
void packets_place(struct model *m, struct call *call)
{
	if (!m->roles)
		m->roles = roles_new();
	place(m, m->roles, call);
}

/**
 * packets_free_roles - drop what packets_place() has made
 * @m: model
 */
void packets_free_roles(struct model *m)
{
	if (!m->roles)
		return;
	free(m->roles->rank);
	free(m->roles->list);
	free(m->roles);
}

/**
 * packets_build - give every call its packet
 * @m: model with its calls in order of entry
 */
void packets_build(struct model *m)
{
	size_t i;

	for (i = 0; i < m->calls.all.n; i++)
		packets_place(m, m->calls.all.v[i]);
}

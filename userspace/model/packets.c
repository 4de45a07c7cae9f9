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
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "model/rings.h"

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

/* What the events of a class say of their packet. */
typedef void (*learn_fn)(struct model *m, const struct roles *r, struct packet *p,
			 struct call *call);

static void learn_desc(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)r;
	p->desc = call;
	p->tail = map_get(&m->tails, a->rx_desc.ifindex);
	p->ifindex = a->rx_desc.ifindex;
	p->len = a->rx_desc.len;
}

static void learn_skb(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
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
}

static void join(struct model *m, struct packet *p, u32 into, enum join join)
{
	struct packet *head = map_get(&m->lives, into);

	if (!head || head == p || p->join)
		return;
	p->into = head;
	p->join = join;
	head->members++;
}

static void learn_merge(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	(void)r;
	join(m, p, call->ev.a.merge.into, JOIN_GRO);
}

static void learn_ip(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	(void)r;
	if (!p->ip)
		p->ip = call;
	if (p->proto)
		return;
	p->proto = a->ip.proto;
	memcpy(p->saddr, a->ip.saddr, sizeof(p->saddr));
	memcpy(p->daddr, a->ip.daddr, sizeof(p->daddr));
}

static void learn_ip6(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	(void)r;
	if (p->ip6)
		return;
	p->ip6 = call;
	p->proto = a->ip6.proto;
	memcpy(p->saddr6, a->ip6.saddr, sizeof(p->saddr6));
	memcpy(p->daddr6, a->ip6.daddr, sizeof(p->daddr6));
}

static void learn_udp(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	(void)r;
	p->udp = call;
	p->sport = a->udp.sport;
	p->dport = a->udp.dport;
	p->payload = a->udp.len;
}

static void learn_tcp(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	(void)r;
	if (!p->tcp)
		p->tcp = call;
	memcpy(p->saddr, a->tcp.saddr, sizeof(p->saddr));
	memcpy(p->daddr, a->tcp.daddr, sizeof(p->daddr));
	p->sport = a->tcp.sport;
	p->dport = a->tcp.dport;
	p->seq = a->tcp.seq;
	p->payload = a->tcp.len;
	p->tcp_flags = a->tcp.flags;
}

static void learn_segment(struct model *m, const struct roles *r, struct packet *p,
			  struct call *call)
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
	if (call->ev.kind == r->queue_rcv || (call->ev.kind == r->data_queue && !p->queue))
		p->queue = call;
}

static void learn_backlog(struct model *m, const struct roles *r, struct packet *p,
			  struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)r;
	p->sock = model_make_sock(m, a->backlog.sk, a->backlog.sport, a->backlog.dport);
	if (!p->segment)
		p->segment = call;
	if (a->backlog.into)
		join(m, p, a->backlog.into, JOIN_QUEUE);
}

static void learn_coalesce(struct model *m, const struct roles *r, struct packet *p,
			   struct call *call)
{
	(void)r;
	if (call->ev.ret == 1)
		join(m, p, call->ev.a.coalesce.into, JOIN_QUEUE);
}

static void learn_datagram(struct model *m, const struct roles *r, struct packet *p,
			   struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)r;
	p->sock = model_make_sock(m, a->datagram.sk, a->datagram.sport, a->datagram.dport);
	if (!call->ev.ret)
		p->queue = call;
}

static void learn_take(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	struct call *up;

	(void)m;
	(void)r;
	p->taken = NULL;
	for (up = call->parent; up && !p->taken; up = up->parent)
		if (kind_get(up->ev.kind)->class == EV_recv)
			p->taken = up;
}

static void learn_drop(struct model *m, const struct roles *r, struct packet *p, struct call *call)
{
	(void)m;
	(void)r;
	if (!p->drop)
		p->drop = call;
}

/* One more than the place of the skb's id in what a class keeps: 0 is none. */
#define SKB(member) (offsetof(union event_args, member.skb) + 1)

/*
 * A class whose events name a packet is a row. The trace may know a packet first by any of
 * them but those of @late classes, which copy skbs, hand them on or give them back: that
 * is done for those that are sent, too.
 */
static const struct {
	u16 skb;
	bool late;
	learn_fn learn;
} rows[EV_NR] = {
	[EV_rx_desc] = { SKB(rx_desc), false, learn_desc },
	[EV_skb] = { SKB(skb), false, learn_skb },
	[EV_merge] = { SKB(merge), false, learn_merge },
	[EV_flush] = { SKB(flush), false, NULL },
	[EV_clone] = { SKB(clone), true, NULL },
	[EV_free] = { SKB(free), true, NULL },
	[EV_drop] = { SKB(drop), true, learn_drop },
	[EV_ip] = { SKB(ip), false, learn_ip },
	[EV_finish] = { SKB(ip), false, learn_ip },
	[EV_ip6] = { SKB(ip6), false, learn_ip6 },
	[EV_route] = { SKB(route), false, NULL },
	[EV_route6] = { SKB(route6), false, NULL },
	[EV_udp] = { SKB(udp), false, learn_udp },
	[EV_icmp] = { SKB(icmp), false, NULL },
	[EV_tcp] = { SKB(tcp), false, learn_tcp },
	[EV_tcp6] = { SKB(tcp), false, learn_tcp },
	[EV_segment] = { SKB(segment), false, learn_segment },
	[EV_input] = { SKB(segment), false, learn_segment },
	[EV_backlog] = { SKB(backlog), false, learn_backlog },
	[EV_coalesce] = { SKB(coalesce), false, learn_coalesce },
	[EV_syn] = { SKB(listen), false, NULL },
	[EV_child] = { SKB(child), false, NULL },
	[EV_datagram] = { SKB(datagram), true, learn_datagram },
	[EV_take] = { SKB(take), true, learn_take },
	[EV_copy] = { SKB(copy), true, NULL },
};

/**
 * call_skb - the skb that a call or event names
 * @call: call
 *
 * Return: the skb's id in the trace, 0 if it names none.
 */
u32 call_skb(const struct call *call)
{
	u16 at = rows[kind_get(call->ev.kind)->class].skb;
	u32 id = 0;

	if (at)
		memcpy(&id, (const char *)&call->ev.a + at - 1, sizeof(id));
	return id;
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
		if (!rank && rows[kind_get(call->ev.kind)->class].late)
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
	rings_learn(m, call);
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
	if (rows[kind->class].learn)
		rows[kind->class].learn(m, r, p, call);
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

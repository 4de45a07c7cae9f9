// SPDX-License-Identifier: GPL-2.0
/*
 * A packet from its birth to the end of its life, and what it is by itself.
 */
#include <stdlib.h>

#include "model/model.h"

#define ETH_HEADER 14

/**
 * packet_free - drop a packet
 * @p: packet, or NULL
 */
void packet_free(struct packet *p)
{
	size_t i;

	if (!p)
		return;
	for (i = 0; i < p->links.wakes.n; i++)
		free(p->links.wakes.v[i]);
	ptrs_free(&p->links.wakes);
	ptrs_free(&p->calls);
	free(p);
}

/**
 * packet_release - drop a packet that is over, as soon as nothing names it
 * @m: model
 * @p: packet
 */
void packet_release(struct model *m, struct packet *p)
{
	if (!p->judged || p->members)
		return;
	if (p->listed)
		m->packets.v[p->no - m->packet_base - 1] = NULL;
	p->listed = false;
	if (!p->current)
		packet_free(p);
}

/**
 * packet_new - an id begins another life
 * @m: model
 * @call: the call that is its first
 * @id: the skb's id in the trace
 *
 * Return: the packet, the id's latest from now on.
 */
struct packet *packet_new(struct model *m, const struct call *call, u32 id)
{
	struct packet *old = map_get(&m->lives, id);
	struct packet *p = xcalloc(1, sizeof(*p));

	p->id = id;
	p->born = call->ev.start;
	ptrs_add(&m->packets, p);
	p->no = m->packet_base + m->packets.n;
	p->listed = true;
	p->current = true;
	map_set(&m->lives, id, p);
	if (old) {
		old->current = false;
		packet_release(m, old);
	}
	return p;
}

/**
 * packet_end - the skb is given back: whatever has its id from now on is another one
 * @m: model
 * @id: the skb's id in the trace
 */
void packet_end(struct model *m, u32 id)
{
	struct packet *p = map_get(&m->lives, id);

	if (!p)
		return;
	map_set(&m->lives, id, NULL);
	p->current = false;
	packet_release(m, p);
}

/**
 * model_packet - a packet by its number
 * @m: model
 * @no: number, as in skb#no
 *
 * Return: the packet, or NULL; so also where it is not in the part of the trace
 * that the model holds.
 */
struct packet *model_packet(const struct model *m, u32 no)
{
	u32 i = no - m->packet_base - 1;

	return no > m->packet_base && i < m->packets.n ? m->packets.v[i] : NULL;
}

/**
 * packet_wire - when the packet's story begins
 * @p: packet
 *
 * The kernel learns of a frame from its interrupt. A packet that came in while
 * the poll was already running has its interrupt before it was on the wire,
 * yet no event is nearer.
 *
 * Return: the interrupt's time, else the packet's first event's.
 */
u64 packet_wire(const struct packet *p)
{
	return p->irq ? p->irq->ev.start : p->born;
}

/**
 * packet_length - a packet's length on the wire
 * @p: packet
 *
 * Return: bytes of the frame, without its check sequence; 0 if not seen.
 */
u32 packet_length(const struct packet *p)
{
	/* Without our descriptor it was first seen with its Ethernet header pulled. */
	return p->desc || !p->len ? p->len : p->len + ETH_HEADER;
}

/**
 * packet_ip - where a packet came to IP
 * @p: packet
 *
 * Return: IPv4's or IPv6's first call, which tells the addresses; NULL if there is none.
 */
const struct call *packet_ip(const struct packet *p)
{
	return p->ip6 ? p->ip6 : p->ip;
}

/**
 * packet_end_of - the packet that a packet's bytes went on in
 * @p: packet
 *
 * Return: the one that it joined in GRO, else @p.
 */
const struct packet *packet_end_of(const struct packet *p)
{
	return p->join == JOIN_GRO && p->into ? p->into : p;
}

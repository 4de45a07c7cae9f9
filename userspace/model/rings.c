// SPDX-License-Identifier: GPL-2.0
/*
 * Receive rings: what the driver took, filled and told the NIC of, and how far the
 * NIC's knowledge goes.
 *
 * Events tell of changes, so what was before the first of them is known in part: the NIC's
 * tail is then at most what the driver had filled.
 */
#include <stdlib.h>
#include <string.h>

#include "model/rings.h"

static struct ring *ring_of(struct model *m, u32 ifindex)
{
	struct ring *ring = map_get(&m->ring_keys, ifindex);

	if (ring)
		return ring;
	ring = xcalloc(1, sizeof(*ring));
	ring->ifindex = ifindex;
	map_set(&m->ring_keys, ifindex, ring);
	ptrs_add(&m->rings, ring);
	return ring;
}

/* The first that is heard of the ring: no descriptor beyond @ntu is the NIC's. */
static void learn_fill(struct ring *ring, u32 ntu)
{
	if (!ring->told && !ring->taken && !ring->polls && !ring->refills)
		ring->tail = ntu;
	ring->ntu = ntu;
}

static void learn_desc(struct ring *ring, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	learn_fill(ring, a->rx_desc.ntu);
	if (a->rx_desc.count)
		ring->count = a->rx_desc.count;
	/* It goes round there. */
	else if (!a->rx_desc.ntc)
		ring->count = a->rx_desc.index + 1;
	ring->ntc = a->rx_desc.ntc;
	ring->taken++;
	ring->latest = call->ev.start;
}

static void learn_refill(struct ring *ring, const union event_args *a)
{
	learn_fill(ring, a->rx_refill.ntu);
	ring->ntc = a->rx_refill.ntc;
	/* Of an empty ring all but one is wanted. */
	if (!a->rx_refill.filled && a->rx_refill.ntc == a->rx_refill.ntu)
		ring->count = a->rx_refill.want + 1;
	ring->due = ring->due || a->rx_refill.filled;
	ring->refills++;
	ring->filled += a->rx_refill.filled;
	ring->wanted += a->rx_refill.want;
}

static void learn_tail(struct ring *ring, const union event_args *a)
{
	/* Without a refill it is the set-up's, or of a driver that tells of none. */
	if (!ring->due)
		ring->ntu = a->rx_tail.tail;
	ring->vain += ring->due && a->rx_tail.tail != ring->ntu;
	ring->due = false;
	ring->told = true;
	ring->tail = a->rx_tail.tail;
	ring->doorbells++;
}

static void learn_cause(struct ring *ring, const struct call *call)
{
	const struct call *handler = call_above(call, KIND_HANDLER);

	if (handler && !*ring->name)
		memcpy(ring->name, handler->ev.a.handler.name, sizeof(ring->name));
}

/**
 * rings_learn - take what an event says of a ring
 * @m: model
 * @call: any call or event, in order of time
 */
void rings_learn(struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;
	struct ring *ring;

	if (call->ev.kind < KIND_CAUSE || call->ev.kind > KIND_FAULT)
		return;
	/* Each of them begins with it. */
	ring = ring_of(m, a->cause.ifindex);
	switch (call->ev.kind) {
	case KIND_CAUSE:
		learn_cause(ring, call);
		break;
	case KIND_POLL_BEGIN:
		learn_fill(ring, a->poll.ntu);
		ring->ntc = a->poll.ntc;
		ring->polls++;
		break;
	case KIND_POLL_END:
		ring->empty += !a->poll.work && !a->poll.tx_cleaned;
		break;
	case KIND_RX_DESC:
		learn_desc(ring, call);
		break;
	case KIND_RX_REFILL:
		learn_refill(ring, a);
		break;
	case KIND_RX_TAIL:
		learn_tail(ring, a);
		break;
	case KIND_FAULT:
		if (a->fault.fault < RING_FAULTS)
			ring->faults[a->fault.fault]++;
		break;
	}
}

/**
 * rings_free - drop what rings_learn() has made
 * @m: model
 */
void rings_free(struct model *m)
{
	size_t i;

	for (i = 0; i < m->rings.n; i++)
		free(m->rings.v[i]);
	ptrs_free(&m->rings);
	map_free(&m->ring_keys);
}

/**
 * ring_ahead - how far one descriptor is before another
 * @from: descriptor
 * @to: descriptor
 * @count: size of the ring
 *
 * Return: steps from the one to the other; 0 where they are none of that ring.
 */
u32 ring_ahead(u32 from, u32 to, u32 count)
{
	return from < count && to < count ? (to + count - from) % count : 0;
}

/**
 * ring_owned - how many descriptors the NIC can still write to
 * @ring: ring
 * @descs: where to put it
 *
 * Where no doorbell was seen it is at most so many.
 *
 * Return: false if the ring's size is not known.
 */
bool ring_owned(const struct ring *ring, u32 *descs)
{
	*descs = ring_ahead(ring->ntc, ring->tail, ring->count);
	return ring->count && ring->ntc < ring->count && ring->tail < ring->count;
}

/**
 * ring_untold - how many descriptors are filled without the NIC having been told
 * @ring: ring
 *
 * Return: descriptors, 0 if the ring's size is not known.
 */
u32 ring_untold(const struct ring *ring)
{
	return ring_ahead(ring->tail, ring->ntu, ring->count);
}

/**
 * call_is_of_poll - is an event of the poll as a whole, so of each of its packets
 * @call: call
 *
 * Return: true if it is.
 */
bool call_is_of_poll(const struct call *call)
{
	switch (call->ev.kind) {
	case KIND_CAUSE:
	case KIND_POLL_BEGIN:
	case KIND_POLL_END:
	case KIND_RX_REFILL:
	case KIND_RX_TAIL:
	case KIND_FAULT:
		return true;
	default:
		return false;
	}
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The views, and which packet shows each of them best.
 */
#include <stdio.h>
#include <string.h>

#include "view/view.h"

/* RXDMT0, RXO and RXT0 of ICR: 8254x manual, section 13.4.17. */
#define ICR_RECEIVE 0xd0

static const struct view views[] = {
	{ "init",
	  "from the driver's module to an interface that is up",
	  SUBJECT_SETUP,
	  LEVEL_CALLS,
	  { DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS } },
	{ "nic-ip",
	  "from the interrupt to ip_rcv",
	  SUBJECT_PACKET,
	  LEVEL_CALLS,
	  { DETAIL_CALLS, DETAIL_EDGE, DETAIL_NONE, DETAIL_NONE } },
	{ "ip-tcp",
	  "from ip_rcv to tcp_v4_rcv",
	  SUBJECT_PACKET,
	  LEVEL_CALLS,
	  { DETAIL_NONE, DETAIL_CALLS, DETAIL_EDGE, DETAIL_NONE } },
	{ "tcp-recv",
	  "from tcp_v4_rcv to the bytes that a recv returns",
	  SUBJECT_PACKET,
	  LEVEL_CALLS,
	  { DETAIL_NONE, DETAIL_NONE, DETAIL_CALLS, DETAIL_CALLS } },
	{ "epoll-ctl",
	  "how epoll_ctl hangs its callback on a socket's wait queue",
	  SUBJECT_EPOLL_CTL,
	  LEVEL_CALLS,
	  { DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS } },
	{ "epoll-wake",
	  "from the interrupt to epoll_wait and the read, the wake-up in full",
	  SUBJECT_PACKET,
	  LEVEL_CALLS,
	  { DETAIL_HOPS, DETAIL_HOPS, DETAIL_CALLS, DETAIL_CALLS } },
	{ "all",
	  "from the descriptor to the bytes in the program",
	  SUBJECT_PACKET,
	  LEVEL_HOPS,
	  { DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS } },
};

/**
 * view_at - the views, one by one
 * @i: from 0
 *
 * Return: the view, NULL past the last.
 */
const struct view *view_at(size_t i)
{
	return i < ARRAY_SIZE(views) ? &views[i] : NULL;
}

/**
 * view_find - a view by its name
 * @name: name
 *
 * Return: the view, or NULL.
 */
const struct view *view_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(views); i++)
		if (!strcmp(views[i].name, name))
			return &views[i];
	return NULL;
}

/**
 * view_names - what may be asked for
 *
 * Return: the names, separated by commas.
 */
const char *view_names(void)
{
	static char names[128];
	size_t len = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(views); i++)
		len += snprintf(names + len, sizeof(names) - len, "%s%s", i ? ", " : "",
				views[i].name);
	return names;
}

static bool has_wake(const struct packet *p, u8 layer, bool slept)
{
	size_t i;

	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		if (slept && !wake->run)
			continue;
		if (wake->callback && kind_get(wake->callback->ev.kind)->layer == layer)
			return true;
	}
	return false;
}

/* Raised for this packet, not for one before it or for a frame sent. */
static bool own_interrupt(const struct packet *p)
{
	const struct call *cause = p->irq ? call_below(p->irq, KIND_CAUSE) : NULL;

	if (!p->irq || p->born - p->irq->ev.start > NSEC_PER_MSEC)
		return false;
	return !cause || cause->ev.a.cause.icr & ICR_RECEIVE;
}

/**
 * view_score - how well a packet shows a view
 * @p: packet, judged
 * @view: view
 *
 * Return: points; the first packet of those with the most is chosen.
 */
int view_score(const struct packet *p, const struct view *view)
{
	bool program = view->detail[STAGE_TASK] != DETAIL_NONE;
	int points = 0;

	points += p->irq ? 4 : 0;
	points += own_interrupt(p) ? 8 : 0;
	points += p->desc ? 8 : 0;
	points += packet_ip(p) ? 16 : 0;
	points += p->tcp ? 16 : 0;
	points += p->payload ? 2 : 0;
	points += p->verdict.complete ? 64 : 0;
	points -= p->join ? 8 : 0;
	if (!program)
		return points;
	points += p->links.read ? 256 : 0;
	points += p->links.wakes.n ? 32 : 0;
	if (!strcmp(view->name, "tcp-recv"))
		return points + (has_wake(p, RXPATH_LAYER_WAITQ, true) ? 512 : 0);
	return points + (has_wake(p, RXPATH_LAYER_EPOLL, true) ? 512 : 0) +
	       (p->links.wait ? 512 : 0);
}

/**
 * view_choose - the packet that shows a view best
 * @m: model
 * @view: view
 * @sel: which may be chosen
 *
 * Return: a packet, NULL if the trace has none of them.
 */
const struct packet *view_choose(const struct model *m, const struct view *view,
				 const struct selection *sel)
{
	const struct packet *best = NULL;
	size_t i;

	for (i = 0; i < m->packets.n; i++) {
		const struct packet *p = m->packets.v[i];

		if (!p || !select_packet(sel, p, m->calls.first))
			continue;
		if (!best || view_score(p, view) > view_score(best, view))
			best = p;
	}
	return best;
}

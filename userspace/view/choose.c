// SPDX-License-Identifier: GPL-2.0
/*
 * The views, and which packet shows each of them best.
 */
#include "base/lang.h"
#include "view/view.h"

/* RXDMT0, RXO and RXT0 of ICR: 8254x manual, section 13.4.17. */
#define ICR_RECEIVE 0xd0

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

/* Of all the first packet with the most points is chosen. */
static int score_way(const struct packet *p)
{
	int points = 0;

	points += p->irq ? 4 : 0;
	points += own_interrupt(p) ? 8 : 0;
	points += p->desc ? 8 : 0;
	points += packet_ip(p) ? 16 : 0;
	points += p->tcp ? 16 : 0;
	points += p->payload ? 2 : 0;
	points += p->verdict.complete ? 64 : 0;
	points -= p->join ? 8 : 0;
	return points;
}

static int score_program(const struct packet *p)
{
	return score_way(p) + (p->links.read ? 256 : 0) + (p->links.wakes.n ? 32 : 0);
}

static int score_recv(const struct packet *p)
{
	return score_program(p) + (has_wake(p, RXPATH_LAYER_WAITQ, true) ? 512 : 0);
}

static int score_epoll(const struct packet *p)
{
	return score_program(p) + (has_wake(p, RXPATH_LAYER_EPOLL, true) ? 512 : 0) +
	       (p->links.wait ? 512 : 0);
}

static const struct view rows[] = {
	{ "init",
	  N_("from the driver's module to an interface that is up"),
	  &subject_setup,
	  NULL,
	  LEVEL_CALLS,
	  { DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS } },
	{ "nic-ip",
	  N_("from the interrupt to ip_rcv"),
	  NULL,
	  score_way,
	  LEVEL_CALLS,
	  { DETAIL_CALLS, DETAIL_EDGE, DETAIL_NONE, DETAIL_NONE } },
	{ "softirq",
	  N_("from the interrupt to the socket's queue: what the softirq does"),
	  NULL,
	  score_way,
	  LEVEL_LAYERS,
	  { DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS, DETAIL_NONE } },
	{ "ip-tcp",
	  N_("from ip_rcv to tcp_v4_rcv"),
	  NULL,
	  score_way,
	  LEVEL_CALLS,
	  { DETAIL_NONE, DETAIL_CALLS, DETAIL_EDGE, DETAIL_NONE } },
	{ "tcp-recv",
	  N_("from tcp_v4_rcv to the bytes that a recv returns"),
	  NULL,
	  score_recv,
	  LEVEL_CALLS,
	  { DETAIL_NONE, DETAIL_NONE, DETAIL_CALLS, DETAIL_CALLS } },
	{ "epoll-ctl",
	  N_("how epoll_ctl hangs its callback on a socket's wait queue"),
	  &subject_epoll_ctl,
	  NULL,
	  LEVEL_CALLS,
	  { DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS } },
	{ "epoll-wake",
	  N_("from the interrupt to the read, the wake-up in full"),
	  NULL,
	  score_epoll,
	  LEVEL_CALLS,
	  { DETAIL_HOPS, DETAIL_HOPS, DETAIL_CALLS, DETAIL_CALLS } },
	{ "all",
	  N_("from the descriptor to the bytes in the program"),
	  NULL,
	  score_epoll,
	  LEVEL_HOPS,
	  { DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS, DETAIL_CALLS } },
};

static const char *row_name(size_t i)
{
	return i < ARRAY_SIZE(rows) ? rows[i].name : NULL;
}

static const char *row_help(size_t i)
{
	return rows[i].help;
}

const struct choices views = { row_name, row_help };

/* Of a view that is not about a packet none shows anything. */
static int rate(size_t i, const struct packet *p)
{
	return rows[i].score ? rows[i].score(p) : 0;
}

const struct ratings view_ratings = { ARRAY_SIZE(rows), row_name, rate };

/**
 * view_search - what a view's picture is drawn of
 * @view: view
 *
 * Return: what to look for in a trace.
 */
struct search view_search(const struct view *view)
{
	return (struct search){
		.ratings = &view_ratings,
		.no = view - rows,
		.score_call = view->calls ? view->calls->score : NULL,
		.every = view->calls && view->calls->every,
	};
}

/**
 * view_at - the views, one by one
 * @i: from 0
 *
 * Return: the view, NULL past the last.
 */
const struct view *view_at(size_t i)
{
	return i < ARRAY_SIZE(rows) ? &rows[i] : NULL;
}

/**
 * view_find - a view by its name
 * @name: name
 *
 * Return: the view, or NULL.
 */
const struct view *view_find(const char *name)
{
	int i = choice_find(&views, name);

	return i < 0 ? NULL : &rows[i];
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
		if (!best || view->score(p) > view->score(best))
			best = p;
	}
	return best;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * From the wire to the interrupt, with a clock for each.
 *
 * The trace's clock and the capture's run alike but do not begin alike. What lies
 * between them is not known, so the fastest frame is taken to have waited for
 * nothing, and the others are measured by it. The fastest is looked for among
 * frames that their interrupt has announced: the first that was polled after it,
 * if the interrupt's cause says that frames have come, or is not told. (One that
 * was raised as frames had been sent may be older than the frame.) And no frame
 * is in the ring before it is on the wire.
 */
#include <stdlib.h>

#include "base/say.h"
#include "model/wire-wait.h"
#include "model/wire.h"

/* Of the cause register: frames have come, the ring runs low, it has run over. */
#define CAUSE_RX 0xd0

/**
 * wire_wait_open - begin to measure
 * @w: what is measured, zeroed
 * @pcap: the capture, NULL to measure nothing
 *
 * Return: 0, or EXIT_FAILED after one line.
 */
int wire_wait_open(struct wire_wait *w, const char *pcap)
{
	if (!pcap)
		return 0;
	w->wire = wire_open(pcap, WIRE_HEADERS);
	return w->wire ? 0 : EXIT_FAILED;
}

/* Differences of clocks, with the sign that comes out: compared round the circle. */
static bool is_less(u64 a, u64 b)
{
	return (s64)(a - b) < 0;
}

static void bound(struct wire_wait *w, u64 wait)
{
	if (w->any && !is_less(wait, w->least))
		return;
	w->least = wait;
	w->any = true;
}

static bool announces(const struct call *irq)
{
	const struct call *cause = call_below(irq, KIND_CAUSE);

	return !cause || cause->ev.a.cause.icr & CAUSE_RX;
}

/**
 * wire_wait_packet - measure a packet
 * @w: what is measured
 * @p: packet, in the order of their numbers
 * @chosen: it counts; others tell of the clocks alone
 */
void wire_wait_packet(struct wire_wait *w, const struct packet *p, bool chosen)
{
	bool first = p->irq && p->irq->ev.no != w->irq;
	struct wire_frame frame;
	u64 wait;
	long at;

	if (!w->wire)
		return;
	if (p->irq)
		w->irq = p->irq->ev.no;
	at = wire_match(w->wire, p);
	if (at < 0) {
		w->absent += chosen;
		return;
	}
	wire_frame(w->wire, at, &frame);
	bound(w, p->born - frame.time);
	if (!p->irq)
		return;
	wait = p->irq->ev.start - frame.time;
	if (first && announces(p->irq))
		bound(w, wait);
	if (!chosen)
		return;
	if (w->n == w->room) {
		w->room = w->room ? w->room * 2 : 1024;
		w->waits = xrealloc(w->waits, w->room, sizeof(*w->waits));
	}
	w->waits[w->n++] = wait;
}

/**
 * wire_wait_finish - what was measured
 * @w: it
 * @waits: gets each wait, in ns, beside the fastest frame's
 *
 * Return: frames that came after their interrupt: the poll was under way.
 */
u64 wire_wait_finish(struct wire_wait *w, struct hist *waits)
{
	u64 during = 0;
	size_t i;

	for (i = 0; i < w->n; i++) {
		if (is_less(w->waits[i], w->least))
			during++;
		else
			hist_add(waits, w->waits[i] - w->least);
	}
	return during;
}

/**
 * wire_wait_close - drop it
 * @w: what was measured
 */
void wire_wait_close(struct wire_wait *w)
{
	wire_close(w->wire);
	free(w->waits);
}

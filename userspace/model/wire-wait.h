/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How long frames were on the wire before the kernel's interrupt handler began.
 */
#ifndef RXPATH_WIRE_WAIT_H
#define RXPATH_WIRE_WAIT_H

#include "base/hist.h"
#include "model/model.h"

struct wire;

struct wire_wait {
	struct wire *wire; /* NULL: no capture was given */
	u64 *waits; /* of the chosen packets, by two clocks: the differences count */
	size_t n;
	size_t room;
	u64 least; /* that a frame can have had, of all */
	u64 irq; /* event of the interrupt before */
	bool any;
	u64 absent; /* chosen packets that the capture does not have */
};

int wire_wait_open(struct wire_wait *w, const char *pcap);
void wire_wait_packet(struct wire_wait *w, const struct packet *p, bool chosen);
u64 wire_wait_finish(struct wire_wait *w, struct hist *waits);
void wire_wait_close(struct wire_wait *w);

#endif /* RXPATH_WIRE_WAIT_H */

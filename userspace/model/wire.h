/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A capture of the wire, and which of its frames is which packet of the trace.
 */
#ifndef RXPATH_WIRE_H
#define RXPATH_WIRE_H

#include "model/model.h"

struct wire;

struct wire_frame {
	u64 time; /* ns, of the capture's own clock */
	const u8 *bytes;
	u32 caplen; /* of it, kept */
	u32 len;
	bool taken;
};

/* Enough of a frame to know it by; the whole of it. */
#define WIRE_HEADERS 128
#define WIRE_WHOLE   (~0U)

struct wire *wire_open(const char *path, u32 keep);
bool wire_frame(const struct wire *wire, size_t i, struct wire_frame *frame);
long wire_match(struct wire *wire, const struct packet *p);
void wire_close(struct wire *wire);

#endif /* RXPATH_WIRE_H */

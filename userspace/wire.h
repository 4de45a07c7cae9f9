/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A capture of the wire, and which of its frames is which packet of the trace.
 */
#ifndef RXPATH_WIRE_H
#define RXPATH_WIRE_H

#include "model.h"

struct wire;

struct wire_frame {
	u64 time; /* ns, of the capture's own clock */
	const u8 *bytes;
	u32 caplen;
	u32 len;
	bool taken;
};

struct wire *wire_open(const char *path);
bool wire_frame(const struct wire *wire, size_t i, struct wire_frame *frame);
long wire_match(struct wire *wire, const struct packet *p);
void wire_close(struct wire *wire);

#endif /* RXPATH_WIRE_H */

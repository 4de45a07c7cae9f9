/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What tracing itself costs, read off the trace, and taken off a packet's stages.
 */
#ifndef RXPATH_TRACING_H
#define RXPATH_TRACING_H

#include "model/stages.h"

struct tracing {
	u64 enter; /* ns, the least seen */
	u64 leave;
	u64 calls; /* that were looked at */
	bool seen;
	int gro; /* kind of the call whose inner ones are told in its own record */
};

void tracing_learn(struct tracing *t, const struct call *root);
u64 tracing_cost(const struct tracing *t);
void tracing_take_off(const struct packet *p, const struct stages *stages, u64 cost, u64 *took);

#endif /* RXPATH_TRACING_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A packet's way as moments, and the stages between them.
 */
#ifndef RXPATH_STAGES_H
#define RXPATH_STAGES_H

#include "model/model.h"

enum moment_id {
	AT_IRQ, /* the interrupt handler begins */
	AT_SCHEDULE, /* NAPI is on the poll list */
	AT_POLL, /* the driver's poll begins */
	AT_STACK, /* the driver hands the packet on */
	AT_CORE, /* GRO has let it go */
	AT_IP,
	AT_TCP,
	AT_QUEUE, /* its bytes are in the receive queue */
	AT_WAKE, /* the reader is made runnable */
	AT_RUN, /* it has a CPU */
	AT_READ, /* its recv runs */
	AT_DONE, /* recv returned with the bytes */
	AT_NR,
};

/* A stage ends at a moment and begins at the one before it that is known. */
enum stage_id {
	STAGE_INTERRUPT,
	STAGE_SOFTIRQ,
	STAGE_DRIVER,
	STAGE_GRO,
	STAGE_CORE,
	STAGE_TO_TCP,
	STAGE_TCP_QUEUE,
	STAGE_WAKE,
	STAGE_SCHEDULER,
	STAGE_PROGRAM,
	STAGE_QUEUED,
	STAGE_COPY,
	STAGE_ID_NR,
};

struct stage_time {
	enum stage_id id;
	u64 start;
	u64 end;
};

struct stages {
	u64 at[AT_NR]; /* 0 where the trace has no such event */
	struct stage_time list[AT_NR];
	unsigned int n;
};

void stages_find(const struct packet *p, struct stages *stages);
u64 stages_total(const struct stages *stages);
const struct wake *packet_reader_wake(const struct packet *p);
const char *stage_name(enum stage_id id);
const char *stage_help(enum stage_id id);
int stage_find(const char *name);
int moment_find(const char *name, size_t len);
const char *moment_name(enum moment_id id);

#endif /* RXPATH_STAGES_H */

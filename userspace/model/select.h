/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which trace a command is about, and which part of it: TRACE, --packet, --flow,
 * --pid, --from and --to, the same for every command.
 */
#ifndef RXPATH_SELECT_H
#define RXPATH_SELECT_H

#include <argp.h>

#include "model/model.h"

/* One end of a connection; 0 is any. */
struct endpoint {
	u8 addr[16];
	u8 len; /* of the address: IPv4's or IPv6's */
	u16 port;
};

/* A moment: of the trace's clock, or since its first event. */
struct moment {
	u64 ns;
	bool given;
	bool relative;
};

struct selection {
	u32 packet;
	u32 pid;
	struct endpoint ends[2];
	u8 nr_ends;
	struct moment from;
	struct moment to;
};

/* What to read, and what of it: input of the first of trace_children. */
struct trace_args {
	const char *path;
	struct selection sel;
};

extern const struct argp_child trace_children[];

int parse_flow(const char *text, struct selection *sel);
int parse_moment(const char *text, struct moment *moment);
bool select_empty(const struct selection *sel);
bool end_fits(const struct endpoint *end, const struct packet *p, bool to);
bool select_time(const struct selection *sel, u64 first, u64 time);
bool select_packet(const struct selection *sel, const struct packet *p, u64 first);
bool select_call(const struct selection *sel, const struct call *call, u64 first);
char *select_text(const struct selection *sel);

#endif /* RXPATH_SELECT_H */

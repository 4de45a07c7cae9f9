/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Second stage: events become calls, nested as they ran.
 */
#ifndef RXPATH_CALLS_H
#define RXPATH_CALLS_H

#include "trace/event.h"

enum call_flags {
	CALL_OPEN = 1, /* the trace ends, or has a gap, before it returned */
	CALL_HEADLESS = 2, /* the trace begins after it was entered */
	CALL_SHOWN = 4, /* scratch of an export: its tree has been written */
};

struct ctx_state;

struct call {
	struct event ev;
	struct call *parent;
	struct call *child; /* first in time */
	struct call *next; /* sibling, later in time */
	u16 flags;
	u16 height; /* of the tree below it */
	u32 packet; /* number of the packet it names, 0 if none */
	u32 mark; /* see call_mark_new() */
};

struct calls {
	bool streaming; /* calls are handed out and dropped while the trace is read */
	struct ptrs all; /* struct call, in order of entry once finished; unless streaming */
	struct ptrs roots; /* those without a parent, same order; streaming: handed out */
	struct call *spare; /* dropped, to be used again */
	struct map contexts;
	struct ctx_state *latest; /* context that was looked up last */
	u64 latest_key;
	struct ptrs order; /* the contexts, to free them */
	u64 first;
	u64 last;
	u64 now; /* of the last record */
	u64 lost; /* records, to a full buffer */
	u64 missed; /* calls, by the module's probes */
	u64 before; /* calls that were open when their function was hooked */
	u64 too_deep; /* calls that stand beside the one that they are in */
};

void calls_add(struct calls *calls, const struct event *ev);
void calls_finish(struct calls *calls);
void calls_close(struct calls *calls);
void calls_settle(struct calls *calls, bool final, struct ptrs *settled);
size_t calls_drop(struct calls *calls, struct call *call);
int calls_compare(const struct call *x, const struct call *y);
void calls_free(struct calls *calls);

const struct call *call_root(const struct call *call);
struct call *call_above(const struct call *call, int kind);
struct call *call_below(const struct call *call, int kind);
u64 call_duration(const struct call *call);
const char *call_name(const struct call *call);
size_t calls_from(const struct ptrs *list, u64 time);
u32 call_mark_new(void);

#endif /* RXPATH_CALLS_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One call of a hooked function, from its entry to its return.
 *
 * It lives in the trampoline's frame, or in the return probe's instance, while
 * the function runs. All that an event says of the call is read at entry, as
 * most of the path's functions free or hand on their skb; what changes during
 * the call is read again at return.
 */
#ifndef RXPATH_CALL_H
#define RXPATH_CALL_H

#include <linux/in6.h>
#include <linux/sched.h>
#include <linux/types.h>

struct rxpath_call;
struct sk_buff;
struct sock;
struct socket;

/* What is said of a socket wherever it is met. */
struct rxpath_sock {
	u32 sk;
	u32 queued;
	u16 sport;
	u16 dport;
	u8 state;
};

/* What became of the acknowledgment. */
enum rxpath_ack {
	RXPATH_ACK_NONE,
	RXPATH_ACK_SENT, /* in a segment that went out during the call */
	RXPATH_ACK_DELAYED, /* the timer of delayed acknowledgments runs */
	RXPATH_ACK_COMPRESSED, /* held back to be sent with others like it */
};

#define RXPATH_KEPT
#include "rxpath_classes.h"
#undef RXPATH_KEPT

enum rxpath_verdict {
	RXPATH_UNJUDGED, /* no filter was set */
	RXPATH_CHOSEN,
	RXPATH_PENDING, /* if a call in it is chosen */
	RXPATH_TOLD, /* in the record of the call around it */
};

/**
 * struct rxpath_call - one call of a hooked function
 * @start: when it was entered, ns of trace_clock_local()
 * @dur: ns until it returned
 * @ret: what it returned: 0 for void, 0 or 1 for bool and for pointers
 * @irqflags: the processor's flags at return, from before we held interrupts off
 * @judged: what the filter said at entry
 * @filter: the filter that said so, by its number
 * @before: how many calls of this context it had chosen before
 *
 * The union's member is the one of the hook's class.
 */
struct rxpath_call {
	u64 start;
	u64 dur;
	s64 ret;
	unsigned long irqflags;
	enum rxpath_verdict judged;
	u32 filter;
	u32 before;
	union {
#define RXPATH_CLASS(_class, _kept, ...) struct rxpath_##_kept _class;
#include "rxpath_classes.h"
	};
};

#endif /* RXPATH_CALL_H */

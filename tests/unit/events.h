/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A made-up stream of events, in the order in which a ring buffer has them: a
 * whole call when it returns.
 */
#ifndef TEST_EVENTS_H
#define TEST_EVENTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/model.h"

#define SKB 0xabc1
#define SK  0x50c1
#define PID 77

static inline struct event event_at(u16 kind, u8 phase, u8 ctx, u64 start, u64 end)
{
	static u32 no;

	return (struct event){
		.kind = kind,
		.phase = phase,
		.ctx = ctx,
		.start = start,
		.end = end,
		.no = ++no,
		.cpu = 1,
		.pid = ctx == CTX_TASK ? PID : 0,
	};
}

/* A hook's event, to be completed and added. */
static inline struct event hook_event(const char *name, u8 ctx, u64 start, u64 end)
{
	int kind = hook_find(name);

	assert_true(kind >= 0);
	return event_at(kind, PHASE_WHOLE, ctx, start, end);
}

static inline void add_hook(struct calls *calls, const char *name, u8 ctx, u64 start, u64 end)
{
	struct event ev = hook_event(name, ctx, start, end);

	calls_add(calls, &ev);
}

static inline void add_skb(struct calls *calls, const char *name, u32 skb, u64 start, u64 end)
{
	struct event ev = hook_event(name, CTX_SOFTIRQ, start, end);

	ev.a.skb.skb = skb;
	calls_add(calls, &ev);
}

static inline void add_edge(struct calls *calls, u16 kind, u8 phase, u8 ctx, u64 time)
{
	struct event ev = event_at(kind, phase, ctx, time, time);

	calls_add(calls, &ev);
}

static inline void add_desc(struct calls *calls, u32 skb, u16 index, u64 time)
{
	struct event ev = event_at(KIND_RX_DESC, PHASE_LEAF, CTX_SOFTIRQ, time, time);

	ev.a.rx_desc.skb = skb;
	ev.a.rx_desc.index = index;
	calls_add(calls, &ev);
}

static inline struct call *root_at(const struct calls *calls, size_t i)
{
	assert_true(i < calls->roots.n);
	return calls->roots.v[i];
}

/*
 * One segment of @len bytes from @seq on, taken up by a softirq at @at, which
 * wakes PID out of its recv; the read that takes it ends at @at + 900.
 */
static inline void add_segment(struct calls *calls, u32 skb, u32 seq, u32 len, u64 at)
{
	struct event ev;

	add_edge(calls, KIND_SOFTIRQ, PHASE_BEGIN, CTX_SOFTIRQ, at);
	add_desc(calls, skb, 3, at + 10);
	ev = hook_event("tcp_queue_rcv", CTX_SOFTIRQ, at + 50, at + 60);
	ev.a.segment.sk = SK;
	ev.a.segment.skb = skb;
	ev.a.segment.sport = 4000;
	ev.a.segment.dport = 80;
	ev.a.segment.seq = seq;
	ev.a.segment.end_seq = seq + len;
	ev.a.segment.rcv_nxt = seq;
	calls_add(calls, &ev);
	ev = event_at(KIND_WAKING, PHASE_LEAF, CTX_SOFTIRQ, at + 74, at + 74);
	ev.a.waking.pid = PID;
	snprintf(ev.a.waking.comm, sizeof(ev.a.waking.comm), "server");
	calls_add(calls, &ev);
	ev = hook_event("woken_wake_function", CTX_SOFTIRQ, at + 72, at + 76);
	ev.a.callback.pid = PID;
	calls_add(calls, &ev);
	ev = hook_event("sock_def_readable", CTX_SOFTIRQ, at + 70, at + 80);
	ev.a.sock.sk = SK;
	ev.a.sock.sport = 4000;
	ev.a.sock.dport = 80;
	calls_add(calls, &ev);
	ev = hook_event("tcp_rcv_established", CTX_SOFTIRQ, at + 40, at + 90);
	ev.a.segment.sk = SK;
	ev.a.segment.skb = skb;
	ev.a.segment.sport = 4000;
	ev.a.segment.dport = 80;
	calls_add(calls, &ev);
	ev = hook_event("tcp_v4_rcv", CTX_SOFTIRQ, at + 30, at + 100);
	ev.a.tcp.skb = skb;
	ev.a.tcp.seq = seq;
	ev.a.tcp.len = len;
	calls_add(calls, &ev);
	ev = hook_event("ip_rcv", CTX_SOFTIRQ, at + 20, at + 110);
	ev.a.ip.skb = skb;
	ev.a.ip.proto = 6;
	calls_add(calls, &ev);
	add_edge(calls, KIND_SOFTIRQ, PHASE_END, CTX_SOFTIRQ, at + 120);
}

static inline void add_read(struct calls *calls, u32 seq, u32 seq_after, u64 start, u64 end)
{
	struct event ev = hook_event("tcp_recvmsg", CTX_TASK, start, end);

	ev.a.recv.sk = SK;
	ev.a.recv.sport = 4000;
	ev.a.recv.dport = 80;
	ev.a.recv.seq = seq;
	ev.a.recv.seq_after = seq_after;
	ev.ret = seq_after - seq;
	calls_add(calls, &ev);
}

#endif /* TEST_EVENTS_H */

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

#include <linux/sched.h>
#include <linux/types.h>

struct sk_buff;
struct sock;

struct rxpath_irq {
	int irq;
};

struct rxpath_napi {
	u32 napi;
	int ifindex;
	int weight;
	int work;
};

struct rxpath_skb {
	u32 skb;
	int ifindex;
	u32 len;
	u16 protocol;
};

struct rxpath_merge {
	u32 into;
	u32 skb;
	u32 len;
};

struct rxpath_ip {
	u32 skb;
	u32 len;
	__be32 saddr;
	__be32 daddr;
	u16 id;
	u8 proto;
	u8 ttl;
};

/* A route lookup leaves the skb to its caller: it is there at return too. */
struct rxpath_route {
	const struct sk_buff *packet;
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u8 type;
};

struct rxpath_tcp {
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u32 seq;
	u32 ack;
	u32 len;
	u16 sport;
	u16 dport;
	u16 flags;
	u16 window;
};

/* What is said of a socket wherever it is met. */
struct rxpath_sock {
	u32 sk;
	u32 queued;
	u16 sport;
	u16 dport;
	u8 state;
};

/* The caller holds the socket for the whole call: it is there at return too. */
struct rxpath_segment {
	const struct sock *socket;
	struct rxpath_sock sock;
	u32 skb;
	u32 seq;
	u32 end_seq;
	u32 rcv_nxt;
	u32 rcv_nxt_after;
	u32 queued_after;
	bool fin;
};

struct rxpath_coalesce {
	u32 sk;
	u32 into;
	u32 skb;
	u32 seq;
	u32 end_seq;
};

struct rxpath_wake {
	u32 wq;
	u32 key;
};

struct rxpath_callback {
	u32 wait;
	int pid;
	u32 key;
	u8 exclusive;
	char comm[TASK_COMM_LEN];
};

struct rxpath_epoll_ctl {
	int epfd;
	int op;
	int fd;
};

struct rxpath_epoll_wait {
	int epfd;
	int maxevents;
};

/* The file descriptor holds the socket for the whole call. */
struct rxpath_recv {
	const struct sock *socket;
	struct rxpath_sock sock;
	u32 want;
	u32 flags;
	u32 seq;
	u32 seq_after;
};

struct rxpath_copy {
	u32 skb;
	u32 offset;
	u32 len;
};

/**
 * struct rxpath_call - one call of a hooked function
 * @start: when it was entered, ns of trace_clock_local()
 * @dur: ns until it returned
 * @ret: what it returned: 0 for void, 0 or 1 for bool and for pointers
 * @irqflags: the processor's flags at return, from before we held interrupts off
 *
 * The union's member is the one of the hook's class.
 */
struct rxpath_call {
	u64 start;
	u64 dur;
	s64 ret;
	unsigned long irqflags;
	union {
		struct rxpath_irq irq;
		struct rxpath_napi napi;
		struct rxpath_skb skb;
		struct rxpath_merge merge;
		struct rxpath_ip ip;
		struct rxpath_route route;
		struct rxpath_tcp tcp;
		struct rxpath_segment segment;
		struct rxpath_coalesce coalesce;
		struct rxpath_sock sock;
		struct rxpath_wake wake;
		struct rxpath_callback callback;
		struct rxpath_epoll_ctl epoll_ctl;
		struct rxpath_epoll_wait epoll_wait;
		struct rxpath_recv recv;
		struct rxpath_copy copy;
	};
};

#endif /* RXPATH_CALL_H */

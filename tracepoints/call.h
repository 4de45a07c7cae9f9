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

/*
 * A frame on its way through GRO, and the calls in its own that are told with it
 * (fold.h): ns from the start of the one to the other's. @around: the call that
 * @rxpath_gro_call was before.
 */
struct rxpath_gro {
	struct rxpath_skb skb;
	struct rxpath_call *around;
	u32 dev_after;
	u32 dev_dur;
	u32 merge_after;
	u32 merge_dur;
	u32 into;
	u32 merged;
	s8 merge_ret;
	u8 inner;
};

struct rxpath_merge {
	u32 into;
	u32 skb;
	u32 len;
};

/* A list of packets: how many, and the first of them. */
struct rxpath_list {
	u32 first;
	u32 count;
};

/* GRO lets a packet go. */
struct rxpath_flush {
	u32 skb;
	u32 len;
	u16 count;
};

/* The copy is what the function returns. */
struct rxpath_clone {
	u32 skb;
};

struct rxpath_free {
	u32 skb;
	u32 users;
};

struct rxpath_drop {
	u32 skb;
	u32 len;
	u32 users;
	u32 reason;
	u16 protocol;
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

struct rxpath_ip6 {
	u32 skb;
	u32 len;
	struct in6_addr saddr;
	struct in6_addr daddr;
	u8 proto;
	u8 hops;
};

/* Early demux and route: unless it was dropped, the caller has the skb back. */
struct rxpath_finish {
	const struct sk_buff *packet;
	struct rxpath_ip ip;
	u32 sk;
	u8 type;
};

/* A route lookup leaves the skb to its caller: it is there at return too. */
struct rxpath_route {
	const struct sk_buff *packet;
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u8 type;
};

struct rxpath_route6 {
	const struct sk_buff *packet;
	u32 skb;
	int error;
	struct in6_addr saddr;
	struct in6_addr daddr;
	u8 type;
};

struct rxpath_udp {
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u16 sport;
	u16 dport;
	u16 len;
};

struct rxpath_icmp {
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u16 id;
	u16 seq;
	u8 type;
	u8 code;
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

struct rxpath_tcp6 {
	struct rxpath_tcp tcp;
	struct in6_addr saddr;
	struct in6_addr daddr;
};

/* What is said of a socket wherever it is met. */
struct rxpath_sock {
	u32 sk;
	u32 queued;
	u16 sport;
	u16 dport;
	u8 state;
};

/* Where a segment lies in what the socket expects. */
enum rxpath_order {
	RXPATH_ORDER_NONE, /* no data */
	RXPATH_ORDER_NEXT, /* in order */
	RXPATH_ORDER_OLD, /* all of it has been received before */
	RXPATH_ORDER_OVERLAP, /* its beginning has */
	RXPATH_ORDER_AHEAD, /* out of order: something before it is missing */
	RXPATH_ORDER_BEYOND, /* outside of the window */
};

/* What became of the acknowledgment. */
enum rxpath_ack {
	RXPATH_ACK_NONE,
	RXPATH_ACK_SENT, /* in a segment that went out during the call */
	RXPATH_ACK_DELAYED, /* the timer of delayed acknowledgments runs */
	RXPATH_ACK_COMPRESSED, /* held back to be sent with others like it */
};

/* Header prediction at the beginning of tcp_rcv_established(). */
enum rxpath_path {
	RXPATH_PATH_NONE, /* another function */
	RXPATH_PATH_FAST,
	RXPATH_PATH_SLOW,
};

/*
 * The caller holds the socket for the whole call: it is there at return too.
 * The members behind fin are those of the class "input".
 */
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
	u8 order;
	u8 path;
	u8 ack;
	u32 segs_out;
	u32 window;
};

struct rxpath_backlog {
	const struct sock *socket;
	const struct sk_buff *packet;
	struct rxpath_sock sock;
	u32 skb;
	u32 into;
	u32 seq;
	u32 end_seq;
	u32 bytes;
	u32 bytes_after;
};

struct rxpath_coalesce {
	u32 sk;
	u32 into;
	u32 skb;
	u32 seq;
	u32 end_seq;
};

/* A socket is made; read when it is there. */
struct rxpath_create {
	const void *socket;
	u32 sk;
	u16 family;
	u16 type;
	u16 protocol;
	char ops[28];
	char prot[8];
};

/* What a program does to a socket, and what that changes. */
struct rxpath_socket {
	const struct sock *socket;
	struct rxpath_sock sock;
	u16 sport_after;
	u16 dport_after;
	u8 state_after;
	int value;
};

struct rxpath_state {
	struct rxpath_sock sock;
	u8 to;
};

/* A listening socket and its queues: of half-open and of finished connections. */
struct rxpath_listen {
	const struct sock *socket;
	u32 sk;
	u32 skb;
	u32 req;
	u32 child;
	u32 syn_queue;
	u32 syn_queue_after;
	u32 accept_queue;
	u32 accept_queue_after;
	u32 backlog;
	u16 dport;
};

struct rxpath_child {
	struct rxpath_sock sock;
	u32 parent;
	u32 skb;
};

struct rxpath_datagram {
	const struct sock *socket;
	struct rxpath_sock sock;
	u32 skb;
	u32 len;
	u32 memory;
	u32 memory_after;
	u32 limit;
};

/* The skb taken from the queue is what the function returns. */
struct rxpath_take {
	struct rxpath_sock sock;
	u32 flags;
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

/* An entry is hung on a wait queue. */
struct rxpath_entry {
	u32 wq;
	u32 wait;
};

struct rxpath_epoll_callback {
	const void *list;
	u32 wait;
	u32 ep;
	u32 key;
	u32 events;
	int fd;
	u16 ready;
	u16 ready_after;
	u8 exclusive;
};

struct rxpath_epoll_item {
	u32 ep;
	u32 events;
	int fd;
};

struct rxpath_epoll_create {
	u32 ep;
	int flags;
};

struct rxpath_epoll_ctl {
	u32 ep;
	u32 events;
	int epfd;
	int op;
	int fd;
};

struct rxpath_epoll_wait {
	const void *list;
	u32 ep;
	int epfd;
	int maxevents;
	u16 ready;
	u16 ready_after;
};

struct rxpath_poll {
	struct rxpath_sock sock;
	u32 wq;
	u32 events;
};

struct rxpath_select {
	u32 nfds;
};

/* The file descriptor holds the socket for the whole call. */
struct rxpath_recv {
	const struct sock *socket;
	struct rxpath_sock sock;
	u32 want;
	u32 flags;
	u32 seq;
	u32 seq_after;
	u32 segs_out;
	u32 window;
	u8 ack;
};

struct rxpath_copy {
	u32 skb;
	u32 offset;
	u32 len;
};

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
 * The union's member is the one of the hook's class; the class "input" has that
 * of "segment", the class "syn" that of "listen".
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
		struct rxpath_irq irq;
		struct rxpath_napi napi;
		struct rxpath_skb skb;
		struct rxpath_gro gro;
		struct rxpath_merge merge;
		struct rxpath_list list;
		struct rxpath_flush flush;
		struct rxpath_clone clone;
		struct rxpath_free free;
		struct rxpath_drop drop;
		struct rxpath_ip ip;
		struct rxpath_ip6 ip6;
		struct rxpath_finish finish;
		struct rxpath_route route;
		struct rxpath_route6 route6;
		struct rxpath_udp udp;
		struct rxpath_icmp icmp;
		struct rxpath_tcp tcp;
		struct rxpath_tcp6 tcp6;
		struct rxpath_segment segment;
		struct rxpath_backlog backlog;
		struct rxpath_coalesce coalesce;
		struct rxpath_sock sock;
		struct rxpath_create create;
		struct rxpath_socket socket;
		struct rxpath_state state;
		struct rxpath_listen listen;
		struct rxpath_child child;
		struct rxpath_datagram datagram;
		struct rxpath_take take;
		struct rxpath_wake wake;
		struct rxpath_callback callback;
		struct rxpath_entry entry;
		struct rxpath_epoll_callback epoll_callback;
		struct rxpath_epoll_item epoll_item;
		struct rxpath_epoll_create epoll_create;
		struct rxpath_epoll_ctl epoll_ctl;
		struct rxpath_epoll_wait epoll_wait;
		struct rxpath_poll poll;
		struct rxpath_select select;
		struct rxpath_recv recv;
		struct rxpath_copy copy;
	};
};

#endif /* RXPATH_CALL_H */

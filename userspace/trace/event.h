/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A decoded event, and the table of the kinds of events that the reader knows.
 * Nothing behind the input stage sees a trace file.
 */
#ifndef RXPATH_EVENT_H
#define RXPATH_EVENT_H

#include "base/util.h"

/* The first inclusion is for enum rxpath_layer alone. */
#define RXPATH_HOOK(event, class, arg, symbols, layer, file, why)
#include "../../include/rxpath_hooks.h"

enum context {
	CTX_HARDIRQ,
	CTX_SOFTIRQ,
	CTX_TASK,
	CTX_NR,
};

/* A hook's class has the name it has in the hook table. */
enum event_class {
	EV_call,
	EV_irq,
	EV_napi,
	EV_skb,
	/* The decoder takes it apart (input-inner.h): then it is an skb's. */
	EV_gro = EV_skb,
	EV_merge,
	EV_list,
	EV_flush,
	EV_clone,
	EV_free,
	EV_drop,
	EV_ip,
	EV_ip6,
	EV_finish,
	EV_route,
	EV_route6,
	EV_udp,
	EV_icmp,
	EV_tcp,
	EV_tcp6,
	EV_segment,
	EV_input,
	EV_backlog,
	EV_coalesce,
	EV_sock,
	EV_create,
	EV_socket,
	EV_state,
	EV_syn,
	EV_listen,
	EV_child,
	EV_datagram,
	EV_take,
	EV_wake,
	EV_callback,
	EV_epoll_callback,
	EV_entry,
	EV_epoll_create,
	EV_epoll_ctl,
	EV_epoll_item,
	EV_epoll_wait,
	EV_poll, /* poll of a file; EV_ring_poll is our driver's */
	EV_select,
	EV_recv,
	EV_copy,
	/* our driver */
	EV_cause,
	EV_ring_poll,
	EV_rx_desc,
	EV_rx_tail,
	EV_tx_desc,
	EV_tx_clean,
	/* the kernel's own */
	EV_handler,
	EV_vector,
	EV_waking,
	EV_switch,
	EV_syscall,
	/* records that the ring buffer dropped */
	EV_lost,
	/* calls that the trace module gave no event */
	EV_missed,
	EV_NR,
};

enum event_phase {
	PHASE_WHOLE, /* one event is one finished call */
	PHASE_BEGIN,
	PHASE_END,
	PHASE_LEAF, /* an instant */
};

#define COMM_LEN 16

union event_args {
	struct {
		u32 irq;
	} irq;
	struct {
		u32 napi, ifindex, weight, work;
	} napi;
	struct {
		u32 skb, ifindex, len;
		u16 protocol;
	} skb;
	struct {
		u32 into, skb, len;
	} merge;
	struct {
		u32 first, count;
	} list;
	struct {
		u32 skb, len;
		u16 count;
	} flush;
	struct {
		u32 skb, clone;
	} clone;
	struct {
		u32 skb, users;
	} free;
	struct {
		u32 skb, len, users, number;
		u16 protocol;
		char reason[28];
	} drop;
	struct {
		u32 skb, len;
		u8 saddr[4], daddr[4], proto, ttl;
		u16 id;
		u32 sk; /* EV_finish: found by early demux */
		u8 type; /* EV_finish: of the route */
	} ip;
	struct {
		u32 skb, len;
		u8 saddr[16], daddr[16], proto, hops;
	} ip6;
	struct {
		u32 skb;
		u8 saddr[4], daddr[4], type;
	} route;
	struct {
		u32 skb;
		u8 saddr[16], daddr[16], type;
	} route6;
	struct {
		u32 skb;
		u8 saddr[4], daddr[4];
		u16 sport, dport, len;
	} udp;
	struct {
		u32 skb;
		u8 saddr[4], daddr[4], type, code;
		u16 id, seq;
	} icmp;
	struct {
		u32 skb;
		u8 saddr[4], daddr[4];
		u16 sport, dport;
		u32 seq, ack, len;
		u16 flags, window;
		u8 saddr6[16], daddr6[16]; /* EV_tcp6 */
	} tcp;
	struct {
		u32 sk, skb;
		u16 sport, dport;
		u32 seq, end_seq, rcv_nxt, rcv_nxt_after;
		u32 queued, queued_after;
		u32 window; /* this and the last three: EV_input */
		u8 state, order, path, acked;
	} segment;
	struct {
		u32 sk, skb;
		u16 sport, dport;
		u32 seq, end_seq, into, backlog, backlog_after;
		u8 state;
	} backlog;
	struct {
		u32 sk, into, skb, seq, end_seq;
	} coalesce;
	struct {
		u32 sk;
		u16 sport, dport;
		u32 queued;
		u8 state;
	} sock;
	struct {
		u32 sk;
		u16 family, type, protocol;
		char ops[28], prot[8];
	} create;
	struct {
		u32 sk;
		u16 sport, dport;
		u32 value;
		u8 state, state_after;
	} socket; /* EV_state, too */
	struct {
		u32 sk, skb, req, child;
		u32 syn_queue, syn_queue_after, accept_queue, accept_queue_after, backlog;
		u16 dport;
	} listen; /* EV_syn, too */
	struct {
		u32 sk, parent, skb;
		u16 sport, dport;
		u8 state;
	} child;
	struct {
		u32 sk, skb;
		u16 sport, dport;
		u32 len, memory, memory_after, limit;
	} datagram;
	struct {
		u32 sk, flags, skb;
		u16 sport, dport;
	} take;
	struct {
		u32 wq, key;
	} wake;
	struct {
		u32 wait, wq, pid, key;
		char comm[COMM_LEN];
		u8 exclusive;
		/* EV_epoll_callback */
		u32 ep, fd, events;
		u16 ready, ready_after;
	} callback;
	struct {
		u32 wq, wait;
	} entry;
	struct {
		u32 ep, flags;
	} epoll_create;
	struct {
		u32 epfd, op, fd, ep, events;
	} epoll_ctl;
	struct {
		u32 ep, fd, events;
	} epoll_item;
	struct {
		u32 epfd, maxevents, ep;
		u16 ready, ready_after;
	} epoll_wait;
	struct {
		u32 sk, wq, events;
		u16 sport, dport;
		u8 state;
	} file_poll;
	struct {
		u32 nfds;
	} select;
	struct {
		u32 sk;
		u16 sport, dport;
		u32 want, flags, seq, seq_after, window;
		u8 acked;
	} recv;
	struct {
		u32 skb, offset, len;
	} copy;
	struct {
		u32 ifindex, icr;
		u8 scheduled;
	} cause;
	struct {
		u32 ifindex;
		u16 budget, work, ntc, ntu, tx_cleaned;
		u8 done;
	} poll;
	struct {
		u32 ifindex, skb;
		u16 index, len, ntc, ntu;
		u8 status;
	} rx_desc;
	struct {
		u32 ifindex;
		u16 tail, filled;
	} rx_tail;
	struct {
		u32 ifindex, skb;
		u16 index, len, descs, tail;
	} tx_desc;
	struct {
		u32 ifindex, bytes;
		u16 packets, ntc, ntu;
	} tx_clean;
	struct {
		u32 irq;
		char name[COMM_LEN];
	} handler;
	struct {
		u32 vec;
	} vector;
	struct {
		u32 pid, target_cpu;
		char comm[COMM_LEN];
	} waking;
	struct {
		u32 prev_pid, next_pid;
		u64 prev_state;
		char next_comm[COMM_LEN];
	} swtch;
	struct {
		u32 fd;
	} syscall;
	struct {
		u32 count;
	} lost;
	struct {
		u64 nested, exhausted;
		u32 before;
	} missed;
};

struct event {
	u64 start;
	u64 end; /* equal to start for an instant */
	s64 ret;
	u32 no; /* position in the trace, from 1 */
	u32 pid;
	u16 cpu;
	u16 kind;
	u8 ctx;
	u8 phase;
	union event_args a;
};

enum field_type {
	FIELD_INT,
	FIELD_BYTES,
	FIELD_STRING,
};

/* Where a field of the trace goes in union event_args. */
struct field {
	const char *name;
	u16 offset;
	u8 size;
	u8 type;
};

struct kind {
	const char *system;
	const char *name;
	const char *symbols; /* what the hook tries; NULL if not a hook */
	const char *file;
	const char *why;
	u8 class;
	u8 layer;
	u8 phase; /* of an event with exactly this name */
};

/* Kinds with a role of their own; the hooks come after them, in table order. */
enum known_kind {
	KIND_LOST,
	KIND_MISSED,
	KIND_HANDLER,
	KIND_SOFTIRQ,
	KIND_RAISE,
	KIND_WAKING,
	KIND_SWITCH_OUT,
	KIND_SWITCH_IN,
	KIND_CAUSE,
	KIND_POLL_BEGIN,
	KIND_POLL_END,
	KIND_RX_DESC,
	KIND_RX_TAIL,
	KIND_TX_DESC,
	KIND_TX_TAIL,
	KIND_TX_CLEAN,
	KIND_FIRST_HOOK,
};

const struct kind *kind_get(u16 kind);
u16 kind_count(void);
u16 kind_add(const char *system, const char *name, enum event_class class, enum event_phase phase);
int kind_find(const char *system, const char *name);
int hook_find(const char *name);
const struct field *class_fields(enum event_class class, size_t *n);

#endif /* RXPATH_EVENT_H */

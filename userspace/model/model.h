/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Third stage: packets, sockets and tasks, and what caused what.
 *
 * Each file makes one part from those before: tasks.c and socks.c who there is,
 * packets.c the lives (lives.c) and what each event says of them, links.c what a
 * packet led to, verdict.c its end. model.c runs them.
 */
#ifndef RXPATH_MODEL_H
#define RXPATH_MODEL_H

#include "model/calls.h"
#include "model/verdict.h"

/* One way a packet wakes a task: each entry of the wait queue is its own. */
struct wake {
	struct call *callback; /* outermost callback of the entry */
	struct call *waking; /* sched_waking; NULL if nobody slept */
	struct call *run; /* the task gets a CPU */
	struct call *blocked; /* what it slept in */
};

/* What a packet led to; NULL where the trace has no such event. */
struct links {
	struct ptrs wakes; /* struct wake */
	struct call *wait; /* epoll_wait that told the reader */
	struct call *read; /* recv that took the first of its bytes */
};

enum join {
	JOIN_NONE,
	JOIN_GRO, /* data appended to a packet that GRO held */
	JOIN_QUEUE, /* data joined to the receive queue's last skb */
};

/* One life of an skb. */
struct packet {
	u32 no; /* skb#no, in order of birth */
	u32 id; /* of the trace; ids are used again */
	u64 born;
	u32 ifindex;
	u32 len;
	u16 protocol; /* ethertype */
	u8 proto; /* IP protocol */
	u8 saddr[4];
	u8 daddr[4];
	u8 saddr6[16]; /* where ip6 is set */
	u8 daddr6[16];
	u16 sport;
	u16 dport;
	u16 tcp_flags;
	u32 seq;
	u32 payload;
	u8 rank; /* how far up the path its life has come */
	bool judged; /* streaming: told to the consumer */
	bool listed; /* streaming: reachable by its number */
	bool current; /* streaming: its id's latest life */
	bool given_up; /* streaming: unread for too long */
	u32 members; /* packets that joined it and are not judged yet */
	enum join join;
	struct packet *into;
	struct sock *sock;
	struct ptrs calls; /* that name it, in order of entry */

	/* The chain; NULL where the trace has no such event. */
	struct call *irq;
	struct call *schedule;
	struct call *softirq;
	struct call *poll;
	struct call *desc;
	struct call *tail; /* the doorbell before it */
	struct call *gro; /* handed to GRO */
	struct call *core; /* the net core looks for its protocol */
	struct call *ip;
	struct call *ip6;
	struct call *tcp; /* over IPv6, too */
	struct call *udp;
	struct call *segment;
	struct call *queue;
	struct call *changed; /* the state of its connection: wakes, too */
	struct call *ready;
	struct call *taken; /* recv that named it, a datagram */
	struct call *drop; /* why it went no further */

	struct links links;
	struct verdict verdict;
};

struct sock {
	u32 no; /* sock#no, in order of birth */
	u32 id;
	u16 sport;
	u16 dport;
	bool has_base;
	u32 base; /* sequence numbers are shown relative to it */
	struct ptrs reads;
};

struct task {
	u32 pid;
	char comm[COMM_LEN];
	struct ptrs runs; /* KIND_SWITCH_IN */
	struct ptrs calls; /* system calls, epoll_wait and recv */
};

struct model {
	struct calls calls;
	struct ptrs packets; /* from number packet_base + 1 on */
	u32 packet_base;
	struct roles *roles;
	struct ptrs socks;
	struct ptrs losses;
	struct ptrs order; /* tasks, to free them */
	struct map lives; /* skb id -> its latest packet */
	struct map sock_keys;
	struct map tasks;
	struct task *latest; /* task that was looked up last */
	struct map tails; /* ifindex -> latest rx_tail */
	struct map ring_keys; /* ifindex -> struct ring */
	struct ptrs rings;
	struct map schedules; /* napi id -> latest __napi_schedule */
};

struct input;

/* model.c */
struct model *model_load(const char *path);
void model_build(struct model *m);
void model_build_packets(struct model *m);
void model_build_verdicts(struct model *m);
void model_free(struct model *m);

/* tasks.c */
void model_learn(struct model *m, struct call *call);
void model_name_tasks(struct model *m, const struct input *in);
struct task *model_task(const struct model *m, u32 pid);

/* socks.c */
struct sock *model_sock(const struct model *m, u32 id, u16 sport, u16 dport);
struct sock *model_make_sock(struct model *m, u32 id, u16 sport, u16 dport);
void sock_base(struct sock *sk, u32 seq);

/* lives.c */
struct packet *packet_new(struct model *m, const struct call *call, u32 id);
void packet_end(struct model *m, u32 id);
void packet_release(struct model *m, struct packet *p);
void packet_free(struct packet *p);
struct packet *model_packet(const struct model *m, u32 no);
u64 packet_wire(const struct packet *p);
u32 packet_length(const struct packet *p);
const struct call *packet_ip(const struct packet *p);
const struct packet *packet_end_of(const struct packet *p);

/* packets.c */
void packets_build(struct model *m);
void packets_place(struct model *m, struct call *call);
void packets_free_roles(struct model *m);
u32 call_skb(const struct call *call);

/* links.c */
void links_find(struct model *m, struct packet *p);
bool seq_ranges_meet(u32 a, u32 a_end, u32 b, u32 b_end);

/* verdict.c */
void verdict_find(struct model *m, struct packet *p);
const char *packet_dropped(const struct packet *p);

#endif /* RXPATH_MODEL_H */

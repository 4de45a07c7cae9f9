/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The filter: which calls become events.
 *
 * A call is judged when it begins, by what it is about: its packet, its socket,
 * or neither; then by the calls around it and in it. The rules are in judge.c,
 * the words that set them in filter.c.
 */
#ifndef RXPATH_FILTER_H
#define RXPATH_FILTER_H

#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/in6.h>
#include <linux/jump_label.h>
#include <linux/skbuff.h>
#include <linux/types.h>

#include "frame.h"
#include "rxpath_hooks.h"

struct dentry;
struct iphdr;
struct sock;

/* What a call is about, and so what it is judged by. */
enum rxpath_subject {
	RXPATH_BY_FRAME, /* a packet whose data begins with its network header */
	RXPATH_BY_PACKET, /* a packet whose network header has been found */
	RXPATH_BY_MERGE, /* the packet that is the second argument */
	RXPATH_BY_COPY, /* the same, that may lie in a queue: skb->dev is not to be read */
	/* Up to here it is packets. */
	RXPATH_BY_SOCKET,
	RXPATH_BY_FILE, /* the socket of the file that is the first argument, if it is one */
	RXPATH_BY_DEVICE, /* an interrupt or a poll: before anything is known */
	RXPATH_BY_PART, /* one step of something: by the call that it is part of */
	RXPATH_BY_CALLS, /* by the call that it is part of, and by those in it */

	/* Each class's. A class that is added to the table is added here. */
	rxpath_subject_of_call = RXPATH_BY_CALLS,
	rxpath_subject_of_irq = RXPATH_BY_DEVICE,
	rxpath_subject_of_napi = RXPATH_BY_DEVICE,
	rxpath_subject_of_skb = RXPATH_BY_FRAME,
	rxpath_subject_of_gro = RXPATH_BY_FRAME,
	rxpath_subject_of_merge = RXPATH_BY_MERGE,
	rxpath_subject_of_list = RXPATH_BY_CALLS,
	rxpath_subject_of_flush = RXPATH_BY_PACKET,
	rxpath_subject_of_clone = RXPATH_BY_COPY,
	/* Its headers are gone already. */
	rxpath_subject_of_free = RXPATH_BY_PART,
	rxpath_subject_of_drop = RXPATH_BY_COPY,
	rxpath_subject_of_ip = RXPATH_BY_PACKET,
	rxpath_subject_of_ip6 = RXPATH_BY_PACKET,
	rxpath_subject_of_finish = RXPATH_BY_PACKET,
	rxpath_subject_of_route = RXPATH_BY_PACKET,
	rxpath_subject_of_route6 = RXPATH_BY_PACKET,
	rxpath_subject_of_udp = RXPATH_BY_PACKET,
	rxpath_subject_of_icmp = RXPATH_BY_PACKET,
	rxpath_subject_of_tcp = RXPATH_BY_PACKET,
	rxpath_subject_of_tcp6 = RXPATH_BY_PACKET,
	rxpath_subject_of_segment = RXPATH_BY_SOCKET,
	rxpath_subject_of_input = RXPATH_BY_SOCKET,
	rxpath_subject_of_backlog = RXPATH_BY_SOCKET,
	rxpath_subject_of_coalesce = RXPATH_BY_SOCKET,
	rxpath_subject_of_sock = RXPATH_BY_SOCKET,
	rxpath_subject_of_create = RXPATH_BY_CALLS,
	rxpath_subject_of_socket = RXPATH_BY_SOCKET,
	rxpath_subject_of_state = RXPATH_BY_SOCKET,
	rxpath_subject_of_syn = RXPATH_BY_SOCKET,
	rxpath_subject_of_listen = RXPATH_BY_SOCKET,
	rxpath_subject_of_child = RXPATH_BY_SOCKET,
	rxpath_subject_of_datagram = RXPATH_BY_SOCKET,
	rxpath_subject_of_take = RXPATH_BY_SOCKET,
	rxpath_subject_of_wake = RXPATH_BY_PART,
	rxpath_subject_of_callback = RXPATH_BY_PART,
	rxpath_subject_of_epoll_callback = RXPATH_BY_PART,
	rxpath_subject_of_entry = RXPATH_BY_PART,
	rxpath_subject_of_epoll_create = RXPATH_BY_CALLS,
	rxpath_subject_of_epoll_ctl = RXPATH_BY_CALLS,
	rxpath_subject_of_epoll_item = RXPATH_BY_CALLS,
	rxpath_subject_of_epoll_wait = RXPATH_BY_CALLS,
	rxpath_subject_of_poll = RXPATH_BY_FILE,
	rxpath_subject_of_select = RXPATH_BY_CALLS,
	rxpath_subject_of_recv = RXPATH_BY_SOCKET,
	rxpath_subject_of_copy = RXPATH_BY_COPY,
};

enum rxpath_condition {
	RXPATH_IF_DEV,
	RXPATH_IF_ADDR,
	RXPATH_IF_PORT,
	RXPATH_IF_PROTO,
	RXPATH_IF_PID,
	RXPATH_IF_SAMPLE,
	RXPATH_NR_CONDITIONS,
};

#define RXPATH_FLOWS_BITS 12

/**
 * struct rxpath_flows - flows met while the filter is in force
 * @keys: of remote and local end, as the receiver sees them; 0 is free
 *
 * Grows only, without a lock: a flow that finds no place is not remembered.
 */
struct rxpath_flows {
	u32 keys[1 << RXPATH_FLOWS_BITS];
};

/**
 * struct rxpath_filter - what must hold for a call to be chosen
 * @conditions: which of the members do, as bits of enum rxpath_condition
 * @generation: a number of its own
 * @dev: name of the device, as it was given
 * @ifindex: its index
 * @netns: cookie of its namespace: another's devices have the same indices
 * @family: of @addr
 * @prefix: how many bits of @addr count
 * @addr: of either end
 * @mask: those bits, of an IPv4 address
 * @port: of either end, host order
 * @proto: IPPROTO_*
 * @pid: of the process whose sockets are meant
 * @take: flows whose hash leaves this rest
 * @of: when divided by this
 * @seen: flows that have come through the device, as sockets do not tell it
 * @owned: flows of the process's sockets, as packets do not tell it
 * @ports: ports at which its sockets without a peer wait, a bit each
 */
struct rxpath_filter {
	unsigned long conditions;
	u32 generation;
	char dev[IFNAMSIZ];
	int ifindex;
	u64 netns;
	u8 family;
	u8 prefix;
	union {
		__be32 ip;
		struct in6_addr ip6;
	} addr;
	__be32 mask;
	u16 port;
	u8 proto;
	int pid;
	u32 take;
	u32 of;
	struct rxpath_flows *seen;
	struct rxpath_flows *owned;
	unsigned long *ports;
};

DECLARE_STATIC_KEY_FALSE(rxpath_filtering);
extern struct rxpath_filter __rcu *rxpath_filter;
extern __be16 rxpath_only_port;
extern unsigned long rxpath_unjudged;

bool rxpath_other_port(const struct sk_buff *skb, const struct iphdr *ip);
bool rxpath_judge(struct rxpath_frame *frame, unsigned int arg, enum rxpath_subject subject);
bool rxpath_judge_end(struct rxpath_call *call);
void rxpath_scopes_forget(u32 filter);
void rxpath_filter_learn(struct rxpath_filter *filter, const struct sock *sk);

void rxpath_filter_init(struct dentry *dir);
void rxpath_filter_exit(void);
void rxpath_filter_forget(void);

static __always_inline const struct sk_buff *
packet_of(const struct rxpath_frame *frame, unsigned int arg, enum rxpath_subject subject)
{
	const unsigned int index = arg & RXPATH_ARG_MASK;
	const struct sk_buff *skb = (void *)frame->args[index];

	if (subject == RXPATH_BY_MERGE)
		return (void *)frame->args[index + 1];
	if (arg & RXPATH_PSKB)
		return skb ? *(const struct sk_buff **)skb : NULL;
	return skb;
}

static __always_inline bool packet_has_other_port(const struct sk_buff *skb,
						  enum rxpath_subject subject)
{
	if (!skb)
		return false;
	if (subject != RXPATH_BY_FRAME)
		return rxpath_other_port(skb, (void *)skb_network_header(skb));
	return skb->protocol == htons(ETH_P_IP) && rxpath_other_port(skb, (void *)skb->data);
}

/**
 * rxpath_chosen - does the filter let this call become an event?
 * @frame: the call, with its arguments
 * @arg: the hook's argument index and flags
 * @subject: what the call is about
 *
 * Return: false if not, for good: there is nothing to do when it returns.
 */
static __always_inline bool rxpath_chosen(struct rxpath_frame *frame, unsigned int arg,
					  enum rxpath_subject subject)
{
	frame->call.judged = RXPATH_UNJUDGED;
	if (!static_branch_unlikely(&rxpath_filtering))
		return true;
	/* What is known here at compile time is not asked there. */
	if (subject <= RXPATH_BY_COPY &&
	    packet_has_other_port(packet_of(frame, arg, subject), subject))
		return false;
	return rxpath_judge(frame, arg, subject);
}

/**
 * rxpath_still_chosen - the call has returned: is it to become an event?
 * @call: the call
 *
 * Return: false if it depended on calls in it, and none of them was chosen.
 */
static __always_inline bool rxpath_still_chosen(struct rxpath_call *call)
{
	if (likely(call->judged == RXPATH_UNJUDGED))
		return true;
	return rxpath_judge_end(call);
}

#endif /* RXPATH_FILTER_H */

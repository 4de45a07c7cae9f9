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

#include <linux/atomic.h>
#include <linux/if.h>
#include <linux/if_ether.h>
#include <linux/in6.h>
#include <linux/ip.h>
#include <linux/jump_label.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/skbuff.h>
#include <linux/types.h>
#include <net/ip.h>
#include <net/sock.h>

#include "frame.h"
#include "rxpath_hooks.h"
#include "subject.h"

struct dentry;
struct sock;

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

/**
 * struct rxpath_scope - one context in which calls nest: a CPU's, or a task
 * @task: whose it is, among the tasks'
 * @filter: number of the filter that the counts belong to
 * @open: a task's calls that will come back: the last one frees the scope
 * @chosen: calls that will come back and are chosen
 * @hits: all that have been chosen, in a CPU's context by whatever filter
 * @polled: @hits as the last poll began
 */
struct rxpath_scope {
	const struct task_struct *task;
	u32 filter;
	u32 open;
	u32 chosen;
	u32 hits;
	u32 polled;
};

enum { RXPATH_SOFTIRQ, RXPATH_HARDIRQ, RXPATH_NR_CONTEXTS };

DECLARE_PER_CPU(struct rxpath_scope[RXPATH_NR_CONTEXTS], rxpath_scopes);
/* Chosen calls of all tasks that are open, by the lowest bit of the filter's number. */
extern atomic_t rxpath_tasks_chosen[2];
extern u32 rxpath_generation;

DECLARE_STATIC_KEY_FALSE(rxpath_filtering);
extern struct rxpath_filter __rcu *rxpath_filter;
extern __be16 rxpath_only_port;
extern int rxpath_gated;
extern unsigned long rxpath_unjudged;

bool rxpath_judge(struct rxpath_frame *frame, unsigned int arg, enum rxpath_subject subject);
bool rxpath_judge_end(struct rxpath_call *call, enum rxpath_subject subject);
u32 rxpath_generation_begin(void);
void rxpath_generation_begun(void);
void rxpath_filter_learn(struct rxpath_filter *filter, const struct sock *sk);

void rxpath_filter_init(struct dentry *dir);
void rxpath_filter_exit(void);
void rxpath_filter_forget(void);

static __always_inline const struct sk_buff *packet_of(const unsigned long *args, unsigned int arg,
						       enum rxpath_subject subject)
{
	const unsigned int index = arg & RXPATH_ARG_MASK;
	const struct sk_buff *skb = (void *)args[index];

	if (subject == RXPATH_BY_MERGE)
		return (void *)args[index + 1];
	if (arg & RXPATH_PSKB)
		return skb ? *(const struct sk_buff **)skb : NULL;
	return skb;
}

/*
 * Is a packet to be turned away without a closer look? Most that are turned away are
 * so for their port, and have plain headers: version 4, no options, not a fragment,
 * all of it in the linear part. Needs no filter but the port, and so no lock.
 */
static __always_inline bool packet_has_other_port(const struct sk_buff *skb,
						  enum rxpath_subject subject)
{
	const __be16 port = READ_ONCE(rxpath_only_port);
	const struct iphdr *ip;
	const __be16 *ports;
	int room;

	if (unlikely(!port) || unlikely(!skb))
		return false;
	if (subject == RXPATH_BY_FRAME) {
		if (unlikely(skb->protocol != htons(ETH_P_IP)))
			return false;
		ip = (void *)skb->data;
		room = skb_headlen(skb);
	} else {
		ip = (void *)skb_network_header(skb);
		room = skb_tail_pointer(skb) - (const u8 *)ip;
	}
	ports = (const __be16 *)(ip + 1);
	if (unlikely(room < (int)(sizeof(*ip) + 2 * sizeof(*ports))) ||
	    unlikely(*(const u8 *)ip != 0x45) || unlikely(ip->frag_off & htons(IP_MF | IP_OFFSET)))
		return false;
	/* Branches, and not one expression: the first decides for most. */
	switch (ip->protocol) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
		break;
	default:
		return false;
	}
	return ports[0] != port && ports[1] != port;
}

/* The same of a list of packets, the data of each at its network header: none is wanted. */
static __always_inline bool packets_have_other_ports(const struct list_head *packets)
{
	const struct sk_buff *skb;

	if (!packets)
		return false;
	list_for_each_entry(skb, packets, list)
		if (!packet_has_other_port(skb, RXPATH_BY_FRAME))
			return false;
	return true;
}

/* True where no socket, or this one, is turned away for its port; whatever family it has. */
static __always_inline bool socket_has_other_port(const struct sock *sk)
{
	const __be16 port = READ_ONCE(rxpath_only_port);

	return port && (!sk || (sk->sk_dport != port && htons(sk->sk_num) != port));
}

static __always_inline const struct sock *socket_of(const unsigned long *args, unsigned int arg)
{
	const void *argument = (void *)args[arg & RXPATH_ARG_MASK];

	if (!(arg & RXPATH_SOCKET))
		return argument;
	return argument ? READ_ONCE(((const struct socket *)argument)->sk) : NULL;
}

/**
 * rxpath_within_chosen - is a chosen call open around this one?
 *
 * May be called where preemption is on: the context's counts are the context's as
 * long as it lasts, and a task's are everybody's.
 *
 * Return: false if certainly not.
 */
static __always_inline bool rxpath_within_chosen(void)
{
	if (in_hardirq())
		return this_cpu_read(rxpath_scopes[RXPATH_HARDIRQ].chosen);
	if (in_serving_softirq())
		return this_cpu_read(rxpath_scopes[RXPATH_SOFTIRQ].chosen);
	return atomic_read(&rxpath_tasks_chosen[0]) | atomic_read(&rxpath_tasks_chosen[1]);
}

/**
 * rxpath_gate - may this call become an event, at first sight?
 * @args: its arguments
 * @arg: the hook's argument index and flags
 * @subject: what the call is about
 *
 * What most calls that are turned away are turned away for: another port, and nothing
 * chosen around them. Asked only while a filter is in force, before anything is
 * written down of the call.
 *
 * Return: false if not, for good; true if the filter is to be asked.
 */
static __always_inline bool rxpath_gate(const unsigned long *args, unsigned int arg,
					enum rxpath_subject subject)
{
	if (subject <= RXPATH_BY_COPY)
		return !packet_has_other_port(packet_of(args, arg, subject), subject);
	switch (subject) {
	case RXPATH_BY_SOCKET:
		return !socket_has_other_port(socket_of(args, arg)) || rxpath_within_chosen();
	case RXPATH_BY_PART:
		return rxpath_within_chosen();
	case RXPATH_BY_LIST:
		return !packets_have_other_ports((void *)args[arg & RXPATH_ARG_MASK]) ||
		       rxpath_within_chosen();
	default:
		return true;
	}
}

/* To be chosen at its return, if by then softirqs have had chosen calls on this CPU. */
static __always_inline bool rxpath_pend_on_softirqs(struct rxpath_call *call)
{
	call->judged = RXPATH_PENDING;
	call->filter = READ_ONCE(rxpath_generation);
	call->before = this_cpu_read(rxpath_scopes[RXPATH_SOFTIRQ].hits);
	return true;
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
	/* Often there is no softirq to serve, and then no reason for more than this. */
	if (subject == RXPATH_BY_SOFTIRQS && !rxpath_within_chosen())
		return rxpath_pend_on_softirqs(&frame->call);
	return rxpath_judge(frame, arg, subject);
}

/**
 * rxpath_came_to_nothing - is a call that has returned to be dropped at once?
 * @call: the call
 * @subject: what it is about
 *
 * The softirq's polls and lists of packets, and what runs softirqs: most of them are
 * for somebody else.
 *
 * Return: false if that takes a closer look, rxpath_still_chosen()'s.
 */
static __always_inline bool rxpath_came_to_nothing(const struct rxpath_call *call,
						   enum rxpath_subject subject)
{
	if (!static_branch_unlikely(&rxpath_filtering) || call->judged != RXPATH_PENDING)
		return false;
	return (subject == RXPATH_BY_SOFTIRQS || in_serving_softirq()) &&
	       this_cpu_read(rxpath_scopes[RXPATH_SOFTIRQ].hits) == call->before;
}

/**
 * rxpath_still_chosen - the call has returned: is it to become an event?
 * @call: the call
 * @subject: what it is about
 *
 * Return: false if it depended on calls in it, and none of them was chosen.
 */
static __always_inline bool rxpath_still_chosen(struct rxpath_call *call,
						enum rxpath_subject subject)
{
	if (likely(call->judged == RXPATH_UNJUDGED))
		return true;
	return rxpath_judge_end(call, subject);
}

#endif /* RXPATH_FILTER_H */

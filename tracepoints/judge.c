// SPDX-License-Identifier: GPL-2.0
/*
 * The filter at work. Runs at the entry of every hooked call while a filter is
 * set, in any context: what it turns away has cost little more than the way here.
 *
 *   A packet is judged by its own headers and device, wherever it is met.
 *   A socket is judged by its ends; or it is the chosen packet's.
 *   A step of something (wake-up, callback, route lookup) goes with the chosen
 *   call that it is part of.
 *   A call around others (poll, list of packets, epoll_wait) is chosen if one of
 *   those is: as an event is written at return, that is known by then.
 *   An interrupt handler's calls are chosen: nobody knows yet whose frames they
 *   announce.
 *
 * What is part of what: a scope is one context of a CPU, or one task.
 */
#include <linux/hash.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/jhash.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/skbuff.h>
#include <net/inet_sock.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "filter.h"

DEFINE_STATIC_KEY_FALSE(rxpath_filtering);
struct rxpath_filter __rcu *rxpath_filter;
/* The port that the filter asks for, as it stands in headers; 0: it does not. */
__be16 rxpath_only_port;
/* Are calls to be asked at the gate? */
int rxpath_gated;
/* The number of the filter in force: calls that an earlier one judged are not counted here. */
u32 rxpath_generation;
/* Calls of tasks for which no scope was free: judged as if they were alone. */
unsigned long rxpath_unjudged;

/* Contexts of a CPU in which calls nest, and tasks' chosen calls that are open: see filter.h. */
DEFINE_PER_CPU(struct rxpath_scope[RXPATH_NR_CONTEXTS], rxpath_scopes);
atomic_t rxpath_tasks_chosen[2];

/*
 * A task sleeps and wakes elsewhere: its scope stays where its hash says, in one
 * of a few places. Only the task itself uses it.
 */
#define TASK_BITS  10
#define TASK_TRIES 4
static struct rxpath_scope task_scopes[1 << TASK_BITS];

/* Where a packet comes from and goes to, as its receiver sees it. */
struct ends {
	const __be32 *remote;
	const __be32 *local;
	u16 remote_port;
	u16 local_port;
	u8 proto;
	bool ip6;
	bool ports;
};

static struct rxpath_scope *task_scope(u32 filter, bool make)
{
	const unsigned int first = hash_ptr(current, TASK_BITS);
	struct rxpath_scope *scope;
	unsigned int i;

	for (i = 0; i < TASK_TRIES; i++) {
		scope = &task_scopes[(first + i) % ARRAY_SIZE(task_scopes)];
		if (READ_ONCE(scope->task) == current && scope->filter == filter)
			return scope;
	}
	for (i = 0; make && i < TASK_TRIES; i++) {
		scope = &task_scopes[(first + i) % ARRAY_SIZE(task_scopes)];
		if (cmpxchg(&scope->task, NULL, current))
			continue;
		scope->open = 0;
		scope->chosen = 0;
		scope->hits = 0;
		scope->polled = 0;
		WRITE_ONCE(scope->filter, filter);
		return scope;
	}
	if (make)
		rxpath_unjudged++;
	return NULL;
}

/* The number goes first: scopes_forget() leaves one that has none alone. */
static void task_scope_release(struct rxpath_scope *scope)
{
	WRITE_ONCE(scope->filter, 0);
	/* Pairs with the cmpxchg() in task_scope(): the next owner writes after us. */
	smp_store_release(&scope->task, NULL);
}

static struct rxpath_scope *scope_here(u32 filter, bool make)
{
	if (in_hardirq())
		return this_cpu_ptr(&rxpath_scopes[RXPATH_HARDIRQ]);
	if (in_serving_softirq())
		return this_cpu_ptr(&rxpath_scopes[RXPATH_SOFTIRQ]);
	return task_scope(filter, make);
}

/* Under preempt_disable(): the scope is the CPU's, or the task's on it. */
static struct rxpath_scope *scope_find(u32 filter, bool make)
{
	struct rxpath_scope *scope = scope_here(filter, make);

	if (scope && scope->filter != filter)
		*scope = (struct rxpath_scope){
			.filter = filter,
			.hits = scope->hits,
			.polled = scope->hits,
		};
	return scope;
}

/**
 * rxpath_generation_begin - a filter is about to be put in force, or one anew
 *
 * Return: its number.
 */
u32 rxpath_generation_begin(void)
{
	const u32 number = rxpath_generation + 1 ?: 1;

	/* Last used two filters ago: rxpath_generation_begun() has waited since. */
	atomic_set(&rxpath_tasks_chosen[number & 1], 0);
	WRITE_ONCE(rxpath_generation, number);
	return number;
}

/**
 * rxpath_generation_begun - free what earlier filters' calls have left
 *
 * Nobody judges by an earlier one any more, nor looks at what its calls have left:
 * those that are still open will find at their end that nobody knows them.
 */
void rxpath_generation_begun(void)
{
	const u32 filter = rxpath_generation;
	unsigned int i;

	synchronize_rcu();
	atomic_set(&rxpath_tasks_chosen[!(filter & 1)], 0);
	for (i = 0; i < ARRAY_SIZE(task_scopes); i++) {
		const u32 number = READ_ONCE(task_scopes[i].filter);

		if (number && number != filter)
			task_scope_release(&task_scopes[i]);
	}
}

static bool in_chosen_call(u32 filter)
{
	const struct rxpath_scope *scope;

	if (!rxpath_within_chosen())
		return false;
	scope = scope_find(filter, false);
	return scope && scope->chosen;
}

static bool call_chosen(struct rxpath_call *call, u32 filter)
{
	struct rxpath_scope *scope = scope_find(filter, true);

	call->judged = RXPATH_CHOSEN;
	call->filter = filter;
	if (!scope)
		return true;
	scope->chosen++;
	scope->hits++;
	if (scope->task) {
		scope->open++;
		atomic_inc(&rxpath_tasks_chosen[filter & 1]);
	}
	return true;
}

/* To be chosen at its return, if by then more has been chosen than before. */
static struct rxpath_scope *call_pending(struct rxpath_call *call, u32 filter)
{
	struct rxpath_scope *scope = scope_find(filter, true);

	if (!scope)
		return NULL;
	call->judged = RXPATH_PENDING;
	call->filter = filter;
	call->before = scope->hits;
	if (scope->task)
		scope->open++;
	return scope;
}

static u32 flow_key(const struct ends *ends)
{
	const u32 ports = (u32)ends->remote_port << 16 | ends->local_port;
	u32 key;

	if (ends->ip6)
		key = jhash2((const u32 *)ends->remote, 4,
			     jhash2((const u32 *)ends->local, 4, ports));
	else
		key = jhash_3words((__force u32)*ends->remote, (__force u32)*ends->local, ports,
				   ends->proto);
	return key ?: 1;
}

/* Both directions of a flow are one, so that a connection is seen as a whole. */
static u32 flow_hash(const struct ends *ends)
{
	const u32 ports = (ends->remote_port + ends->local_port) << 16 |
			  (ends->remote_port ^ ends->local_port);
	u32 sum = ends->proto;
	u32 mix = 0;
	int i;

	for (i = 0; ends->remote && i < (ends->ip6 ? 4 : 1); i++) {
		const u32 one = (__force u32)ends->remote[i];
		const u32 two = (__force u32)ends->local[i];

		sum += one + two;
		mix ^= (one ^ two) * (2 * i + 1);
	}
	return jhash_3words(sum, mix, ports, 0);
}

static bool flows_hold(const struct rxpath_flows *flows, u32 key)
{
	const unsigned int first = hash_32(key, RXPATH_FLOWS_BITS);
	unsigned int i;

	for (i = 0; i < 8; i++)
		if (READ_ONCE(flows->keys[(first + i) % ARRAY_SIZE(flows->keys)]) == key)
			return true;
	return false;
}

static void flows_add(struct rxpath_flows *flows, u32 key)
{
	const unsigned int first = hash_32(key, RXPATH_FLOWS_BITS);
	unsigned int i;

	for (i = 0; i < 8; i++) {
		u32 *place = &flows->keys[(first + i) % ARRAY_SIZE(flows->keys)];
		const u32 was = cmpxchg(place, 0, key);

		if (!was || was == key)
			return;
	}
}

static bool has(const struct rxpath_filter *filter, enum rxpath_condition condition)
{
	return filter->conditions & BIT(condition);
}

static bool addr_matches(const struct rxpath_filter *filter, const struct ends *ends)
{
	const bool ip6 = filter->family == AF_INET6;

	if (!ends->remote || ends->ip6 != ip6)
		return false;
	if (!ends->ip6)
		return !((*ends->remote ^ filter->addr.ip) & filter->mask) ||
		       !((*ends->local ^ filter->addr.ip) & filter->mask);
	return ipv6_prefix_equal((const struct in6_addr *)ends->remote, &filter->addr.ip6,
				 filter->prefix) ||
	       ipv6_prefix_equal((const struct in6_addr *)ends->local, &filter->addr.ip6,
				 filter->prefix);
}

/* All that packets and sockets are alike in. */
static bool ends_match(const struct rxpath_filter *filter, const struct ends *ends)
{
	if (has(filter, RXPATH_IF_PORT) && !(ends->ports && (ends->remote_port == filter->port ||
							     ends->local_port == filter->port)))
		return false;
	if (has(filter, RXPATH_IF_PROTO) && ends->proto != filter->proto)
		return false;
	if (has(filter, RXPATH_IF_ADDR) && !addr_matches(filter, ends))
		return false;
	return !has(filter, RXPATH_IF_SAMPLE) || flow_hash(ends) % filter->of == filter->take;
}

static void ports_read(const struct sk_buff *skb, int offset, struct ends *ends)
{
	__be16 buffer[2];
	const __be16 *ports;

	if (ends->proto != IPPROTO_TCP && ends->proto != IPPROTO_UDP)
		return;
	ports = skb_header_pointer(skb, offset, sizeof(buffer), buffer);
	if (!ports)
		return;
	ends->remote_port = ntohs(ports[0]);
	ends->local_port = ntohs(ports[1]);
	ends->ports = true;
}

/*
 * Reads a packet's ends. A fragment has no ports, not even the first: all of
 * them are to be judged alike. @headers is room for what is not in the linear part.
 */
static void packet_ends(const struct sk_buff *skb, enum rxpath_subject subject, struct ends *ends,
			struct ipv6hdr *headers)
{
	const struct iphdr *ip;
	int offset;

	*ends = (struct ends){};
	if (subject == RXPATH_BY_FRAME) {
		offset = 0;
		if (eth_type_vlan(skb->protocol))
			offset = VLAN_HLEN;
		else if (skb->protocol != htons(ETH_P_IP) && skb->protocol != htons(ETH_P_IPV6))
			return;
	} else {
		offset = skb_network_offset(skb);
	}
	/* Before the data: it is in the linear part, where it was read from before. */
	if (offset < 0)
		ip = skb->data + offset < skb->head ? NULL : (void *)(skb->data + offset);
	else
		ip = skb_header_pointer(skb, offset, sizeof(*ip), headers);
	if (!ip)
		return;
	if (ip->version == 4) {
		ends->remote = &ip->saddr;
		ends->local = &ip->daddr;
		ends->proto = ip->protocol;
		if (!(ip->frag_off & htons(IP_MF | IP_OFFSET)))
			ports_read(skb, offset + ip->ihl * 4, ends);
	} else if (ip->version == 6) {
		const struct ipv6hdr *ip6;

		ip6 = offset < 0 ? (void *)ip
				 : skb_header_pointer(skb, offset, sizeof(*ip6), headers);
		if (!ip6)
			return;
		ends->remote = ip6->saddr.s6_addr32;
		ends->local = ip6->daddr.s6_addr32;
		ends->proto = ip6->nexthdr;
		ends->ip6 = true;
		ports_read(skb, offset + sizeof(*ip6), ends);
	}
}

/* Where a queued packet's device was there may be something else: see struct sk_buff. */
static bool packet_from_dev(const struct rxpath_filter *filter, const struct sk_buff *skb,
			    enum rxpath_subject subject)
{
	const struct net_device *dev = subject == RXPATH_BY_COPY ? NULL : skb->dev;

	return dev && dev->ifindex == filter->ifindex && dev_net(dev)->net_cookie == filter->netns;
}

static noinline bool packet_matches(struct rxpath_filter *filter, const struct sk_buff *skb,
				    enum rxpath_subject subject)
{
	struct ipv6hdr headers;
	struct ends ends;

	if (!skb)
		return false;
	packet_ends(skb, subject, &ends, &headers);
	if (!ends_match(filter, &ends))
		return false;
	if (has(filter, RXPATH_IF_DEV)) {
		const bool here = packet_from_dev(filter, skb, subject);
		const u32 key = ends.remote ? flow_key(&ends) : 0;

		if (!here && !(key && flows_hold(filter->seen, key)))
			return false;
		if (here && key)
			flows_add(filter->seen, key);
	}
	if (has(filter, RXPATH_IF_PID))
		return (ends.ports && test_bit(ends.local_port, filter->ports)) ||
		       (ends.remote && flows_hold(filter->owned, flow_key(&ends)));
	return true;
}

/*
 * A request or a time-wait socket has these, too. An IPv6 socket that talks
 * IPv4 meets IPv4 packets.
 */
static bool socket_ends(const struct sock *sk, struct ends *ends)
{
	if (sk->sk_family != AF_INET && sk->sk_family != AF_INET6)
		return false;
	*ends = (struct ends){
		.remote = &sk->sk_daddr,
		.local = &sk->sk_rcv_saddr,
		.remote_port = ntohs(sk->sk_dport),
		.local_port = sk->sk_num,
		.proto = sk_fullsock(sk) ? sk->sk_protocol : IPPROTO_TCP,
		.ports = true,
	};
#if IS_ENABLED(CONFIG_IPV6)
	if (sk->sk_family == AF_INET6 && !ipv6_addr_v4mapped(&sk->sk_v6_daddr)) {
		ends->remote = sk->sk_v6_daddr.s6_addr32;
		ends->local = sk->sk_v6_rcv_saddr.s6_addr32;
		ends->ip6 = true;
	}
#endif
	return true;
}

/**
 * rxpath_filter_learn - a socket is the chosen process's
 * @filter: the filter, with a pid
 * @sk: the socket
 *
 * One without a peer stands for all that comes to its port.
 */
void rxpath_filter_learn(struct rxpath_filter *filter, const struct sock *sk)
{
	struct ends ends;

	if (!socket_ends(sk, &ends))
		return;
	if (ends.remote_port)
		flows_add(filter->owned, flow_key(&ends));
	else if (ends.local_port)
		set_bit(ends.local_port, filter->ports);
}

/* In its own context, as hooked functions that work for others run in anybody's. */
static bool is_process(const struct rxpath_filter *filter)
{
	return in_task() && (current->tgid == filter->pid || current->pid == filter->pid);
}

static bool socket_matches(struct rxpath_filter *filter, const struct sock *sk)
{
	struct ends ends;

	if (!sk || !socket_ends(sk, &ends) || !ends_match(filter, &ends))
		return false;
	if (has(filter, RXPATH_IF_DEV) && !flows_hold(filter->seen, flow_key(&ends)))
		return false;
	if (!has(filter, RXPATH_IF_PID))
		return true;
	return ends.remote_port ? flows_hold(filter->owned, flow_key(&ends))
				: test_bit(ends.local_port, filter->ports);
}

static const struct sock *file_socket(struct file *file)
{
	const struct socket *socket = file ? sock_from_file(file) : NULL;

	return socket ? socket->sk : NULL;
}

static noinline bool judge_socket(struct rxpath_filter *filter, struct rxpath_call *call,
				  const struct sock *sk)
{
	if (has(filter, RXPATH_IF_PID) && sk && is_process(filter))
		rxpath_filter_learn(filter, sk);
	if (socket_matches(filter, sk) || in_chosen_call(filter->generation))
		return call_chosen(call, filter->generation);
	return false;
}

static noinline bool judge_device(struct rxpath_filter *filter, struct rxpath_call *call,
				  unsigned int arg)
{
	struct rxpath_scope *scope;

	if (in_hardirq())
		return call_chosen(call, filter->generation);
	scope = call_pending(call, filter->generation);
	if (!scope)
		return false;
	/* Where polling ends nothing need be in it: what was polled counts. */
	if (RXPATH_SECOND_OF(arg))
		call->before = scope->polled;
	else
		scope->polled = scope->hits;
	return true;
}

static noinline bool judge_calls(struct rxpath_filter *filter, struct rxpath_call *call)
{
	const bool alone = filter->conditions == BIT(RXPATH_IF_PID) && is_process(filter);

	if (alone || in_chosen_call(filter->generation))
		return call_chosen(call, filter->generation);
	return call_pending(call, filter->generation);
}

static __always_inline bool judge(struct rxpath_filter *filter, struct rxpath_frame *frame,
				  unsigned int arg, enum rxpath_subject subject)
{
	struct rxpath_call *call = &frame->call;

	if (likely(subject <= RXPATH_BY_COPY))
		return packet_matches(filter, packet_of(frame->args, arg, subject), subject) &&
		       call_chosen(call, filter->generation);
	switch (subject) {
	case RXPATH_BY_SOCKET:
		return judge_socket(filter, call, socket_of(frame->args, arg));
	case RXPATH_BY_FILE:
		return judge_socket(filter, call, file_socket((void *)frame->args[0]));
	case RXPATH_BY_DEVICE:
		return judge_device(filter, call, arg);
	case RXPATH_BY_PART:
		return in_chosen_call(filter->generation) && call_chosen(call, filter->generation);
	case RXPATH_BY_SOFTIRQS:
		return in_chosen_call(filter->generation) ? call_chosen(call, filter->generation)
							  : rxpath_pend_on_softirqs(call);
	default:
		return judge_calls(filter, call);
	}
}

/**
 * rxpath_judge - does the filter let a call become an event?
 * @frame: the call
 * @arg: the hook's argument index and flags
 * @subject: what the call is about
 *
 * Return: false if not; true also where its return will tell.
 */
bool rxpath_judge(struct rxpath_frame *frame, unsigned int arg, enum rxpath_subject subject)
{
	struct rxpath_filter *filter;
	bool chosen;

	/* Holds the filter and the CPU. The notrace kind: this is in every call's way. */
	preempt_disable_notrace();
	filter = rcu_dereference_raw(rxpath_filter);
	chosen = !filter || judge(filter, frame, arg, subject);
	preempt_enable_notrace();
	return chosen;
}

/**
 * rxpath_judge_end - a call that was judged returns
 * @call: the call
 * @subject: what it is about
 *
 * Called with interrupts held off, which is also what rxpath_generation_begun()
 * waits for. The filter may have changed since: then the scope knows nothing of the
 * call any more.
 *
 * Return: whether it is to become an event.
 */
bool rxpath_judge_end(struct rxpath_call *call, enum rxpath_subject subject)
{
	bool chosen = call->judged == RXPATH_CHOSEN;
	struct rxpath_scope *scope;

	if (call->filter != READ_ONCE(rxpath_generation))
		return chosen;
	/* Of those that are served, not of the task that serves; it has not left the CPU. */
	if (subject == RXPATH_BY_SOFTIRQS && !chosen)
		scope = this_cpu_ptr(&rxpath_scopes[RXPATH_SOFTIRQ]);
	else
		scope = scope_here(call->filter, false);
	if (!scope || scope->filter != call->filter)
		return chosen;
	if (chosen)
		scope->chosen--;
	else
		chosen = scope->hits != call->before;
	if (!scope->task)
		return chosen;
	if (call->judged == RXPATH_CHOSEN)
		atomic_dec(&rxpath_tasks_chosen[call->filter & 1]);
	if (!--scope->open)
		task_scope_release(scope);
	return chosen;
}

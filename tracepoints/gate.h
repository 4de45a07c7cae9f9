/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The gate: most calls that the filter turns away are turned away here, before
 * anything is written down of them. Asked by each hook's trampoline.
 */
#ifndef RXPATH_GATE_H
#define RXPATH_GATE_H

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/list.h>
#include <linux/skbuff.h>
#include <net/ip.h>
#include <net/sock.h>

#include "arguments.h"
#include "scope.h"
#include "subject.h"

/* The port that the filter asks for, as it stands in headers; 0: it does not. */
extern __be16 rxpath_only_port;
/* Are calls to be asked at the gate? */
extern int rxpath_gated;

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

#endif /* RXPATH_GATE_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an event says of a packet on its way from the card to its protocol: see
 * capture.h, whose rules hold here too.
 */
#ifndef RXPATH_CAPTURE_SKB_H
#define RXPATH_CAPTURE_SKB_H

#include <linux/icmp.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <net/ip6_fib.h>

#include "capture.h"

/* A list longer than this is counted no further. */
#define LIST_MAX 1024

static inline const struct ipv6hdr *ip6_header(const struct sk_buff *skb)
{
	const struct ipv6hdr *ip;

	ip = header_at(skb, skb_network_header(skb), sizeof(*ip));
	return ip && ip->version == 6 ? ip : NULL;
}

static inline const void *transport_header(const struct sk_buff *skb, size_t len)
{
	if (!skb || !skb_transport_header_was_set(skb))
		return NULL;
	return header_at(skb, skb_transport_header(skb), len);
}

static __always_inline void capture_list(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct list_head *head = (void *)argument(args, arg);
	const struct sk_buff *skb;

	call->list = (struct rxpath_list){};
	if (!head)
		return;
	list_for_each_entry(skb, head, list) {
		if (!call->list.count)
			call->list.first = object_id(skb);
		if (++call->list.count == LIST_MAX)
			break;
	}
}

static __always_inline void capture_flush(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	call->flush = (struct rxpath_flush){ .skb = object_id(skb) };
	if (!skb)
		return;
	call->flush.len = skb->len;
	call->flush.count = NAPI_GRO_CB(skb)->count;
}

static __always_inline void capture_clone(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	call->clone.skb = object_id((void *)argument(args, arg));
}

/* The memory is the skb's own until the function has run. */
static __always_inline void capture_free(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	call->free = (struct rxpath_free){ .skb = object_id(skb) };
	if (skb)
		call->free.users = refcount_read(&skb->users);
}

static __always_inline void capture_drop(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	call->drop = (struct rxpath_drop){
		.skb = object_id(skb),
		.reason = argument(args, arg + 1),
	};
	if (!skb)
		return;
	call->drop.len = skb->len;
	call->drop.users = refcount_read(&skb->users);
	call->drop.protocol = ntohs(skb->protocol);
}

static inline void ip_describe(struct rxpath_ip *to, const struct sk_buff *skb)
{
	const struct iphdr *ip = skb ? ip_header(skb) : NULL;

	*to = (struct rxpath_ip){ .skb = object_id(skb) };
	if (!ip)
		return;
	to->len = ntohs(ip->tot_len);
	to->saddr = ip->saddr;
	to->daddr = ip->daddr;
	to->id = ntohs(ip->id);
	to->proto = ip->protocol;
	to->ttl = ip->ttl;
}

static __always_inline void capture_ip(struct rxpath_call *call, const unsigned long *args,
				       unsigned int arg)
{
	ip_describe(&call->ip, (void *)argument(args, arg));
}

/*
 * The socket that early demux found is not looked into: it may be of a
 * connection that waits for its end.
 */
static __always_inline void capture_finish(struct rxpath_call *call, const unsigned long *args,
					   unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	call->finish = (struct rxpath_finish){ .packet = skb };
	ip_describe(&call->finish.ip, skb);
}

static __always_inline void complete_finish(struct rxpath_call *call, unsigned int arg)
{
	const struct sk_buff *skb = call->finish.packet;

	if (!skb || call->ret)
		return;
	call->finish.sk = object_id(skb->sk);
	if (skb_rtable(skb))
		call->finish.type = skb_rtable(skb)->rt_type;
}

static __always_inline void capture_ip6(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct ipv6hdr *ip = skb ? ip6_header(skb) : NULL;

	call->ip6 = (struct rxpath_ip6){ .skb = object_id(skb) };
	if (!ip)
		return;
	call->ip6.len = sizeof(*ip) + ntohs(ip->payload_len);
	call->ip6.saddr = ip->saddr;
	call->ip6.daddr = ip->daddr;
	call->ip6.proto = ip->nexthdr;
	call->ip6.hops = ip->hop_limit;
}

static __always_inline void capture_route6(struct rxpath_call *call, const unsigned long *args,
					   unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct ipv6hdr *ip = skb ? ip6_header(skb) : NULL;

	call->route6 = (struct rxpath_route6){
		.packet = skb,
		.skb = object_id(skb),
	};
	if (!ip)
		return;
	call->route6.saddr = ip->saddr;
	call->route6.daddr = ip->daddr;
}

/* The lookup always leaves a route; one that leads nowhere carries the error. */
static __always_inline void complete_route6(struct rxpath_call *call, unsigned int arg)
{
	const struct sk_buff *skb = call->route6.packet;
	const struct rt6_info *route;

	if (!skb || !skb_dst(skb))
		return;
	route = container_of(skb_dst(skb), struct rt6_info, dst);
	call->route6.error = route->dst.error;
	if (route->dst.error)
		call->route6.type = RTN_UNREACHABLE;
	else if (ipv6_addr_is_multicast(&call->route6.daddr))
		call->route6.type = RTN_MULTICAST;
	else if (route->rt6i_flags & RTF_ANYCAST)
		call->route6.type = RTN_ANYCAST;
	else
		call->route6.type = route->rt6i_flags & RTF_LOCAL ? RTN_LOCAL : RTN_UNICAST;
}

static __always_inline void capture_udp(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct udphdr *udp = transport_header(skb, sizeof(*udp));
	const struct iphdr *ip = skb ? ip_header(skb) : NULL;

	call->udp = (struct rxpath_udp){ .skb = object_id(skb) };
	if (ip) {
		call->udp.saddr = ip->saddr;
		call->udp.daddr = ip->daddr;
	}
	if (!udp)
		return;
	call->udp.sport = ntohs(udp->source);
	call->udp.dport = ntohs(udp->dest);
	call->udp.len = ntohs(udp->len) - sizeof(*udp);
}

/* ICMPv6 has its type, code, id and sequence where ICMP has them. */
static __always_inline void capture_icmp(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct icmphdr *icmp = transport_header(skb, sizeof(*icmp));
	const struct iphdr *ip = skb ? ip_header(skb) : NULL;

	call->icmp = (struct rxpath_icmp){ .skb = object_id(skb) };
	if (ip) {
		call->icmp.saddr = ip->saddr;
		call->icmp.daddr = ip->daddr;
	}
	if (!icmp)
		return;
	call->icmp.type = icmp->type;
	call->icmp.code = icmp->code;
	call->icmp.id = ntohs(icmp->un.echo.id);
	call->icmp.seq = ntohs(icmp->un.echo.sequence);
}

static __always_inline void capture_tcp6(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct ipv6hdr *ip = skb ? ip6_header(skb) : NULL;

	tcp_describe(&call->tcp6.tcp, skb);
	call->tcp6.saddr = ip ? ip->saddr : in6addr_any;
	call->tcp6.daddr = ip ? ip->daddr : in6addr_any;
}

#define complete_list  complete_nothing
#define complete_flush complete_nothing
#define complete_clone complete_nothing
#define complete_free  complete_nothing
#define complete_drop  complete_nothing
#define complete_ip    complete_nothing
#define complete_ip6   complete_nothing
#define complete_udp   complete_nothing
#define complete_icmp  complete_nothing
#define complete_tcp6  complete_nothing

#endif /* RXPATH_CAPTURE_SKB_H */

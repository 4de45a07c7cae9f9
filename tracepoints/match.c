// SPDX-License-Identifier: GPL-2.0
/* Whether a packet or a socket is one that the filter asks for: by its own headers or ends. */
#include <linux/bitops.h>
#include <linux/hash.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/jhash.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <net/inet_sock.h>
#include <net/ip.h>
#include <net/ipv6.h>

#include "match.h"

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
	if (filter_has(filter, RXPATH_IF_PORT) &&
	    !(ends->ports &&
	      (ends->remote_port == filter->port || ends->local_port == filter->port)))
		return false;
	if (filter_has(filter, RXPATH_IF_PROTO) && ends->proto != filter->proto)
		return false;
	if (filter_has(filter, RXPATH_IF_ADDR) && !addr_matches(filter, ends))
		return false;
	return !filter_has(filter, RXPATH_IF_SAMPLE) ||
	       flow_hash(ends) % filter->of == filter->take;
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

/**
 * rxpath_packet_matches - is a packet one that the filter asks for?
 * @filter: the filter
 * @skb: the packet, or NULL
 * @subject: where its headers are
 *
 * Return: false if not.
 */
bool rxpath_packet_matches(struct rxpath_filter *filter, const struct sk_buff *skb,
			   enum rxpath_subject subject)
{
	struct ipv6hdr headers;
	struct ends ends;

	if (!skb)
		return false;
	packet_ends(skb, subject, &ends, &headers);
	if (!ends_match(filter, &ends))
		return false;
	if (filter_has(filter, RXPATH_IF_DEV)) {
		const bool here = packet_from_dev(filter, skb, subject);
		const u32 key = ends.remote ? flow_key(&ends) : 0;

		if (!here && !(key && flows_hold(filter->seen, key)))
			return false;
		if (here && key)
			flows_add(filter->seen, key);
	}
	if (filter_has(filter, RXPATH_IF_PID))
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

/**
 * rxpath_socket_matches - is a socket one that the filter asks for?
 * @filter: the filter
 * @sk: the socket, or NULL
 *
 * Return: false if not.
 */
bool rxpath_socket_matches(struct rxpath_filter *filter, const struct sock *sk)
{
	struct ends ends;

	if (!sk || !socket_ends(sk, &ends) || !ends_match(filter, &ends))
		return false;
	if (filter_has(filter, RXPATH_IF_DEV) && !flows_hold(filter->seen, flow_key(&ends)))
		return false;
	if (!filter_has(filter, RXPATH_IF_PID))
		return true;
	return ends.remote_port ? flows_hold(filter->owned, flow_key(&ends))
				: test_bit(ends.local_port, filter->ports);
}

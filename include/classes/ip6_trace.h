/* SPDX-License-Identifier: GPL-2.0 */
/* An IPv6 packet. */

#define RXPATH_ip6_SUBJECT RXPATH_BY_PACKET
#define RXPATH_ip6_FIELDS(F)                                                                       \
	F(ID, skb, kept->skb)                                                                      \
	F(U32, len, kept->len, "of the IPv6 packet")                                               \
	F(ADDR6, saddr, &kept->saddr)                                                              \
	F(ADDR6, daddr, &kept->daddr)                                                              \
	F(U8, proto, kept->proto, "next header")                                                   \
	F(U8, hops, kept->hops, "left")                                                            \
	F(RET, ret, call->ret)
#define RXPATH_ip6_PRINT                                                                           \
	"skb=%08x len=%u %pI6c -> %pI6c proto=%s hops=%u ret=%d", __entry->skb, __entry->len,      \
		__entry->saddr, __entry->daddr, show_ip_protocol(__entry->proto), __entry->hops,   \
		__entry->ret

RXPATH_STORE(ip6, RXPATH_ip6_FIELDS)
RXPATH_CLASS(ip6, ip6, ip6)

#ifdef RXPATH_KEPT
struct rxpath_ip6 {
	u32 skb;
	u32 len;
	struct in6_addr saddr;
	struct in6_addr daddr;
	u8 proto;
	u8 hops;
};
#endif

#ifdef RXPATH_CAPTURE
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

#define complete_ip6 complete_nothing
#endif

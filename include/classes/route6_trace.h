/* SPDX-License-Identifier: GPL-2.0 */
/* A route lookup for an IPv6 packet. */

#define RXPATH_route6_SUBJECT RXPATH_BY_PACKET
#define RXPATH_route6_FIELDS(F)                                                                    \
	F(ID, skb, kept->skb)                                                                      \
	F(ADDR6, saddr, &kept->saddr)                                                              \
	F(ADDR6, daddr, &kept->daddr)                                                              \
	F(U8, type, kept->type, "as in `route`")                                                   \
	F(RET, ret, kept->error, "-errno where it leads nowhere")
#define RXPATH_route6_PRINT                                                                        \
	"skb=%08x %pI6c -> %pI6c type=%s ret=%d", __entry->skb, __entry->saddr, __entry->daddr,    \
		show_route_type(__entry->type), __entry->ret

RXPATH_STORE(route6, RXPATH_route6_FIELDS)
RXPATH_CLASS(route6, route6, route6)

#ifdef RXPATH_KEPT
struct rxpath_route6 {
	const struct sk_buff *packet;
	u32 skb;
	int error;
	struct in6_addr saddr;
	struct in6_addr daddr;
	u8 type;
};
#endif

#ifdef RXPATH_CAPTURE
#include <net/ip6_fib.h>

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
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* A route lookup for an IPv4 packet. */

#define RXPATH_route_SUBJECT RXPATH_BY_PACKET
#define RXPATH_route_FIELDS(F)                                                                     \
	F(ID, skb, kept->skb)                                                                      \
	F(ADDR4, saddr, &kept->saddr)                                                              \
	F(ADDR4, daddr, &kept->daddr)                                                              \
	F(U8, type, kept->type,                                                                    \
	  "of the route found (RTN_*: 1 forward, 2 local, 3 broadcast, 5 multicast, "              \
	  "7 leads nowhere, so the packet is dropped; 0 none)")                                    \
	F(RET, ret, call->ret, "-errno where there was no lookup")
#define RXPATH_route_PRINT                                                                         \
	"skb=%08x %pI4 -> %pI4 type=%s ret=%d", __entry->skb, __entry->saddr, __entry->daddr,      \
		show_route_type(__entry->type), __entry->ret

RXPATH_STORE(route, RXPATH_route_FIELDS)
RXPATH_CLASS(route, route, route)

#ifdef RXPATH_KEPT
/* A route lookup leaves the skb to its caller: it is there at return too. */
struct rxpath_route {
	const struct sk_buff *packet;
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u8 type;
};
#endif

#ifdef RXPATH_CAPTURE
#include <net/route.h>

static __always_inline void capture_route(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct iphdr *ip = skb ? ip_header(skb) : NULL;

	call->route = (struct rxpath_route){
		.packet = skb,
		.skb = object_id(skb),
	};
	if (!ip)
		return;
	call->route.saddr = ip->saddr;
	call->route.daddr = ip->daddr;
}

static __always_inline void complete_route(struct rxpath_call *call, unsigned int arg)
{
	const struct sk_buff *skb = call->route.packet;

	if (skb && !call->ret && skb_rtable(skb))
		call->route.type = skb_rtable(skb)->rt_type;
}
#endif

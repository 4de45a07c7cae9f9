/* SPDX-License-Identifier: GPL-2.0 */
/* A datagram and its handler. */

#define RXPATH_udp_SUBJECT RXPATH_BY_PACKET
#define RXPATH_udp_FIELDS(F)                                                                       \
	F(ID, skb, kept->skb)                                                                      \
	F(ADDR4, saddr, &kept->saddr)                                                              \
	F(ADDR4, daddr, &kept->daddr, "(both 0 over IPv6)")                                        \
	F(U16, sport, kept->sport)                                                                 \
	F(U16, dport, kept->dport)                                                                 \
	F(U16, len, kept->len, "of the data")                                                      \
	F(RET, ret, call->ret)
#define RXPATH_udp_PRINT                                                                           \
	"skb=%08x %pI4:%u -> %pI4:%u len=%u ret=%d", __entry->skb, __entry->saddr, __entry->sport, \
		__entry->daddr, __entry->dport, __entry->len, __entry->ret

RXPATH_STORE(udp, RXPATH_udp_FIELDS)
RXPATH_CLASS(udp, udp, udp)

#ifdef RXPATH_KEPT
struct rxpath_udp {
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u16 sport;
	u16 dport;
	u16 len;
};
#endif

#ifdef RXPATH_CAPTURE
#include <linux/udp.h>

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

#define complete_udp complete_nothing
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* An ICMP or ICMPv6 message. */

#define RXPATH_icmp_SUBJECT RXPATH_BY_PACKET
#define RXPATH_icmp_FIELDS(F)                                                                      \
	F(ID, skb, kept->skb)                                                                      \
	F(ADDR4, saddr, &kept->saddr)                                                              \
	F(ADDR4, daddr, &kept->daddr, "(both 0 over IPv6)")                                        \
	F(U8, type, kept->type)                                                                    \
	F(U8, code, kept->code)                                                                    \
	F(U16, id, kept->id)                                                                       \
	F(U16, seq, kept->seq, "of an echo")                                                       \
	F(RET, ret, call->ret)
#define RXPATH_icmp_PRINT                                                                          \
	"skb=%08x %pI4 -> %pI4 type=%u code=%u id=%u seq=%u ret=%d", __entry->skb, __entry->saddr, \
		__entry->daddr, __entry->type, __entry->code, __entry->id, __entry->seq,           \
		__entry->ret

RXPATH_STORE(icmp, RXPATH_icmp_FIELDS)
RXPATH_CLASS(icmp, icmp, icmp)

#ifdef RXPATH_KEPT
struct rxpath_icmp {
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u16 id;
	u16 seq;
	u8 type;
	u8 code;
};
#endif

#ifdef RXPATH_CAPTURE
#include <linux/icmp.h>

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

#define complete_icmp complete_nothing
#endif

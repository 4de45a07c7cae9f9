/* SPDX-License-Identifier: GPL-2.0 */
/* An IPv4 packet, and one whose route is sought. */

#define RXPATH_ip_SUBJECT RXPATH_BY_PACKET
#define RXPATH_ip_FIELDS(F)                                                                        \
	F(ID, skb, kept->skb)                                                                      \
	F(U32, len, kept->len, "of the IP packet")                                                 \
	F(ADDR4, saddr, &kept->saddr)                                                              \
	F(ADDR4, daddr, &kept->daddr)                                                              \
	F(U8, proto, kept->proto)                                                                  \
	F(U8, ttl, kept->ttl)                                                                      \
	F(U16, id, kept->id)                                                                       \
	F(RET, ret, call->ret)
#define RXPATH_ip_PRINT                                                                            \
	"skb=%08x %pI4 -> %pI4 proto=%s len=%u ttl=%u id=%u ret=%d", __entry->skb, __entry->saddr, \
		__entry->daddr, show_ip_protocol(__entry->proto), __entry->len, __entry->ttl,      \
		__entry->id, __entry->ret

#define RXPATH_finish_SUBJECT RXPATH_BY_PACKET
#define RXPATH_finish_FIELDS(F)                                                                    \
	F(ID, skb, kept->ip.skb)                                                                   \
	F(U32, len, kept->ip.len, "of the IP packet")                                              \
	F(ADDR4, saddr, &kept->ip.saddr)                                                           \
	F(ADDR4, daddr, &kept->ip.daddr)                                                           \
	F(U8, proto, kept->ip.proto)                                                               \
	F(U8, ttl, kept->ip.ttl)                                                                   \
	F(U16, id, kept->ip.id)                                                                    \
	F(ID, sk, kept->sk, "the socket that early demux found (0: none, or not asked)")           \
	F(U8, type, kept->type,                                                                    \
	  "of the packet's route; both only where `ret` is 0, "                                    \
	  "as the packet was dropped otherwise")                                                   \
	F(RET, ret, call->ret)
#define RXPATH_finish_PRINT                                                                        \
	"skb=%08x len=%u %pI4 -> %pI4 proto=%s ttl=%u id=%u sk=%08x type=%s ret=%d", __entry->skb, \
		__entry->len, __entry->saddr, __entry->daddr, show_ip_protocol(__entry->proto),    \
		__entry->ttl, __entry->id, __entry->sk, show_route_type(__entry->type),            \
		__entry->ret

RXPATH_STORE(ip, RXPATH_finish_FIELDS)
RXPATH_CLASS(ip, ip, ip)
RXPATH_CLASS(finish, finish, ip)

#ifdef RXPATH_KEPT
struct rxpath_ip {
	u32 skb;
	u32 len;
	__be32 saddr;
	__be32 daddr;
	u16 id;
	u8 proto;
	u8 ttl;
};

/* Early demux and route: unless it was dropped, the caller has the skb back. */
struct rxpath_finish {
	const struct sk_buff *packet;
	struct rxpath_ip ip;
	u32 sk;
	u8 type;
};
#endif

#ifdef RXPATH_CAPTURE
#include <net/route.h>

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

#define complete_ip complete_nothing

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
#endif

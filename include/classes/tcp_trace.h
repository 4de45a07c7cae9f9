/* SPDX-License-Identifier: GPL-2.0 */
/* A TCP segment on its way to a socket, over IPv4 and IPv6. */

#define RXPATH_tcp_SUBJECT RXPATH_BY_PACKET
#define RXPATH_tcp_FIELDS(F)                                                                       \
	F(ID, skb, kept->skb)                                                                      \
	F(ADDR4, saddr, &kept->saddr)                                                              \
	F(ADDR4, daddr, &kept->daddr)                                                              \
	F(U16, sport, kept->sport)                                                                 \
	F(U16, dport, kept->dport)                                                                 \
	F(U32, seq, kept->seq)                                                                     \
	F(U32, ack, kept->ack)                                                                     \
	F(U32, len, kept->len, "payload bytes (of all the frames that GRO merged)")                \
	F(U16, flags, kept->flags, "byte of the header")                                           \
	F(U16, window, kept->window, "unscaled")                                                   \
	F(RET, ret, call->ret)
#define RXPATH_tcp_PRINT                                                                           \
	"skb=%08x %pI4:%u -> %pI4:%u flags=%s seq=%u ack=%u len=%u window=%u ret=%d",              \
		__entry->skb, __entry->saddr, __entry->sport, __entry->daddr, __entry->dport,      \
		show_tcp_flags(__entry->flags), __entry->seq, __entry->ack, __entry->len,          \
		__entry->window, __entry->ret

#define RXPATH_tcp6_SUBJECT RXPATH_BY_PACKET
#define RXPATH_tcp6_FIELDS(F)                                                                      \
	F(ID, skb, kept->tcp.skb)                                                                  \
	F(ADDR6_BESIDE, saddr, &kept->saddr)                                                       \
	F(ADDR6_BESIDE, daddr, &kept->daddr)                                                       \
	F(U16, sport, kept->tcp.sport)                                                             \
	F(U16, dport, kept->tcp.dport)                                                             \
	F(U32, seq, kept->tcp.seq)                                                                 \
	F(U32, ack, kept->tcp.ack)                                                                 \
	F(U32, len, kept->tcp.len, "payload bytes")                                                \
	F(U16, flags, kept->tcp.flags, "byte of the header")                                       \
	F(U16, window, kept->tcp.window, "unscaled")                                               \
	F(RET, ret, call->ret)
#define RXPATH_tcp6_PRINT                                                                          \
	"skb=%08x [%pI6c]:%u -> [%pI6c]:%u seq=%u ack=%u len=%u flags=%s window=%u "               \
	"ret=%d",                                                                                  \
		__entry->skb, __entry->saddr, __entry->sport, __entry->daddr, __entry->dport,      \
		__entry->seq, __entry->ack, __entry->len, show_tcp_flags(__entry->flags),          \
		__entry->window, __entry->ret

#define RXPATH_tcp_STORE(F) RXPATH_tcp_FIELDS(F) F(ADDR6_BESIDE, saddr) F(ADDR6_BESIDE, daddr)
RXPATH_STORE(tcp, RXPATH_tcp_STORE)
RXPATH_CLASS(tcp, tcp, tcp)
RXPATH_CLASS(tcp6, tcp6, tcp)

#ifdef RXPATH_KEPT
struct rxpath_tcp {
	u32 skb;
	__be32 saddr;
	__be32 daddr;
	u32 seq;
	u32 ack;
	u32 len;
	u16 sport;
	u16 dport;
	u16 flags;
	u16 window;
};

struct rxpath_tcp6 {
	struct rxpath_tcp tcp;
	struct in6_addr saddr;
	struct in6_addr daddr;
};
#endif

#ifdef RXPATH_CAPTURE
static inline void tcp_describe(struct rxpath_tcp *to, const struct sk_buff *skb)
{
	const struct tcphdr *tcp = skb ? tcp_header(skb) : NULL;
	int len;

	*to = (struct rxpath_tcp){ .skb = object_id(skb) };
	if (!tcp)
		return;
	/* The IP length is no help: a packet merged by GRO may be longer. */
	len = (int)skb->len - skb_transport_offset(skb) - tcp->doff * 4;
	to->len = max(len, 0);
	to->seq = ntohl(tcp->seq);
	to->ack = ntohl(tcp->ack_seq);
	to->sport = ntohs(tcp->source);
	to->dport = ntohs(tcp->dest);
	to->flags = tcp_flag_byte(tcp);
	to->window = ntohs(tcp->window);
}

static __always_inline void capture_tcp(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct iphdr *ip = skb ? ip_header(skb) : NULL;

	tcp_describe(&call->tcp, skb);
	if (ip) {
		call->tcp.saddr = ip->saddr;
		call->tcp.daddr = ip->daddr;
	}
}

#define complete_tcp complete_nothing

static __always_inline void capture_tcp6(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct ipv6hdr *ip = skb ? ip6_header(skb) : NULL;

	tcp_describe(&call->tcp6.tcp, skb);
	call->tcp6.saddr = ip ? ip->saddr : in6addr_any;
	call->tcp6.daddr = ip ? ip->daddr : in6addr_any;
}

#define complete_tcp6 complete_nothing
#endif

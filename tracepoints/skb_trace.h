/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Event classes of the trace system "rxpath": a packet from the card to its protocol.
 * A part of rxpath_trace.h, which includes it each time that it is read itself.
 */
RXPATH_CLASS(list,
	TP_STRUCT__entry(
		__field(u32, first)
		__field(u32, count)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->first = call->list.first;
		__entry->count = call->list.count;
		__entry->ret = call->ret;
	),
	"first=%08x count=%u ret=%d",
	__entry->first, __entry->count, __entry->ret
);

RXPATH_CLASS(flush,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(u32, len)
		__field(int, ret)
		__field(u16, count)
	),
	TP_fast_assign(
		__entry->skb = call->flush.skb;
		__entry->len = call->flush.len;
		__entry->count = call->flush.count;
		__entry->ret = call->ret;
	),
	"skb=%08x len=%u count=%u ret=%d",
	__entry->skb, __entry->len, __entry->count, __entry->ret
);

RXPATH_CLASS(clone,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(u32, clone)
	),
	TP_fast_assign(
		__entry->skb = call->clone.skb;
		__entry->clone = call->ret;
	),
	"skb=%08x clone=%08x",
	__entry->skb, __entry->clone
);

RXPATH_CLASS(free,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(u32, users)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->skb = call->free.skb;
		__entry->users = call->free.users;
		__entry->ret = call->ret;
	),
	"skb=%08x users=%u ret=%d",
	__entry->skb, __entry->users, __entry->ret
);

RXPATH_CLASS(drop,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(u32, len)
		__field(u32, users)
		__field(u32, number)
		__array(char, reason, 28)
		__field(int, ret)
		__field(u16, protocol)
	),
	TP_fast_assign(
		__entry->skb = call->drop.skb;
		__entry->len = call->drop.len;
		__entry->users = call->drop.users;
		__entry->protocol = call->drop.protocol;
		__entry->number = call->drop.reason;
		drop_name(__entry->reason, call->drop.reason);
		__entry->ret = call->ret;
	),
	"skb=%08x len=%u users=%u protocol=%s number=%u reason=%s ret=%d",
	__entry->skb, __entry->len, __entry->users,
	show_ethertype(__entry->protocol), __entry->number, __entry->reason,
	__entry->ret
);

RXPATH_CLASS(finish,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(u32, len)
		__array(__u8, saddr, 4)
		__array(__u8, daddr, 4)
		__field(u32, sk)
		__field(int, ret)
		__field(u16, id)
		__field(u8, proto)
		__field(u8, ttl)
		__field(u8, type)
	),
	TP_fast_assign(
		__entry->skb = call->finish.ip.skb;
		__entry->len = call->finish.ip.len;
		memcpy(__entry->saddr, &call->finish.ip.saddr, 4);
		memcpy(__entry->daddr, &call->finish.ip.daddr, 4);
		__entry->proto = call->finish.ip.proto;
		__entry->ttl = call->finish.ip.ttl;
		__entry->id = call->finish.ip.id;
		__entry->sk = call->finish.sk;
		__entry->type = call->finish.type;
		__entry->ret = call->ret;
	),
	"skb=%08x len=%u %pI4 -> %pI4 proto=%s ttl=%u id=%u sk=%08x type=%s ret=%d",
	__entry->skb, __entry->len, __entry->saddr, __entry->daddr,
	show_ip_protocol(__entry->proto), __entry->ttl, __entry->id,
	__entry->sk, show_route_type(__entry->type), __entry->ret
);

RXPATH_CLASS(ip6,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(u32, len)
		__array(__u8, saddr, 16)
		__array(__u8, daddr, 16)
		__field(int, ret)
		__field(u8, proto)
		__field(u8, hops)
	),
	TP_fast_assign(
		__entry->skb = call->ip6.skb;
		__entry->len = call->ip6.len;
		memcpy(__entry->saddr, &call->ip6.saddr, 16);
		memcpy(__entry->daddr, &call->ip6.daddr, 16);
		__entry->proto = call->ip6.proto;
		__entry->hops = call->ip6.hops;
		__entry->ret = call->ret;
	),
	"skb=%08x len=%u %pI6c -> %pI6c proto=%s hops=%u ret=%d",
	__entry->skb, __entry->len, __entry->saddr, __entry->daddr,
	show_ip_protocol(__entry->proto), __entry->hops, __entry->ret
);

RXPATH_CLASS(route6,
	TP_STRUCT__entry(
		__field(u32, skb)
		__array(__u8, saddr, 16)
		__array(__u8, daddr, 16)
		__field(int, ret)
		__field(u8, type)
	),
	TP_fast_assign(
		__entry->skb = call->route6.skb;
		memcpy(__entry->saddr, &call->route6.saddr, 16);
		memcpy(__entry->daddr, &call->route6.daddr, 16);
		__entry->type = call->route6.type;
		__entry->ret = call->route6.error;
	),
	"skb=%08x %pI6c -> %pI6c type=%s ret=%d",
	__entry->skb, __entry->saddr, __entry->daddr,
	show_route_type(__entry->type), __entry->ret
);

RXPATH_CLASS(udp,
	TP_STRUCT__entry(
		__field(u32, skb)
		__array(__u8, saddr, 4)
		__array(__u8, daddr, 4)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u16, len)
	),
	TP_fast_assign(
		__entry->skb = call->udp.skb;
		memcpy(__entry->saddr, &call->udp.saddr, 4);
		memcpy(__entry->daddr, &call->udp.daddr, 4);
		__entry->sport = call->udp.sport;
		__entry->dport = call->udp.dport;
		__entry->len = call->udp.len;
		__entry->ret = call->ret;
	),
	"skb=%08x %pI4:%u -> %pI4:%u len=%u ret=%d",
	__entry->skb, __entry->saddr, __entry->sport, __entry->daddr,
	__entry->dport, __entry->len, __entry->ret
);

RXPATH_CLASS(icmp,
	TP_STRUCT__entry(
		__field(u32, skb)
		__array(__u8, saddr, 4)
		__array(__u8, daddr, 4)
		__field(int, ret)
		__field(u16, id)
		__field(u16, seq)
		__field(u8, type)
		__field(u8, code)
	),
	TP_fast_assign(
		__entry->skb = call->icmp.skb;
		memcpy(__entry->saddr, &call->icmp.saddr, 4);
		memcpy(__entry->daddr, &call->icmp.daddr, 4);
		__entry->type = call->icmp.type;
		__entry->code = call->icmp.code;
		__entry->id = call->icmp.id;
		__entry->seq = call->icmp.seq;
		__entry->ret = call->ret;
	),
	"skb=%08x %pI4 -> %pI4 type=%u code=%u id=%u seq=%u ret=%d",
	__entry->skb, __entry->saddr, __entry->daddr, __entry->type,
	__entry->code, __entry->id, __entry->seq, __entry->ret
);

RXPATH_CLASS(tcp6,
	TP_STRUCT__entry(
		__field(u32, skb)
		__array(__u8, saddr, 16)
		__array(__u8, daddr, 16)
		__field(u16, sport)
		__field(u16, dport)
		__field(u32, seq)
		__field(u32, ack)
		__field(u32, len)
		__field(u16, flags)
		__field(u16, window)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->skb = call->tcp6.tcp.skb;
		memcpy(__entry->saddr, &call->tcp6.saddr, 16);
		memcpy(__entry->daddr, &call->tcp6.daddr, 16);
		__entry->sport = call->tcp6.tcp.sport;
		__entry->dport = call->tcp6.tcp.dport;
		__entry->seq = call->tcp6.tcp.seq;
		__entry->ack = call->tcp6.tcp.ack;
		__entry->len = call->tcp6.tcp.len;
		__entry->flags = call->tcp6.tcp.flags;
		__entry->window = call->tcp6.tcp.window;
		__entry->ret = call->ret;
	),
	"skb=%08x [%pI6c]:%u -> [%pI6c]:%u seq=%u ack=%u len=%u flags=%s window=%u ret=%d",
	__entry->skb, __entry->saddr, __entry->sport, __entry->daddr,
	__entry->dport, __entry->seq, __entry->ack, __entry->len,
	show_tcp_flags(__entry->flags), __entry->window, __entry->ret
);

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The events of the trace system "rxpath": one per line of the hook table, with
 * the fields of the line's class.
 *
 * Every event is one whole call, written when the function returns. start is
 * when it was entered, dur the ns that it took, both of trace_clock_local().
 * Objects are named by rxpath_id(); no field holds an address. Addresses of the
 * network are in network order, everything else in the host's.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM rxpath

#if !defined(_RXPATH_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _RXPATH_TRACE_H

#include <linux/tracepoint.h>

#include "call.h"

/*
 * Values are written out, not named: a name would reach the event's format file
 * as it stands, where trace-cmd and others cannot know its value.
 */
#ifndef RXPATH_TRACE_MACROS
#define RXPATH_TRACE_MACROS

#define show_ethertype(type)						\
	__print_symbolic(type,						\
			 { 0x0800, "IPv4" },				\
			 { 0x0806, "ARP" },				\
			 { 0x8100, "802.1Q" },				\
			 { 0x86dd, "IPv6" })

#define show_ip_protocol(proto)						\
	__print_symbolic(proto,						\
			 { 1, "ICMP" },					\
			 { 2, "IGMP" },					\
			 { 6, "TCP" },					\
			 { 17, "UDP" },					\
			 { 58, "ICMPv6" })

#define show_route_type(type)						\
	__print_symbolic(type,						\
			 { 0, "none" },					\
			 { 1, "unicast" },				\
			 { 2, "local" },				\
			 { 3, "broadcast" },				\
			 { 4, "anycast" },				\
			 { 5, "multicast" },				\
			 { 6, "blackhole" },				\
			 { 7, "unreachable" },				\
			 { 8, "prohibit" })

#define show_tcp_flags(flags)						\
	__print_flags(flags, "|",					\
		      { 0x02, "SYN" },					\
		      { 0x01, "FIN" },					\
		      { 0x04, "RST" },					\
		      { 0x08, "PSH" },					\
		      { 0x10, "ACK" },					\
		      { 0x20, "URG" },					\
		      { 0x40, "ECE" },					\
		      { 0x80, "CWR" })

#define show_tcp_state(state)						\
	__print_symbolic(state,						\
			 { 1, "ESTABLISHED" },				\
			 { 2, "SYN_SENT" },				\
			 { 3, "SYN_RECV" },				\
			 { 4, "FIN_WAIT1" },				\
			 { 5, "FIN_WAIT2" },				\
			 { 6, "TIME_WAIT" },				\
			 { 7, "CLOSE" },				\
			 { 8, "CLOSE_WAIT" },				\
			 { 9, "LAST_ACK" },				\
			 { 10, "LISTEN" },				\
			 { 11, "CLOSING" },				\
			 { 12, "NEW_SYN_RECV" })

#define show_poll_mask(mask)						\
	__print_flags(mask, "|",					\
		      { 0x0001, "IN" },					\
		      { 0x0002, "PRI" },				\
		      { 0x0004, "OUT" },				\
		      { 0x0008, "ERR" },				\
		      { 0x0010, "HUP" },				\
		      { 0x0020, "NVAL" },				\
		      { 0x0040, "RDNORM" },				\
		      { 0x0080, "RDBAND" },				\
		      { 0x0100, "WRNORM" },				\
		      { 0x0200, "WRBAND" },				\
		      { 0x0400, "MSG" },				\
		      { 0x2000, "RDHUP" },				\
		      { 0x4000, "FREE" })

#define show_epoll_op(op)						\
	__print_symbolic(op,						\
			 { 1, "ADD" },					\
			 { 2, "DEL" },					\
			 { 3, "MOD" })

#define show_epoll_events(events)					\
	__print_flags(events, "|",					\
		      { 0x0001, "IN" },					\
		      { 0x0002, "PRI" },				\
		      { 0x0004, "OUT" },				\
		      { 0x0008, "ERR" },				\
		      { 0x0010, "HUP" },				\
		      { 0x2000, "RDHUP" },				\
		      { 0x10000000, "EXCLUSIVE" },			\
		      { 0x20000000, "WAKEUP" },				\
		      { 0x40000000, "ONESHOT" },			\
		      { 0x80000000, "ET" })

#define show_msg_flags(flags)						\
	__print_flags(flags, "|",					\
		      { 0x0001, "OOB" },				\
		      { 0x0002, "PEEK" },				\
		      { 0x0020, "TRUNC" },				\
		      { 0x0040, "DONTWAIT" },				\
		      { 0x0100, "WAITALL" },				\
		      { 0x2000, "ERRQUEUE" })

#define show_acked(acked)						\
	__print_symbolic(acked,						\
			 { 0, "none" },					\
			 { 1, "sent" },					\
			 { 2, "delayed" },				\
			 { 3, "compressed" })

/*
 * A class of events: what every call tells first, and then the class's own fields,
 * their assignment, and format and arguments of the text.
 *
 * Fields of two bytes and then of one come last, so that no byte between two fields
 * shows what lay in the trace buffer before. Ids come before any field that the text
 * has in another place: trace-cmd's raw report has them in hexadecimal only so far.
 */
#define RXPATH_CLASS(_class, _fields, _assign, _format, ...)		\
	DECLARE_EVENT_CLASS(rxpath_##_class,				\
		TP_PROTO(const struct rxpath_call *call),		\
		TP_ARGS(call),						\
		TP_STRUCT__entry(					\
			__field(u64, start)				\
			__field(u64, dur)				\
			_fields						\
		),							\
		TP_fast_assign(						\
			__entry->start = call->start;			\
			__entry->dur = call->dur;			\
			_assign						\
		),							\
		TP_printk("start=%llu dur=%llu " _format,		\
			  __entry->start, __entry->dur, __VA_ARGS__)	\
	)

#endif /* RXPATH_TRACE_MACROS */

RXPATH_CLASS(call,
	TP_STRUCT__entry(
		__field(s64, ret)
	),
	TP_fast_assign(
		__entry->ret = call->ret;
	),
	"ret=%lld",
	__entry->ret
);

RXPATH_CLASS(irq,
	TP_STRUCT__entry(
		__field(int, irq)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->irq = call->irq.irq;
		__entry->ret = call->ret;
	),
	"irq=%d ret=%s",
	__entry->irq,
	__print_symbolic(__entry->ret,
			 { 0, "none" },
			 { 1, "handled" },
			 { 2, "wake-thread" })
);

RXPATH_CLASS(napi,
	TP_STRUCT__entry(
		__field(u32, napi)
		__field(int, ifindex)
		__field(int, weight)
		__field(int, work)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->napi = call->napi.napi;
		__entry->ifindex = call->napi.ifindex;
		__entry->weight = call->napi.weight;
		__entry->work = call->napi.work;
		__entry->ret = call->ret;
	),
	"napi=%u ifindex=%d weight=%d work=%d ret=%d",
	__entry->napi, __entry->ifindex, __entry->weight, __entry->work,
	__entry->ret
);

RXPATH_CLASS(skb,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(int, ifindex)
		__field(u32, len)
		__field(int, ret)
		__field(u16, protocol)
	),
	TP_fast_assign(
		__entry->skb = call->skb.skb;
		__entry->ifindex = call->skb.ifindex;
		__entry->len = call->skb.len;
		__entry->protocol = call->skb.protocol;
		__entry->ret = call->ret;
	),
	"skb=%08x ifindex=%d len=%u protocol=%s ret=%d",
	__entry->skb, __entry->ifindex, __entry->len,
	show_ethertype(__entry->protocol), __entry->ret
);

/* The calls in it that have no record of their own, if inner says so: fold.h. */
RXPATH_CLASS(gro,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(int, ifindex)
		__field(u32, len)
		__field(u16, protocol)
		__field(u8, inner)
		__field(s8, merge_ret)
		__field(u32, dev_after)
		__field(u32, dev_dur)
		__field(u32, merge_after)
		__field(u32, merge_dur)
		__field(u32, into)
		__field(u32, merged)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->skb = call->gro.skb.skb;
		__entry->ifindex = call->gro.skb.ifindex;
		__entry->len = call->gro.skb.len;
		__entry->protocol = call->gro.skb.protocol;
		__entry->inner = call->gro.inner;
		__entry->merge_ret = call->gro.merge_ret;
		__entry->dev_after = call->gro.dev_after;
		__entry->dev_dur = call->gro.dev_dur;
		__entry->merge_after = call->gro.merge_after;
		__entry->merge_dur = call->gro.merge_dur;
		__entry->into = call->gro.into;
		__entry->merged = call->gro.merged;
		__entry->ret = call->ret;
	),
	"skb=%08x ifindex=%d len=%u protocol=%s inner=%s dev_after=%u dev_dur=%u merge_after=%u merge_dur=%u into=%08x merged=%u merge_ret=%d ret=%d",
	__entry->skb, __entry->ifindex, __entry->len,
	show_ethertype(__entry->protocol),
	__print_flags(__entry->inner, "|",
		      { 1, "dev_gro_receive" },
		      { 2, "skb_gro_receive" }),
	__entry->dev_after, __entry->dev_dur, __entry->merge_after,
	__entry->merge_dur, __entry->into, __entry->merged, __entry->merge_ret,
	__entry->ret
);

RXPATH_CLASS(merge,
	TP_STRUCT__entry(
		__field(u32, into)
		__field(u32, skb)
		__field(u32, len)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->into = call->merge.into;
		__entry->skb = call->merge.skb;
		__entry->len = call->merge.len;
		__entry->ret = call->ret;
	),
	"into=%08x skb=%08x len=%u ret=%d",
	__entry->into, __entry->skb, __entry->len, __entry->ret
);

RXPATH_CLASS(ip,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(u32, len)
		__array(__u8, saddr, 4)
		__array(__u8, daddr, 4)
		__field(u8, proto)
		__field(u8, ttl)
		__field(u16, id)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->skb = call->ip.skb;
		__entry->len = call->ip.len;
		memcpy(__entry->saddr, &call->ip.saddr, 4);
		memcpy(__entry->daddr, &call->ip.daddr, 4);
		__entry->proto = call->ip.proto;
		__entry->ttl = call->ip.ttl;
		__entry->id = call->ip.id;
		__entry->ret = call->ret;
	),
	"skb=%08x %pI4 -> %pI4 proto=%s len=%u ttl=%u id=%u ret=%d",
	__entry->skb, __entry->saddr, __entry->daddr,
	show_ip_protocol(__entry->proto), __entry->len, __entry->ttl,
	__entry->id, __entry->ret
);

RXPATH_CLASS(route,
	TP_STRUCT__entry(
		__field(u32, skb)
		__array(__u8, saddr, 4)
		__array(__u8, daddr, 4)
		__field(int, ret)
		__field(u8, type)
	),
	TP_fast_assign(
		__entry->skb = call->route.skb;
		memcpy(__entry->saddr, &call->route.saddr, 4);
		memcpy(__entry->daddr, &call->route.daddr, 4);
		__entry->type = call->route.type;
		__entry->ret = call->ret;
	),
	"skb=%08x %pI4 -> %pI4 type=%s ret=%d",
	__entry->skb, __entry->saddr, __entry->daddr,
	show_route_type(__entry->type), __entry->ret
);

RXPATH_CLASS(tcp,
	TP_STRUCT__entry(
		__field(u32, skb)
		__array(__u8, saddr, 4)
		__array(__u8, daddr, 4)
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
		__entry->skb = call->tcp.skb;
		memcpy(__entry->saddr, &call->tcp.saddr, 4);
		memcpy(__entry->daddr, &call->tcp.daddr, 4);
		__entry->sport = call->tcp.sport;
		__entry->dport = call->tcp.dport;
		__entry->seq = call->tcp.seq;
		__entry->ack = call->tcp.ack;
		__entry->len = call->tcp.len;
		__entry->flags = call->tcp.flags;
		__entry->window = call->tcp.window;
		__entry->ret = call->ret;
	),
	"skb=%08x %pI4:%u -> %pI4:%u flags=%s seq=%u ack=%u len=%u window=%u ret=%d",
	__entry->skb, __entry->saddr, __entry->sport, __entry->daddr,
	__entry->dport, show_tcp_flags(__entry->flags), __entry->seq,
	__entry->ack, __entry->len, __entry->window, __entry->ret
);

RXPATH_CLASS(segment,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, skb)
		__field(u32, seq)
		__field(u32, end_seq)
		__field(u32, rcv_nxt)
		__field(u32, rcv_nxt_after)
		__field(u32, queued)
		__field(u32, queued_after)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
	),
	TP_fast_assign(
		__entry->sk = call->segment.sock.sk;
		__entry->skb = call->segment.skb;
		__entry->sport = call->segment.sock.sport;
		__entry->dport = call->segment.sock.dport;
		__entry->state = call->segment.sock.state;
		__entry->seq = call->segment.seq;
		__entry->end_seq = call->segment.end_seq;
		__entry->rcv_nxt = call->segment.rcv_nxt;
		__entry->rcv_nxt_after = call->segment.rcv_nxt_after;
		__entry->queued = call->segment.sock.queued;
		__entry->queued_after = call->segment.queued_after;
		__entry->ret = call->ret;
	),
	"sk=%08x skb=%08x sport=%u dport=%u state=%s seq=%u end_seq=%u rcv_nxt=%u->%u queued=%u->%u ret=%d",
	__entry->sk, __entry->skb, __entry->sport, __entry->dport,
	show_tcp_state(__entry->state), __entry->seq, __entry->end_seq,
	__entry->rcv_nxt, __entry->rcv_nxt_after, __entry->queued,
	__entry->queued_after, __entry->ret
);

RXPATH_CLASS(coalesce,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, into)
		__field(u32, skb)
		__field(u32, seq)
		__field(u32, end_seq)
		__field(u8, ret)
	),
	TP_fast_assign(
		__entry->sk = call->coalesce.sk;
		__entry->into = call->coalesce.into;
		__entry->skb = call->coalesce.skb;
		__entry->seq = call->coalesce.seq;
		__entry->end_seq = call->coalesce.end_seq;
		__entry->ret = call->ret;
	),
	"sk=%08x into=%08x skb=%08x seq=%u end_seq=%u ret=%s",
	__entry->sk, __entry->into, __entry->skb, __entry->seq,
	__entry->end_seq,
	__print_symbolic(__entry->ret,
			 { 0, "kept" },
			 { 1, "joined" })
);

RXPATH_CLASS(sock,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, queued)
		__field(s64, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
	),
	TP_fast_assign(
		__entry->sk = call->sock.sk;
		__entry->sport = call->sock.sport;
		__entry->dport = call->sock.dport;
		__entry->state = call->sock.state;
		__entry->queued = call->sock.queued;
		__entry->ret = call->ret;
	),
	"sk=%08x sport=%u dport=%u state=%s queued=%u ret=%lld",
	__entry->sk, __entry->sport, __entry->dport,
	show_tcp_state(__entry->state), __entry->queued, __entry->ret
);

RXPATH_CLASS(wake,
	TP_STRUCT__entry(
		__field(u32, wq)
		__field(u32, key)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->wq = call->wake.wq;
		__entry->key = call->wake.key;
		__entry->ret = call->ret;
	),
	"wq=%08x key=%s ret=%d",
	__entry->wq, show_poll_mask(__entry->key), __entry->ret
);

RXPATH_CLASS(callback,
	TP_STRUCT__entry(
		__field(u32, wait)
		__field(int, pid)
		__array(char, comm, TASK_COMM_LEN)
		__field(u32, key)
		__field(int, ret)
		__field(u8, exclusive)
	),
	TP_fast_assign(
		__entry->wait = call->callback.wait;
		__entry->pid = call->callback.pid;
		memcpy(__entry->comm, call->callback.comm, TASK_COMM_LEN);
		__entry->key = call->callback.key;
		__entry->exclusive = call->callback.exclusive;
		__entry->ret = call->ret;
	),
	"wait=%08x pid=%d comm=%s key=%s exclusive=%u ret=%d",
	__entry->wait, __entry->pid, __entry->comm,
	show_poll_mask(__entry->key), __entry->exclusive, __entry->ret
);

RXPATH_CLASS(recv,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, want)
		__field(u32, flags)
		__field(u32, seq)
		__field(u32, seq_after)
		__field(u32, window)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, acked)
	),
	TP_fast_assign(
		__entry->sk = call->recv.sock.sk;
		__entry->sport = call->recv.sock.sport;
		__entry->dport = call->recv.sock.dport;
		__entry->want = call->recv.want;
		__entry->flags = call->recv.flags;
		__entry->seq = call->recv.seq;
		__entry->seq_after = call->recv.seq_after;
		__entry->window = call->recv.window;
		__entry->acked = call->recv.ack;
		__entry->ret = call->ret;
	),
	"sk=%08x sport=%u dport=%u want=%u flags=%s seq=%u->%u window=%u acked=%s ret=%d",
	__entry->sk, __entry->sport, __entry->dport, __entry->want,
	show_msg_flags(__entry->flags), __entry->seq, __entry->seq_after,
	__entry->window, show_acked(__entry->acked), __entry->ret
);

RXPATH_CLASS(copy,
	TP_STRUCT__entry(
		__field(u32, skb)
		__field(u32, offset)
		__field(u32, len)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->skb = call->copy.skb;
		__entry->offset = call->copy.offset;
		__entry->len = call->copy.len;
		__entry->ret = call->ret;
	),
	"skb=%08x offset=%u len=%u ret=%d",
	__entry->skb, __entry->offset, __entry->len, __entry->ret
);

#include "skb_trace.h"
#include "socket_trace.h"
#include "epoll_trace.h"

#define RXPATH_HOOK(_event, _class, ...)				\
	DEFINE_EVENT(rxpath_##_class, _event,				\
		     TP_PROTO(const struct rxpath_call *call),		\
		     TP_ARGS(call));
#include "rxpath_hooks.h"

#endif /* _RXPATH_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE rxpath_trace
#include <trace/define_trace.h>

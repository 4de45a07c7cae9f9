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
 * A record's fields, by their width: ids, other words, halves of them, bytes. So no
 * byte between two fields shows what lay in the trace buffer before; and an id comes
 * before any field that the text has in another place, as trace-cmd's raw report has
 * ids in hexadecimal only so far.
 */
#define RXPATH_ONLY_IDS_ID(...)		__VA_ARGS__
#define RXPATH_ONLY_IDS_WORD(...)
#define RXPATH_ONLY_IDS_HALF(...)
#define RXPATH_ONLY_IDS_BYTE(...)
#define RXPATH_ONLY_WORDS_ID(...)
#define RXPATH_ONLY_WORDS_WORD(...)	__VA_ARGS__
#define RXPATH_ONLY_WORDS_HALF(...)
#define RXPATH_ONLY_WORDS_BYTE(...)
#define RXPATH_ONLY_HALVES_ID(...)
#define RXPATH_ONLY_HALVES_WORD(...)
#define RXPATH_ONLY_HALVES_HALF(...)	__VA_ARGS__
#define RXPATH_ONLY_HALVES_BYTE(...)
#define RXPATH_ONLY_BYTES_ID(...)
#define RXPATH_ONLY_BYTES_WORD(...)
#define RXPATH_ONLY_BYTES_HALF(...)
#define RXPATH_ONLY_BYTES_BYTE(...)	__VA_ARGS__

#define RXPATH_ENTRY_ID(_only, _name)	_only##_ID(__field(u32, _name))
#define RXPATH_ENTRY_U32(_only, _name)	_only##_WORD(__field(u32, _name))
#define RXPATH_ENTRY_INT(_only, _name)	_only##_WORD(__field(int, _name))
#define RXPATH_ENTRY_U16(_only, _name)	_only##_HALF(__field(u16, _name))
#define RXPATH_ENTRY_U8(_only, _name)	_only##_BYTE(__field(u8, _name))
#define RXPATH_ENTRY_S8(_only, _name)	_only##_BYTE(__field(s8, _name))
#define RXPATH_ENTRY_ADDR4(_only, _name) _only##_WORD(__array(__u8, _name, 4))
#define RXPATH_ENTRY_ADDR6(_only, _name) _only##_WORD(__array(__u8, _name, 16))
#define RXPATH_ENTRY_ADDR6_BESIDE	RXPATH_ENTRY_ADDR6
#define RXPATH_ENTRY_TEXT8(_only, _name) _only##_WORD(__array(char, _name, 8))
#define RXPATH_ENTRY_TEXT28(_only, _name) _only##_WORD(__array(char, _name, 28))
#define RXPATH_ENTRY_FILL28		RXPATH_ENTRY_TEXT28
#define RXPATH_ENTRY_COMM(_only, _name)	_only##_WORD(__array(char, _name, TASK_COMM_LEN))
#define RXPATH_ENTRY_RET		RXPATH_ENTRY_INT
#define RXPATH_ENTRY_RET64(_only, _name) _only##_WORD(__field(s64, _name))
#define RXPATH_ENTRY_RET8		RXPATH_ENTRY_U8
#define RXPATH_ENTRY_ID_GONE(...)

#define RXPATH_IDS(_kind, _name, ...)	RXPATH_ENTRY_##_kind(RXPATH_ONLY_IDS, _name)
#define RXPATH_WORDS(_kind, _name, ...)	RXPATH_ENTRY_##_kind(RXPATH_ONLY_WORDS, _name)
#define RXPATH_HALVES(_kind, _name, ...) RXPATH_ENTRY_##_kind(RXPATH_ONLY_HALVES, _name)
#define RXPATH_BYTES(_kind, _name, ...)	RXPATH_ENTRY_##_kind(RXPATH_ONLY_BYTES, _name)

#define RXPATH_SET_NUMBER(_name, _value, ...) (__entry->_name = _value)
#define RXPATH_SET_BYTES(_name, _value, ...)				\
	memcpy(__entry->_name, _value, sizeof(__entry->_name))
#define RXPATH_SET_ID			RXPATH_SET_NUMBER
#define RXPATH_SET_U32			RXPATH_SET_NUMBER
#define RXPATH_SET_INT			RXPATH_SET_NUMBER
#define RXPATH_SET_U16			RXPATH_SET_NUMBER
#define RXPATH_SET_U8			RXPATH_SET_NUMBER
#define RXPATH_SET_S8			RXPATH_SET_NUMBER
#define RXPATH_SET_ADDR4		RXPATH_SET_BYTES
#define RXPATH_SET_ADDR6		RXPATH_SET_BYTES
#define RXPATH_SET_ADDR6_BESIDE		RXPATH_SET_BYTES
#define RXPATH_SET_TEXT8		RXPATH_SET_BYTES
#define RXPATH_SET_TEXT28		RXPATH_SET_BYTES
#define RXPATH_SET_FILL28(_name, _value, ...) _value
#define RXPATH_SET_COMM			RXPATH_SET_BYTES
#define RXPATH_SET_RET			RXPATH_SET_NUMBER
#define RXPATH_SET_RET64		RXPATH_SET_NUMBER
#define RXPATH_SET_RET8			RXPATH_SET_NUMBER
#define RXPATH_SET_ID_GONE(...)
#define RXPATH_SET(_kind, _name, ...)	RXPATH_SET_##_kind(_name, __VA_ARGS__);

#define RXPATH_TEXT(_format, ...)					\
	TP_printk("start=%llu dur=%llu " _format, __entry->start,	\
		  __entry->dur, __VA_ARGS__)
#define RXPATH_TEXT_OF(...) RXPATH_TEXT(__VA_ARGS__)

#endif /* RXPATH_TRACE_MACROS */

/* A class of events: what every call tells first, and then the class's own fields. */
#define RXPATH_CLASS(_class, ...)					\
	DECLARE_EVENT_CLASS(rxpath_##_class,				\
		TP_PROTO(const struct rxpath_call *call),		\
		TP_ARGS(call),						\
		TP_STRUCT__entry(					\
			__field(u64, start)				\
			__field(u64, dur)				\
			RXPATH_##_class##_FIELDS(RXPATH_IDS)		\
			RXPATH_##_class##_FIELDS(RXPATH_WORDS)		\
			RXPATH_##_class##_FIELDS(RXPATH_HALVES)		\
			RXPATH_##_class##_FIELDS(RXPATH_BYTES)		\
		),							\
		TP_fast_assign(						\
			const typeof(call->_class) *kept __maybe_unused = \
				&call->_class;				\
			__entry->start = call->start;			\
			__entry->dur = call->dur;			\
			RXPATH_##_class##_FIELDS(RXPATH_SET)		\
		),							\
		RXPATH_TEXT_OF(RXPATH_##_class##_PRINT)			\
	);
#include "rxpath_classes.h"

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

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events: what the rings, the interrupt and the poll did. Trace system rxpath_e1000.
 *
 * An skb appears by its id (rxpath_id.h), never by its address. The id is made
 * inside TP_fast_assign, so an event that is off costs one jump not taken.
 *
 * Fields fill a record's words to the end, with wider types where need be: the trace
 * buffer is not cleared, and a byte that no field covers would show what lay there.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM rxpath_e1000

#if !defined(RXE_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define RXE_TRACE_H

#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/tracepoint.h>

#include "rxpath_id.h"

TRACE_EVENT(irq,
	    TP_PROTO(const struct net_device *netdev, u32 icr, bool scheduled),
	    TP_ARGS(netdev, icr, scheduled),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u32, icr)
			     __field(u32, scheduled)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->icr = icr;
			   __entry->scheduled = scheduled;),
	    TP_printk("ifindex=%d icr=0x%08x scheduled=%u",
		      __entry->ifindex, __entry->icr, __entry->scheduled)
);

TRACE_EVENT(poll_begin,
	    TP_PROTO(const struct net_device *netdev, u16 budget, u16 ntc, u16 ntu),
	    TP_ARGS(netdev, budget, ntc, ntu),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u32, budget)
			     __field(u16, ntc)
			     __field(u16, ntu)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->budget = budget;
			   __entry->ntc = ntc;
			   __entry->ntu = ntu;),
	    TP_printk("ifindex=%d budget=%u ntc=%u ntu=%u", __entry->ifindex,
		      __entry->budget, __entry->ntc, __entry->ntu)
);

TRACE_EVENT(poll_end,
	    TP_PROTO(const struct net_device *netdev, u16 budget, u16 work,
		     u16 tx_cleaned, bool done),
	    TP_ARGS(netdev, budget, work, tx_cleaned, done),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u16, budget)
			     __field(u16, work)
			     __field(u16, tx_cleaned)
			     __field(u16, done)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->budget = budget;
			   __entry->work = work;
			   __entry->tx_cleaned = tx_cleaned;
			   __entry->done = done;),
	    TP_printk("ifindex=%d budget=%u work=%u tx_cleaned=%u done=%u",
		      __entry->ifindex, __entry->budget, __entry->work,
		      __entry->tx_cleaned, __entry->done)
);

TRACE_EVENT(rx_desc,
	    TP_PROTO(const struct net_device *netdev, const struct sk_buff *skb,
		     u16 index, u16 len, u16 ntc, u16 ntu, u8 status, u16 count),
	    TP_ARGS(netdev, skb, index, len, ntc, ntu, status, count),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u32, skb)
			     __field(u16, index)
			     __field(u16, len)
			     __field(u16, ntc)
			     __field(u16, ntu)
			     __field(u16, status)
			     __field(u16, count)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->skb = rxpath_id(skb);
			   __entry->index = index;
			   __entry->len = len;
			   __entry->ntc = ntc;
			   __entry->ntu = ntu;
			   __entry->status = status;
			   __entry->count = count;),
	    TP_printk("ifindex=%d skb=%08x index=%u len=%u ntc=%u ntu=%u status=0x%02x count=%u",
		      __entry->ifindex, __entry->skb, __entry->index, __entry->len,
		      __entry->ntc, __entry->ntu, __entry->status, __entry->count)
);

TRACE_EVENT(rx_refill,
	    TP_PROTO(const struct net_device *netdev, u16 filled, u16 want, u16 ntc, u16 ntu),
	    TP_ARGS(netdev, filled, want, ntc, ntu),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u16, filled)
			     __field(u16, want)
			     __field(u16, ntc)
			     __field(u16, ntu)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->filled = filled;
			   __entry->want = want;
			   __entry->ntc = ntc;
			   __entry->ntu = ntu;),
	    TP_printk("ifindex=%d filled=%u want=%u ntc=%u ntu=%u", __entry->ifindex,
		      __entry->filled, __entry->want, __entry->ntc, __entry->ntu)
);

TRACE_EVENT(rx_tail,
	    TP_PROTO(const struct net_device *netdev, u16 tail, u16 filled),
	    TP_ARGS(netdev, tail, filled),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u16, tail)
			     __field(u16, filled)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->tail = tail;
			   __entry->filled = filled;),
	    TP_printk("ifindex=%d tail=%u filled=%u", __entry->ifindex,
		      __entry->tail, __entry->filled)
);

TRACE_EVENT(tx_desc,
	    TP_PROTO(const struct net_device *netdev, const struct sk_buff *skb,
		     u32 len, u16 index, u16 descs),
	    TP_ARGS(netdev, skb, len, index, descs),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u32, skb)
			     __field(u32, len)
			     __field(u16, index)
			     __field(u16, descs)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->skb = rxpath_id(skb);
			   __entry->len = len;
			   __entry->index = index;
			   __entry->descs = descs;),
	    TP_printk("ifindex=%d skb=%08x index=%u len=%u descs=%u",
		      __entry->ifindex, __entry->skb, __entry->index,
		      __entry->len, __entry->descs)
);

TRACE_EVENT(tx_tail,
	    TP_PROTO(const struct net_device *netdev, u16 tail),
	    TP_ARGS(netdev, tail),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u32, tail)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->tail = tail;),
	    TP_printk("ifindex=%d tail=%u", __entry->ifindex, __entry->tail)
);

TRACE_EVENT(tx_clean,
	    TP_PROTO(const struct net_device *netdev, u16 packets, u32 bytes,
		     u16 ntc, u16 ntu),
	    TP_ARGS(netdev, packets, bytes, ntc, ntu),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u32, bytes)
			     __field(u32, packets)
			     __field(u16, ntc)
			     __field(u16, ntu)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->packets = packets;
			   __entry->bytes = bytes;
			   __entry->ntc = ntc;
			   __entry->ntu = ntu;),
	    TP_printk("ifindex=%d packets=%u bytes=%u ntc=%u ntu=%u",
		      __entry->ifindex, __entry->packets, __entry->bytes,
		      __entry->ntc, __entry->ntu)
);

/* A fault has happened; its number is one of enum rxe_fault, left is -1 for "on". */
TRACE_EVENT(fault,
	    TP_PROTO(const struct net_device *netdev, u32 fault, int left),
	    TP_ARGS(netdev, fault, left),
	    TP_STRUCT__entry(__field(int, ifindex)
			     __field(u32, fault)
			     __field(int, left)),
	    TP_fast_assign(__entry->ifindex = netdev->ifindex;
			   __entry->fault = fault;
			   __entry->left = left;),
	    TP_printk("ifindex=%d fault=%s left=%d", __entry->ifindex,
		      __print_symbolic(__entry->fault,
				       { 0, "withhold_rx_tail" },
				       { 1, "withhold_tx_tail" },
				       { 2, "lose_interrupt" },
				       { 3, "fail_refill" },
				       { 4, "stall_tx" }),
		      __entry->left)
);

#endif /* RXE_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace

/* Outside the guard: define_trace.h reads this file again. */
#include <trace/define_trace.h>

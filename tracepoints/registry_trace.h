/* SPDX-License-Identifier: GPL-2.0 */
/* The event "registered" of the trace system "rxpath": see registry.c. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM rxpath

#if !defined(_RXPATH_REGISTRY_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _RXPATH_REGISTRY_TRACE_H

#include <linux/tracepoint.h>

#include "registry.h"

TRACE_EVENT(registered,
	TP_PROTO(const struct rxpath_registered *one),
	TP_ARGS(one),
	TP_STRUCT__entry(
		__array(char, where, RXPATH_WHERE_LEN)
		__array(char, what, RXPATH_WHAT_LEN)
		__array(char, handler, RXPATH_HANDLER_LEN)
		__field(u32, number)
	),
	TP_fast_assign(
		memcpy(__entry->where, one->where, RXPATH_WHERE_LEN);
		memcpy(__entry->what, one->what, RXPATH_WHAT_LEN);
		memcpy(__entry->handler, one->handler, RXPATH_HANDLER_LEN);
		__entry->number = one->number;
	),
	TP_printk("where=%s number=%u what=%s handler=%s", __entry->where,
		  __entry->number, __entry->what, __entry->handler)
);

#endif /* _RXPATH_REGISTRY_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE registry_trace
#include <trace/define_trace.h>

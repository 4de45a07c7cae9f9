/* SPDX-License-Identifier: GPL-2.0 */
/* The event "loss": calls that have no event, as account.c tells of them. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM rxpath

#if !defined(_RXPATH_LOSS_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _RXPATH_LOSS_TRACE_H

#include <linux/tracepoint.h>

#include "account.h"

TRACE_EVENT(loss,
	TP_PROTO(const struct rxpath_loss *loss),
	TP_ARGS(loss),
	TP_STRUCT__entry(
		__array(char, hook, RXPATH_LOSS_HOOK_LEN)
		__field(u64, nested)
		__field(u64, exhausted)
		__field(int, cpu)
		__field(u32, before)
	),
	TP_fast_assign(
		strscpy_pad(__entry->hook, loss->hook, RXPATH_LOSS_HOOK_LEN);
		__entry->nested = loss->nested;
		__entry->exhausted = loss->exhausted;
		__entry->cpu = loss->cpu;
		__entry->before = loss->before;
	),
	TP_printk("hook=%s cpu=%d nested=%llu exhausted=%llu before=%u",
		  __entry->hook, __entry->cpu, __entry->nested,
		  __entry->exhausted, __entry->before)
);

#endif /* _RXPATH_LOSS_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE loss_trace
#include <trace/define_trace.h>

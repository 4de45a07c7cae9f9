// SPDX-License-Identifier: GPL-2.0
/*
 * The events' bodies, made from rxpath_trace.h, and what is ours in them: the
 * switch that arms a hook when its event is enabled, and the way to a place in
 * the trace buffer. The macros of trace_events.h write the kernel's names there,
 * hence the redefinitions.
 */
#include <linux/ring_buffer.h>
#include <linux/string.h>
#include <linux/trace_events.h>

#include "arm.h"
#include "capture.h"

/*
 * A tracepoint's own regfunc is not the place to arm a hook: it runs under
 * tracepoints_mutex, arming takes ftrace_lock, and the function_graph tracer
 * takes the two the other way round when it starts. An event class has a reg
 * function of its own, called before, under event_mutex alone; it is the way that
 * kprobe events are armed too.
 */
#define trace_event_reg rxpath_event_reg

static __always_inline unsigned int current_migration_disabled(void)
{
#ifdef CONFIG_SMP
	return current->migration_disabled;
#else
	return 0;
#endif
}

/*
 * Where most records' data are is told by one comparison: only a record that
 * comes long after the one before it has a time stamp in between.
 */
static __always_inline void *record_data(struct ring_buffer_event *record)
{
	if (unlikely(record->type_len > RINGBUF_TYPE_DATA_TYPE_LEN_MAX))
		return ring_buffer_event_data(record);
	return &record->array[!record->type_len];
}

/*
 * What the record tells of its context, as tracing_generic_entry_update() takes
 * it apart. The kernel's own is not for modules, and would tell of the
 * interrupts as we hold them off and not as the function left them; the
 * preemption count has one more of the tracepoint's own.
 */
static __always_inline unsigned int record_context(const struct rxpath_call *call)
{
	const unsigned int count = preempt_count();
	const unsigned int depth = (count & PREEMPT_MASK) - IS_ENABLED(CONFIG_PREEMPTION);
	unsigned int flags = irqs_disabled_flags(call->irqflags) ? TRACE_FLAG_IRQS_OFF : 0;

	/* Most calls are made in a softirq; a handler or an NMI is the exception. */
	if (unlikely(count & (NMI_MASK | HARDIRQ_MASK)))
		flags |= (count & NMI_MASK ? TRACE_FLAG_NMI : 0) |
			 (count & HARDIRQ_MASK ? TRACE_FLAG_HARDIRQ : 0);
	if (in_serving_softirq())
		flags |= TRACE_FLAG_SOFTIRQ;
	if (unlikely(softirq_count() >= SOFTIRQ_DISABLE_OFFSET))
		flags |= TRACE_FLAG_BH_OFF;
	if (unlikely(tif_need_resched()))
		flags |= TRACE_FLAG_NEED_RESCHED;
#ifdef RXPATH_HAVE_LAZY_RESCHED
	if (unlikely(test_thread_flag(TIF_NEED_RESCHED_LAZY)))
		flags |= TRACE_FLAG_NEED_RESCHED_LAZY;
#endif
	if (unlikely(test_preempt_need_resched()))
		flags |= TRACE_FLAG_PREEMPT_RESCHED;
	return flags << 16 | min(current_migration_disabled(), 0xfU) << 4 | min(depth, 0xfU);
}

/* The kernel's way, but for what the record tells of its context. */
static __always_inline void *context_reserve(struct trace_event_buffer *buffer,
					     struct trace_event_file *file, unsigned long len,
					     const struct rxpath_call *call)
{
	const int type = file->event_call->event.type;

	buffer->trace_ctx = record_context(call);
	buffer->trace_file = file;
	buffer->regs = NULL;
	buffer->event = trace_event_buffer_lock_reserve(&buffer->buffer, file, type, len,
							buffer->trace_ctx);
	if (!buffer->event)
		return NULL;
	buffer->entry = record_data(buffer->event);
	return buffer->entry;
}

/*
 * The trace buffer's memory is not cleared between records, nor by every kernel before
 * the first: bytes that no field covers would hold what lay there before, parts of
 * addresses among it. Fields leave none between them (small ones come last in each
 * class), and those of the last word are cleared.
 */
static __always_inline void *record_reserve(struct trace_event_buffer *buffer,
					    struct trace_event_file *file, unsigned long fields,
					    const struct rxpath_call *call)
{
	const unsigned long len = ALIGN(fields, sizeof(u32));
	void *entry;

	if (call->judged == RXPATH_TOLD)
		return NULL;
	if (unlikely(file->flags & EVENT_FILE_FL_PID_FILTER))
		entry = trace_event_buffer_reserve(buffer, file, len);
	else
		entry = context_reserve(buffer, file, len, call);
	if (entry && len != fields)
		*(u32 *)(entry + len - sizeof(u32)) = 0;
	return entry;
}

/* A record ends with its last field: the structure may be longer, for its alignment. */
#define trace_event_buffer_reserve(buffer, file, len)                                              \
	record_reserve(buffer, file, offsetof(typeof(*entry), __data) + (len) - sizeof(*entry),    \
		       call)

#define CREATE_TRACE_POINTS
#include "rxpath_trace.h"

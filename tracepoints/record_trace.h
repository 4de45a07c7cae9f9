/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's way to write an event, where ours departs from it.
 *
 * The macros of trace_events.h write three names of the kernel's into each event: the
 * class's reg function, the way to a place in the buffer, and the fields' own. This
 * header, and no other, makes them ours. A kernel that writes others would go its own
 * way without a word: so that each name has been written is asserted, and what is
 * taken for granted of the kernel's own functions, too. What shows only when it runs,
 * rxpath_events_check() asks when the module is loaded.
 *
 * Included once, by events.c.
 */
#include <linux/build_bug.h>
#include <linux/ring_buffer.h>
#include <linux/string.h>
#include <linux/trace_events.h>

#include "arm.h"
#include "capture.h"

/* As trace_events.h calls them, or has them called. */
static_assert(__same_type(trace_event_reg,
			  int(struct trace_event_call *, enum trace_reg, void *)));
static_assert(__same_type(trace_event_buffer_reserve,
			  void *(struct trace_event_buffer *, struct trace_event_file *,
				 unsigned long)));
static_assert(__same_type(trace_event_buffer_lock_reserve,
			  struct ring_buffer_event *(struct trace_buffer **,
						     struct trace_event_file *, int,
						     unsigned long, unsigned int)));
/* A record's first word: type or length, and the time. Its data are behind that, or one more. */
static_assert(offsetof(struct ring_buffer_event, array) == sizeof(u32));
static_assert(RINGBUF_TYPE_DATA_TYPE_LEN_MAX == 28);
/* What a record tells of its context: flags from bit 16 on, migration from 4, preemption from 0. */
static_assert(TRACE_FLAG_IRQS_OFF == 0x01 && TRACE_FLAG_HARDIRQ == 0x08 &&
	      TRACE_FLAG_SOFTIRQ == 0x10 && TRACE_FLAG_NMI == 0x40);

/* A static function that is not used is an error: then the kernel has not written its name. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wunused-function"

/*
 * A tracepoint's own regfunc is not the place to arm a hook: it runs under
 * tracepoints_mutex, arming takes ftrace_lock, and the function_graph tracer
 * takes the two the other way round when it starts. An event class has a reg
 * function of its own, called before, under event_mutex alone; it is the way that
 * kprobe events are armed too.
 */
static int class_reg(struct trace_event_call *call, enum trace_reg type, void *data)
{
	return rxpath_event_reg(call, type, data);
}

#define trace_event_reg class_reg

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

/* Names itself once more than an inline function would: see above. */
static void reserve_is_ours(void)
{
}

/* A record ends with its last field: the structure may be longer, for its alignment. */
#define trace_event_buffer_reserve(buffer, file, len)                                              \
	((void)reserve_is_ours,                                                                    \
	 record_reserve(buffer, file, offsetof(typeof(*entry), __data) + (len) - sizeof(*entry),   \
			call))

#define CREATE_TRACE_POINTS
#include "rxpath_trace.h"

#undef trace_event_buffer_reserve
#undef trace_event_reg
#pragma GCC diagnostic pop

/*
 * Every byte of a record is a field's: without room between them it would be as long.
 * What the fields' macros were for is done; once more they are what they were first.
 */
#include <trace/stages/stage1_struct_define.h>
#define RXPATH_CLASS(_class, ...)					\
	struct rxpath_packed_##_class {					\
		struct trace_entry ent;					\
		u64 start;						\
		u64 dur;						\
		RXPATH_##_class##_FIELDS(RXPATH_IDS)			\
		RXPATH_##_class##_FIELDS(RXPATH_WORDS)			\
		RXPATH_##_class##_FIELDS(RXPATH_HALVES)			\
		RXPATH_##_class##_FIELDS(RXPATH_BYTES)			\
	} __packed;							\
	static_assert(offsetof(struct trace_event_raw_rxpath_##_class, __data) == \
		      sizeof(struct rxpath_packed_##_class));
#include "rxpath_classes.h"

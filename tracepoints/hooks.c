// SPDX-License-Identifier: GPL-2.0
/*
 * The hook table, made into handlers and a list of hooks.
 *
 * Each line gets handlers of its own: what class it is and where its argument
 * stands are constants in them, so that a hooked call costs no indirect call.
 * The trampolines call them by name, the return probe's handlers through the
 * list.
 */
#include <linux/irqflags.h>
#include <linux/trace_clock.h>
#include <linux/trace_events.h>

#include "capture.h"
#include "filter.h"
#include "fold.h"
#include "frame.h"
#include "hooks.h"
#include "rxpath_trace.h"

/*
 * The clock is read last at entry and first at return: what we do ourselves is
 * not in the call's time, though it is in its caller's.
 */
static __always_inline void call_begin(struct rxpath_call *call)
{
	call->start = trace_clock_local();
}

/*
 * From the reading at return until the event is in the buffer interrupts wait.
 * The calls of one that came between would be in the buffer before the event,
 * as if they had been the call's own, and have begun after it was over.
 *
 * The raw variant, as there is nothing for lockdep to see.
 */
static __always_inline void call_end(struct rxpath_call *call, unsigned long value,
				     unsigned int arg)
{
	raw_local_irq_save(call->irqflags);
	call->dur = trace_clock_local() - call->start;
	call->ret = capture_return(value, arg);
}

static __always_inline void call_told(struct rxpath_call *call)
{
	raw_local_irq_restore(call->irqflags);
}

/* Told in the record of the call around it, and nobody else wants to know. */
static __always_inline bool call_folded(struct rxpath_call *call, unsigned int arg,
					enum rxpath_subject subject)
{
	if (!(arg & RXPATH_INNER))
		return false;
	if (!(subject == RXPATH_BY_MERGE ? fold_merge(call) : fold_dev(call)))
		return false;
	call->judged = RXPATH_TOLD;
	return !READ_ONCE(rxpath_fold.others);
}

#define RXPATH_HOOK(_event, _class, _arg, ...)                                                     \
	enum { arg_of_##_event = (_arg) };                                                         \
	/* The class says what a call is judged by, but for what the flags say. */                 \
	static const enum rxpath_subject subject_of_##_event =                                     \
		arg_of_##_event & RXPATH_SERVES ? RXPATH_BY_SOFTIRQS : RXPATH_##_class##_SUBJECT;  \
	__no_caller_saved_registers bool gate_##_event(RXPATH_GATE_ARGS)                           \
	{                                                                                          \
		return rxpath_gate((unsigned long[]){ arg0, arg1, arg2, arg3, arg4, arg5 },        \
				   arg_of_##_event, subject_of_##_event);                          \
	}                                                                                          \
	bool enter_##_event(struct rxpath_frame *frame)                                            \
	{                                                                                          \
		if (!rxpath_chosen(frame, arg_of_##_event, subject_of_##_event))                   \
			return false;                                                              \
		capture_##_class(&frame->call, frame->args, arg_of_##_event);                      \
		call_begin(&frame->call);                                                          \
		return true;                                                                       \
	}                                                                                          \
	void leave_##_event(struct rxpath_frame *frame)                                            \
	{                                                                                          \
		if (rxpath_came_to_nothing(&frame->call, subject_of_##_event))                     \
			return;                                                                    \
		call_end(&frame->call, frame->args[0], arg_of_##_event);                           \
		if (rxpath_still_chosen(&frame->call, subject_of_##_event)) {                      \
			complete_##_class(&frame->call, arg_of_##_event);                          \
			if (!call_folded(&frame->call, arg_of_##_event, subject_of_##_event))      \
				trace_##_event(&frame->call);                                      \
		}                                                                                  \
		call_told(&frame->call);                                                           \
	}
#include "rxpath_hooks.h"

#ifdef RXPATH_DIRECT
#define TRAMPOLINE_OF(_event) .trampoline = rxpath_trampoline_##_event,
#else
#define TRAMPOLINE_OF(_event)
#endif

#define RXPATH_HOOK(_event, _class, _arg, _symbols, ...)                                           \
	{ .event = #_event,                                                                        \
	  .symbols = _symbols,                                                                     \
	  .arg = _arg,                                                                             \
	  .tp = &__tracepoint_##_event,                                                            \
	  .gate = gate_##_event,                                                                   \
	  .enter = enter_##_event,                                                                 \
	  .leave = leave_##_event,                                                                 \
	  TRAMPOLINE_OF(_event) },
struct rxpath_hook rxpath_hooks[RXPATH_NR_HOOKS] = {
#include "rxpath_hooks.h"
};

static struct rxpath_hook *hook_of(const struct trace_event_call *call)
{
	unsigned int i;

	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		if (rxpath_hooks[i].tp == call->tp)
			return &rxpath_hooks[i];
	return NULL;
}

/**
 * rxpath_event_reg - an event of ours is being enabled or disabled
 * @call: the event
 * @type: by whom and which
 * @data: the trace core's own
 *
 * Called under event_mutex, may sleep. A hook that cannot be armed is no error:
 * the event is then enabled and stays silent, and the status file says why, so
 * that enabling the whole system works for all the others.
 *
 * Return: 0 or a negative errno.
 */
int rxpath_event_reg(struct trace_event_call *call, enum trace_reg type, void *data)
{
	struct rxpath_hook *hook = hook_of(call);
	int ret;

	if (WARN_ON_ONCE(!hook))
		return -ENOENT;

	switch (type) {
	case TRACE_REG_REGISTER:
#ifdef CONFIG_PERF_EVENTS
	case TRACE_REG_PERF_REGISTER:
#endif
		ret = rxpath_hook_get(hook);
		if (ret)
			return ret;
		ret = trace_event_reg(call, type, data);
		if (ret)
			rxpath_hook_put(hook);
		else
			rxpath_fold_change(hook, type == TRACE_REG_REGISTER ? data : NULL, 1);
		return ret;
	case TRACE_REG_UNREGISTER:
#ifdef CONFIG_PERF_EVENTS
	case TRACE_REG_PERF_UNREGISTER:
#endif
		/* First, so that no call is told in a record that is not written. */
		rxpath_fold_change(hook, type == TRACE_REG_UNREGISTER ? data : NULL, -1);
		ret = trace_event_reg(call, type, data);
		rxpath_hook_put(hook);
		return ret;
	default:
		return trace_event_reg(call, type, data);
	}
}

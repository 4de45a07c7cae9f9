// SPDX-License-Identifier: GPL-2.0
/*
 * The hook table, made into handlers and a list of hooks.
 *
 * Each line gets handlers of its own: what class it is and where its argument
 * stands are constants in them, so that a hooked call costs no indirect call.
 */
#include <linux/kprobes.h>
#include <linux/trace_clock.h>
#include <linux/trace_events.h>

#include "capture.h"
#include "hooks.h"
#include "rxpath_trace.h"

/*
 * The clock is read last at entry and first at return: what we do ourselves is
 * not in the call's time, though it is in its caller's.
 */
#define RXPATH_HOOK(_event, _class, _arg, ...)				\
static int enter_##_event(struct kretprobe_instance *instance,		\
			  struct pt_regs *regs)				\
{									\
	struct rxpath_call *call = (void *)instance->data;		\
									\
	capture_##_class(call, regs, _arg);				\
	call->start = trace_clock_local();				\
	return 0;							\
}									\
NOKPROBE_SYMBOL(enter_##_event);					\
static int leave_##_event(struct kretprobe_instance *instance,		\
			  struct pt_regs *regs)				\
{									\
	const u64 now = trace_clock_local();				\
	struct rxpath_call *call = (void *)instance->data;		\
									\
	call->dur = now - call->start;					\
	call->ret = capture_return(regs, _arg);				\
	complete_##_class(call, _arg);					\
	trace_##_event(call);						\
	return 0;							\
}									\
NOKPROBE_SYMBOL(leave_##_event);
#include "rxpath_hooks.h"

#define RXPATH_HOOK(_event, _class, _arg, _symbols, ...) {		\
	.event = #_event,						\
	.symbols = _symbols,						\
	.arg = _arg,							\
	.tp = &__tracepoint_##_event,					\
	.enter = enter_##_event,					\
	.leave = leave_##_event,					\
},
struct rxpath_hook rxpath_hooks[] = {
#include "rxpath_hooks.h"
};

const unsigned int rxpath_nr_hooks = ARRAY_SIZE(rxpath_hooks);

static struct rxpath_hook *hook_of(const struct trace_event_call *call)
{
	unsigned int i;

	for (i = 0; i < rxpath_nr_hooks; i++)
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
int rxpath_event_reg(struct trace_event_call *call, enum trace_reg type,
		     void *data)
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
		return ret;
	case TRACE_REG_UNREGISTER:
#ifdef CONFIG_PERF_EVENTS
	case TRACE_REG_PERF_UNREGISTER:
#endif
		ret = trace_event_reg(call, type, data);
		rxpath_hook_put(hook);
		return ret;
	default:
		return trace_event_reg(call, type, data);
	}
}

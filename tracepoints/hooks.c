// SPDX-License-Identifier: GPL-2.0
/*
 * The hook table, made into handlers and a list of hooks.
 *
 * Each line gets handlers of its own: what class it is and where its argument
 * stands are constants in them, so that a hooked call costs no indirect call.
 *
 * Somebody else's kprobe in a handler is harmless: the kernel counts it as
 * missed and steps over it.
 */
#include <linux/kprobes.h>
#include <linux/trace_clock.h>
#include <linux/trace_events.h>

#include "capture.h"
#include "hooks.h"
#include "rxpath_trace.h"

/*
 * While a kprobe's handler runs, every other kprobe on that CPU is missed. An
 * interrupt that arrives in the handler of a task's call would go by unseen,
 * with the softirq behind it and all its packets. So interrupts wait until the
 * handler is over, and longer: switching them on again at its end would let
 * them in before the kernel has noted that end. x86 gives them back by itself:
 * its trampolines for entry and return both restore the flags that they found.
 *
 * The raw variant, as lockdep would see a section that begins and never ends.
 */
static __always_inline void interrupts_hold_off(void)
{
	if (IS_ENABLED(CONFIG_X86_64))
		raw_local_irq_disable();
}

static __always_inline struct rxpath_call *call_of(struct kretprobe_instance *instance)
{
	return (struct rxpath_call *)instance->data;
}

/*
 * The clock is read last at entry and first at return: what we do ourselves is
 * not in the call's time, though it is in its caller's.
 */
static __always_inline void call_begin(struct rxpath_call *call)
{
	call->start = trace_clock_local();
}

static __always_inline void call_end(struct rxpath_call *call, struct pt_regs *regs,
				     unsigned int arg)
{
	call->dur = trace_clock_local() - call->start;
	call->ret = capture_return(regs, arg);
}

#define RXPATH_HOOK(_event, _class, _arg, ...)                                                     \
	enum { arg_of_##_event = (_arg) };                                                         \
	static int enter_##_event(struct kretprobe_instance *instance, struct pt_regs *regs)       \
	{                                                                                          \
		interrupts_hold_off();                                                             \
		capture_##_class(call_of(instance), regs, arg_of_##_event);                        \
		call_begin(call_of(instance));                                                     \
		return 0;                                                                          \
	}                                                                                          \
	static int leave_##_event(struct kretprobe_instance *instance, struct pt_regs *regs)       \
	{                                                                                          \
		interrupts_hold_off();                                                             \
		call_end(call_of(instance), regs, arg_of_##_event);                                \
		complete_##_class(call_of(instance), arg_of_##_event);                             \
		trace_##_event(call_of(instance));                                                 \
		return 0;                                                                          \
	}
#include "rxpath_hooks.h"

#define RXPATH_HOOK(_event, _class, _arg, _symbols, ...)                                           \
	{                                                                                          \
		.event = #_event,                                                                  \
		.symbols = _symbols,                                                               \
		.arg = _arg,                                                                       \
		.tp = &__tracepoint_##_event,                                                      \
		.enter = enter_##_event,                                                           \
		.leave = leave_##_event,                                                           \
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

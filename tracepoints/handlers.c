// SPDX-License-Identifier: GPL-2.0
/*
 * What is done in a hooked call: at its gate, at entry, at return.
 *
 * Each line of the hook table gets handlers of its own: what class it is and where
 * its argument stands are constants in them, so that a hooked call costs no indirect
 * call. The trampolines call them by name, the return probe's handlers through the
 * list.
 */
#include <linux/irqflags.h>
#include <linux/trace_clock.h>
#include <linux/trace_events.h>

#include "capture.h"
#include "fold.h"
#include "frame.h"
#include "gate.h"
#include "judge.h"
#include "rxpath_trace.h"

/* Where hooked functions' calls go, and how many are open: the trampolines read them. */
struct rxpath_slot rxpath_slots[RXPATH_NR_SLOTS];
DEFINE_PER_CPU(long, rxpath_open_calls);

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

#define RXPATH_HOOK(_event, ...)                                                                   \
	{ .gate = gate_##_event, .enter = enter_##_event, .leave = leave_##_event },
const struct rxpath_handlers rxpath_handlers[] = {
#include "rxpath_hooks.h"
};

// SPDX-License-Identifier: GPL-2.0
/*
 * The mechanism "kretprobe": the kernel's return probe. It hooks every function
 * that may be probed, also one whose calls outlive the module: the kernel's
 * own trampoline stands in their way back, not ours.
 *
 * It misses calls in two ways, both counted. While a kprobe's handler runs,
 * every other kprobe on that CPU is missed; and the calls open at once are
 * limited by the instances that were allocated.
 *
 * Somebody else's kprobe in a handler of ours is harmless: the kernel counts it
 * as missed and steps over it.
 */
#include <linux/irqflags.h>
#include <linux/kprobes.h>
#include <linux/moduleparam.h>

#include "attach.h"
#include "filter.h"
#include "gate.h"
#include "frame.h"
#include "rxpath_hooks.h"

#ifndef CONFIG_KRETPROBES
#error "rxpath needs a kernel with CONFIG_KRETPROBES=y"
#endif

static unsigned int sleepers = 1024;
module_param(sleepers, uint, 0444);
MODULE_PARM_DESC(sleepers,
		 "calls that may be open at once of a function that blocks (default 1024)");

/*
 * An interrupt that arrived in the handler of a task's call would find its own
 * probes asleep. So interrupts wait until the handler is over, and longer:
 * switching them on again at its end would let them in before the kernel has
 * noted that end. x86 gives them back by itself: its trampolines for entry and
 * return both restore the flags that they found.
 *
 * The raw variant, as lockdep would see a section that begins and never ends.
 */
static __always_inline void interrupts_hold_off(void)
{
	if (IS_ENABLED(CONFIG_X86_64))
		raw_local_irq_disable();
}

/* NULL: the probe is being taken away while its handler runs, where the kernel notes that. */
static __always_inline struct rxpath_hook *hook_of(struct kretprobe_instance *instance)
{
	struct kretprobe *probe = get_kretprobe(instance);

	return probe ? container_of(probe, struct rxpath_hook, probe) : NULL;
}

static int kretprobe_enter(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct rxpath_frame *frame = (struct rxpath_frame *)instance->data;
	const struct rxpath_hook *hook = hook_of(instance);
	unsigned int i;

	interrupts_hold_off();
	for (i = 0; i < RXPATH_NR_ARGS; i++)
		frame->args[i] = regs_get_kernel_argument(regs, i);
	/* Not 0: the kernel forgets the call. */
	if (!hook)
		return 1;
	if (READ_ONCE(rxpath_gated) &&
	    !hook->handlers->gate(frame->args[0], frame->args[1], frame->args[2], frame->args[3],
				  frame->args[4], frame->args[5]))
		return 1;
	return !hook->handlers->enter(frame);
}

static int kretprobe_leave(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	struct rxpath_frame *frame = (struct rxpath_frame *)instance->data;
	const struct rxpath_hook *hook = hook_of(instance);

	interrupts_hold_off();
	if (!hook)
		return 0;
	frame->args[0] = regs_return_value(regs);
	hook->handlers->leave(frame);
	return 0;
}

/*
 * How many calls of a function may be open at once. A function that does not
 * wait is open at most once in each context of each CPU (task, softirq,
 * interrupt), and again where it recurses or its task was preempted. One that
 * waits is open once for every program that waits in it.
 */
static unsigned int instances_of(const struct rxpath_hook *hook)
{
	if (hook->arg & RXPATH_SLEEPS)
		return clamp(sleepers, 1U, 65536U);
	return max(32U, 8 * num_possible_cpus());
}

/* A disabled probe leaves the function as it is. */
static int kretprobe_attach(struct rxpath_hook *hook)
{
	hook->handlers = &rxpath_handlers[hook - rxpath_hooks];
	hook->probe = (struct kretprobe){
		.kp.symbol_name = hook->symbol,
		.kp.flags = KPROBE_FLAG_DISABLED,
		.entry_handler = kretprobe_enter,
		.handler = kretprobe_leave,
		.data_size = sizeof(struct rxpath_frame),
		.maxactive = instances_of(hook),
	};
	return register_kretprobe(&hook->probe);
}

/* What a probe missed is kept when it goes. */
static void kretprobe_detach(struct rxpath_hook **hooks, unsigned int nr)
{
	/* Some at a time: each batch waits for one grace period. */
	struct kretprobe *probes[16];
	unsigned int done = 0;
	unsigned int i;

	while (done < nr) {
		const unsigned int batch = min_t(unsigned int, nr - done, ARRAY_SIZE(probes));

		for (i = 0; i < batch; i++)
			probes[i] = &hooks[done + i]->probe;
		unregister_kretprobes(probes, batch);
		for (i = 0; i < batch; i++) {
			hooks[done + i]->nested += probes[i]->kp.nmissed;
			hooks[done + i]->exhausted += probes[i]->nmissed;
			probes[i]->kp.nmissed = 0;
			probes[i]->nmissed = 0;
		}
		done += batch;
	}
	/* Calls that were open will not tell of their end. */
	rxpath_filter_forget();
}

static int kretprobe_arm(struct rxpath_hook *hook)
{
	return enable_kretprobe(&hook->probe);
}

static int kretprobe_disarm(struct rxpath_hook *hook)
{
	return disable_kretprobe(&hook->probe);
}

static void kretprobe_settle(void)
{
}

const struct rxpath_mechanism rxpath_kretprobe = {
	.name = "kretprobe",
	.attach = kretprobe_attach,
	.detach = kretprobe_detach,
	.arm = kretprobe_arm,
	.disarm = kretprobe_disarm,
	.settle = kretprobe_settle,
};

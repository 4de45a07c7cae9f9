// SPDX-License-Identifier: GPL-2.0
/*
 * The mechanism "direct": ftrace calls a trampoline of ours from the function's
 * first instruction (trampoline.S), without saving registers for anybody else,
 * and the trampoline calls the function. Nothing is missed, and a call costs a
 * tenth of what a return probe's does.
 *
 * Registering sites is dear at its end: the kernel waits until no task can be
 * in a trampoline, a tenth of a second or two. So all sites of the kernel are
 * registered in as few calls as it takes, when the first of their hooks is armed,
 * and let go when the last is disarmed; in between, arming a hook is writing a
 * pointer. A registered site whose hook is not armed costs ten instructions a
 * call. The sites of a module are registered by themselves: they go when it goes.
 *
 * A site has one direct caller. Where it is taken (a BPF program at fentry or
 * fexit), or the function has been replaced by a live patch, the kernel refuses
 * the site, and the hook falls back for as long as it is armed.
 *
 * A function that waits for somebody is left to the return probe: its callers
 * would come back through a trampoline of ours, and the module could not go
 * until the last of them has. A hooked function may still sleep for a moment
 * (a page fault, a mutex): the module is held until all open calls are over.
 */
#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/rcupdate_wait.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "attach.h"
#include "frame.h"
#include "rxpath_hooks.h"

/* In the table's order: what an armed hook's slot leads to. */
#define RXPATH_HOOK(_event, ...) rxpath_trampoline_##_event,
static void (*const trampolines[RXPATH_NR_HOOKS])(void) = {
#include "rxpath_hooks.h"
};

/* The site of a module that has gone; no site has this address. */
#define SLOT_LEFT 1

/*
 * In Linux 6.1 register_ftrace_direct_multi() keeps its sites in a hash that it
 * replaces by a larger one when there are more than two sites to a bucket, from
 * 32 buckets on, and frees only the last that it has replaced: a call must
 * not make it grow twice.
 */
#ifdef RXPATH_FTRACE_DIRECT_MULTI
#define SITES_AT_ONCE 64U
#else
#define SITES_AT_ONCE RXPATH_NR_HOOKS
#endif

static void module_release(struct work_struct *work);
static DECLARE_DELAYED_WORK(release_work, module_release);
static unsigned int nr_spans;
static bool module_held;

#ifdef RXPATH_FTRACE_DIRECT_MULTI
static int direct_register(struct ftrace_ops *ops)
{
	return register_ftrace_direct_multi(ops, (unsigned long)rxpath_dispatch);
}

static int direct_unregister(struct ftrace_ops *ops)
{
	return unregister_ftrace_direct_multi(ops, (unsigned long)rxpath_dispatch);
}
#else
static int direct_register(struct ftrace_ops *ops)
{
	return register_ftrace_direct(ops, (unsigned long)rxpath_dispatch);
}

/* The sites stay in the filter, as rxpath_direct_exit() frees it. */
static int direct_unregister(struct ftrace_ops *ops)
{
	return unregister_ftrace_direct(ops, (unsigned long)rxpath_dispatch, false);
}
#endif

/* Is it a direct hook too, and its function in the same module? */
static bool hook_joins(const struct rxpath_hook *hook, const struct rxpath_hook *of)
{
	const size_t len = rxpath_symbol_module_len(of->symbol);

	return hook->mechanism == &rxpath_direct && len == rxpath_symbol_module_len(hook->symbol) &&
	       !strncmp(hook->symbol, of->symbol, len);
}

/* Only a slot whose address matches is followed, so that address is written last. */
static struct rxpath_slot *slot_take(unsigned long past)
{
	const unsigned int first = (past & RXPATH_SLOTS_MASK) / RXPATH_SLOT_SIZE;
	struct rxpath_slot *free = NULL;
	unsigned int i;

	for (i = 0; i < RXPATH_NR_SLOTS; i++) {
		struct rxpath_slot *slot = &rxpath_slots[(first + i) % RXPATH_NR_SLOTS];

		if (slot->past == past)
			return NULL;
		if (!free && slot->past <= SLOT_LEFT)
			free = slot;
		if (!slot->past)
			break;
	}
	/* The search ends at an empty slot: one must be left. */
	if (!free || i == RXPATH_NR_SLOTS)
		return NULL;
	WRITE_ONCE(free->to, rxpath_pass);
	/* Pairs with rxpath_dispatch(), whose loads x86 does not reorder. */
	smp_store_release(&free->past, past);
	return free;
}

/*
 * Finds the function with a probe that is never armed: kallsyms is not for
 * modules. The probe also knows whether the address is an ftrace site.
 */
static int direct_attach(struct rxpath_hook *hook)
{
	struct rxpath_direct_hook *direct = &hook->direct;
	struct kprobe *probe = &hook->probe.kp;
	int ret;

	if (cpu_feature_enabled(X86_FEATURE_IBT)) {
		hook->fallback =
			"this processor lets no indirect branch go behind a function's beginning";
		return -EOPNOTSUPP;
	}
	if (hook->arg & RXPATH_SLEEPS) {
		hook->fallback =
			"it waits, and its callers must not come back to a module that has gone";
		return -EOPNOTSUPP;
	}

	*probe = (struct kprobe){
		.symbol_name = hook->symbol,
		.flags = KPROBE_FLAG_DISABLED,
	};
	ret = register_kprobe(probe);
	if (ret)
		return ret;
	if (!(probe->flags & KPROBE_FLAG_FTRACE)) {
		unregister_kprobe(probe);
		hook->fallback = "not built for ftrace";
		return -EOPNOTSUPP;
	}
	direct->ip = (unsigned long)probe->addr;
	direct->slot = slot_take(direct->ip + MCOUNT_INSN_SIZE);
	if (!direct->slot) {
		unregister_kprobe(probe);
		hook->fallback = "another hook has the function";
		return -EOPNOTSUPP;
	}
	direct->span = NULL;
	direct->refused = 0;
	return 0;
}

/* The probes that only found functions are given back, all in one grace period. */
static void direct_settle(void)
{
	static struct kprobe *probes[RXPATH_NR_HOOKS];
	unsigned int nr = 0;
	unsigned int i;

	for (i = 0; i < RXPATH_NR_HOOKS; i++) {
		struct rxpath_hook *hook = &rxpath_hooks[i];

		if (hook->mechanism != &rxpath_direct || !hook->probe.kp.addr)
			continue;
		probes[nr++] = &hook->probe.kp;
	}
	if (nr)
		unregister_kprobes(probes, nr);
	while (nr--)
		probes[nr]->addr = NULL;
}

static long open_calls(void)
{
	long sum = 0;
	int cpu;

	/* A call may end on another CPU than it began: only the sum says anything. */
	for_each_possible_cpu(cpu)
		sum += per_cpu(rxpath_open_calls, cpu);
	return sum;
}

/*
 * Without a registered site no call begins, and unregistering has waited for
 * those that had begun and not been counted: the sum only falls.
 */
static void module_let_go(void)
{
	if (nr_spans || !module_held)
		return;
	if (open_calls()) {
		schedule_delayed_work(&release_work, HZ / 10);
		return;
	}
	module_held = false;
	module_put(THIS_MODULE);
}

static void module_release(struct work_struct *work)
{
	mutex_lock(&rxpath_hooks_lock);
	module_let_go();
	mutex_unlock(&rxpath_hooks_lock);
}

static int span_register(struct rxpath_hook **hooks, unsigned int nr, unsigned long *ips)
{
	struct rxpath_hook *span = hooks[0];
	unsigned int i;
	int ret;

	for (i = 0; i < nr; i++)
		ips[i] = hooks[i]->direct.ip;
	ret = ftrace_set_filter_ips(&span->direct.ops, ips, nr, 0, 1);
	if (ret)
		return ret;
	ret = direct_register(&span->direct.ops);
	if (ret)
		return ret;
	for (i = 0; i < nr; i++)
		hooks[i]->direct.span = span;
	nr_spans++;
	/* Whoever arms a hook holds the module: no need to ask. */
	if (!module_held)
		__module_get(THIS_MODULE);
	module_held = true;
	return 0;
}

/*
 * One site that is refused has all of its call refused: then half as many are
 * tried, until the one is alone.
 */
static void sites_register(const struct rxpath_hook *of)
{
	/* Not on the stack, and not allocated: under rxpath_hooks_lock. */
	static struct rxpath_hook *hooks[RXPATH_NR_HOOKS];
	static unsigned long ips[RXPATH_NR_HOOKS];
	unsigned int total = 0;
	unsigned int from = 0;
	unsigned int i;
	int ret;

	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		if (hook_joins(&rxpath_hooks[i], of) && !rxpath_hooks[i].direct.span)
			hooks[total++] = &rxpath_hooks[i];
	while (from < total) {
		unsigned int nr = min_t(unsigned int, total - from, SITES_AT_ONCE);

		ret = span_register(hooks + from, nr, ips);
		while (ret && nr > 1) {
			nr = DIV_ROUND_UP(nr, 2);
			ret = span_register(hooks + from, nr, ips);
		}
		for (i = from; i < from + nr; i++)
			hooks[i]->direct.refused = ret;
		from += nr;
	}
}

static void sites_unregister(const struct rxpath_hook *of)
{
	unsigned int i;

	for (i = 0; i < RXPATH_NR_HOOKS; i++) {
		struct rxpath_hook *hook = &rxpath_hooks[i];
		struct ftrace_ops *ops = &hook->direct.ops;

		if (!hook_joins(hook, of) || hook->direct.span != hook)
			continue;
		WARN_ON(direct_unregister(ops));
		nr_spans--;
	}
	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		if (hook_joins(&rxpath_hooks[i], of))
			rxpath_hooks[i].direct.span = NULL;
	module_let_go();
}

static bool module_in_use(const struct rxpath_hook *of)
{
	unsigned int i;

	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		if (hook_joins(&rxpath_hooks[i], of) &&
		    rxpath_hooks[i].direct.slot->to != rxpath_pass)
			return true;
	return false;
}

static int direct_arm(struct rxpath_hook *hook)
{
	struct rxpath_direct_hook *direct = &hook->direct;

	if (!direct->span)
		sites_register(hook);
	if (!direct->span) {
		hook->fallback =
			direct->refused == -EBUSY
				? "the function has another direct caller, such as a BPF program"
				: "ftrace refused the function";
		/* Its neighbours may have been registered for nobody. */
		if (!module_in_use(hook))
			sites_unregister(hook);
		return direct->refused;
	}
	WRITE_ONCE(direct->slot->to, trampolines[hook - rxpath_hooks]);
	return 0;
}

static int direct_disarm(struct rxpath_hook *hook)
{
	WRITE_ONCE(hook->direct.slot->to, rxpath_pass);
	if (!module_in_use(hook))
		sites_unregister(hook);
	return 0;
}

/* Of each module all hooks or none, but for one that was refused and has no site registered. */
static void direct_detach(struct rxpath_hook **hooks, unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		WRITE_ONCE(hooks[i]->direct.slot->to, rxpath_pass);
	for (i = 0; i < nr; i++)
		if (hooks[i]->direct.span)
			sites_unregister(hooks[i]);
	for (i = 0; i < nr; i++) {
		WRITE_ONCE(hooks[i]->direct.slot->past, SLOT_LEFT);
		hooks[i]->direct.slot = NULL;
	}
}

/**
 * rxpath_direct_exit - the module is going
 *
 * No hook is attached and no call is open. What may be left is a task between
 * the end of its call and the trampoline's last instruction.
 */
void rxpath_direct_exit(void)
{
	unsigned int i;

	cancel_delayed_work_sync(&release_work);
	synchronize_rcu_tasks();
	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		ftrace_free_filter(&rxpath_hooks[i].direct.ops);
}

const struct rxpath_mechanism rxpath_direct = {
	.name = "direct",
	.returns = true,
	.attach = direct_attach,
	.detach = direct_detach,
	.arm = direct_arm,
	.disarm = direct_disarm,
	.settle = direct_settle,
};

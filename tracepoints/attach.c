// SPDX-License-Identifier: GPL-2.0
/*
 * Attaching hooks to functions.
 *
 * Each hook is registered once, disabled, when its function is there: at load,
 * or when the function's module comes. A disabled probe leaves the function as
 * it is, so a loaded but idle module costs nothing. Enabling an event arms the
 * probe, which takes no allocation and no grace period.
 *
 * The mechanism is the return probe: the kernels that have fprobe offer more,
 * the others offer nothing else to a module. On a function with an ftrace site
 * it enters through ftrace, without a breakpoint.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>

#include "call.h"
#include "hooks.h"
#include "rxpath_hooks.h"

#ifndef CONFIG_KRETPROBES
#error "rxpath needs a kernel with CONFIG_KRETPROBES=y"
#endif

static unsigned int sleepers = 1024;
module_param(sleepers, uint, 0444);
MODULE_PARM_DESC(sleepers,
		 "calls that may be open at once of a function that blocks (default 1024)");

/* Taken under event_mutex and under the module notifier; neither is taken under it. */
DEFINE_MUTEX(rxpath_hooks_lock);

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

static int probe_register(struct rxpath_hook *hook)
{
	hook->probe = (struct kretprobe){
		.kp.symbol_name = hook->symbol,
		.kp.flags = KPROBE_FLAG_DISABLED,
		.entry_handler = hook->enter,
		.handler = hook->leave,
		.data_size = sizeof(struct rxpath_call),
		.maxactive = instances_of(hook),
	};
	return register_kretprobe(&hook->probe);
}

static bool hook_attached(const struct rxpath_hook *hook)
{
	return hook->state == RXPATH_HOOK_IDLE || hook->state == RXPATH_HOOK_ARMED;
}

/* Length of the candidate that begins here, up to the next '|' or the end. */
static size_t candidate_len(const char *candidate)
{
	return strcspn(candidate, "|");
}

static const char *candidate_next(const char *candidate)
{
	candidate += candidate_len(candidate);
	return *candidate ? candidate + 1 : NULL;
}

/* Length of the module's name in "module:function", 0 for the kernel's own. */
static size_t candidate_module_len(const char *candidate)
{
	const size_t len = strcspn(candidate, ":|");

	return candidate[len] == ':' ? len : 0;
}

static bool hook_has_module(const struct rxpath_hook *hook, const char *name)
{
	const size_t len = strlen(name);
	const char *candidate;

	for (candidate = hook->symbols; candidate; candidate = candidate_next(candidate))
		if (candidate_module_len(candidate) == len && !strncmp(candidate, name, len))
			return true;
	return false;
}

static bool hook_lives_in(const struct rxpath_hook *hook, const char *name)
{
	const size_t len = strlen(name);

	return hook_attached(hook) && candidate_module_len(hook->symbol) == len &&
	       !strncmp(hook->symbol, name, len);
}

static void hook_arm(struct rxpath_hook *hook)
{
	if (hook->state != RXPATH_HOOK_IDLE)
		return;
	hook->error = enable_kretprobe(&hook->probe);
	if (hook->error) {
		pr_notice("%s cannot be armed: %s\n", hook->event, rxpath_hook_reason(hook));
		return;
	}
	hook->state = RXPATH_HOOK_ARMED;
}

static void hook_disarm(struct rxpath_hook *hook)
{
	if (hook->state != RXPATH_HOOK_ARMED)
		return;
	hook->error = disable_kretprobe(&hook->probe);
	if (hook->error) {
		pr_notice("%s cannot be disarmed: %s\n", hook->event, rxpath_hook_reason(hook));
		return;
	}
	hook->state = RXPATH_HOOK_IDLE;
}

/*
 * Tries the candidates in order. A candidate in a module that is not there is
 * worth waiting for; every other failure is for good.
 */
static void hook_attach(struct rxpath_hook *hook)
{
	const char *candidate;
	bool waiting = false;

	if (hook_attached(hook))
		return;

	for (candidate = hook->symbols; candidate; candidate = candidate_next(candidate)) {
		const size_t len = candidate_len(candidate);

		if (WARN_ON_ONCE(len >= sizeof(hook->symbol)))
			continue;
		memcpy(hook->symbol, candidate, len);
		hook->symbol[len] = '\0';

		hook->error = probe_register(hook);
		if (!hook->error) {
			hook->state = RXPATH_HOOK_IDLE;
			if (hook->users)
				hook_arm(hook);
			return;
		}
		if (hook->error == -ENOENT && candidate_module_len(candidate))
			waiting = true;
	}

	hook->symbol[0] = '\0';
	if (waiting) {
		hook->state = RXPATH_HOOK_WAITING;
		return;
	}
	hook->state = RXPATH_HOOK_MISSING;
	pr_notice("%s is not hooked: %s (tried %s)\n", hook->event, rxpath_hook_reason(hook),
		  hook->symbols);
}

/**
 * rxpath_hook_get - an event is enabled: arm its hook
 * @hook: the hook
 *
 * Each user holds the module: its removal while events are enabled would throw
 * away the trace buffer, as the buffer's records could not be read any more.
 *
 * Return: 0, also where the hook cannot be armed; -ENODEV as the module goes.
 */
int rxpath_hook_get(struct rxpath_hook *hook)
{
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	mutex_lock(&rxpath_hooks_lock);
	if (!hook->users++)
		hook_arm(hook);
	mutex_unlock(&rxpath_hooks_lock);
	return 0;
}

/**
 * rxpath_hook_put - an event is disabled: disarm its hook after the last user
 * @hook: the hook
 */
void rxpath_hook_put(struct rxpath_hook *hook)
{
	mutex_lock(&rxpath_hooks_lock);
	if (!WARN_ON_ONCE(!hook->users) && !--hook->users)
		hook_disarm(hook);
	mutex_unlock(&rxpath_hooks_lock);
	/* The caller holds event_mutex, which the module's removal waits for. */
	module_put(THIS_MODULE);
}

/* What the probe missed is kept when it goes with its module. */
static void hook_detached(struct rxpath_hook *hook)
{
	hook->nested += hook->probe.kp.nmissed;
	hook->exhausted += hook->probe.nmissed;
	hook->probe.kp.nmissed = 0;
	hook->probe.nmissed = 0;
	hook->state = RXPATH_HOOK_WAITING;
	hook->error = -ENOENT;
	hook->symbol[0] = '\0';
}

static bool hook_goes_with(const struct rxpath_hook *hook, const char *module)
{
	return module ? hook_lives_in(hook, module) : hook_attached(hook);
}

/*
 * Detaches the hooks in a module, or all of them. When this returns no handler
 * runs and none will: a call still open returns without us.
 */
static void hooks_detach(const char *module)
{
	/* Some at a time: each batch waits for one grace period. */
	struct kretprobe *probes[16];
	unsigned int from = 0;
	unsigned int i;

	while (from < rxpath_nr_hooks) {
		unsigned int nr = 0;

		for (i = from; i < rxpath_nr_hooks && nr < ARRAY_SIZE(probes); i++)
			if (hook_goes_with(&rxpath_hooks[i], module))
				probes[nr++] = &rxpath_hooks[i].probe;
		if (nr)
			unregister_kretprobes(probes, nr);
		while (nr--)
			hook_detached(container_of(probes[nr], struct rxpath_hook, probe));
		from = i;
	}
}

static void hooks_attach(const char *module)
{
	unsigned int i;

	for (i = 0; i < rxpath_nr_hooks; i++)
		if (!module || hook_has_module(&rxpath_hooks[i], module))
			hook_attach(&rxpath_hooks[i]);
}

static int module_changed(struct notifier_block *notifier, unsigned long state, void *data)
{
	const struct module *module = data;

	if (module == THIS_MODULE)
		return NOTIFY_DONE;

	mutex_lock(&rxpath_hooks_lock);
	if (state == MODULE_STATE_COMING)
		hooks_attach(module->name);
	else if (state == MODULE_STATE_GOING)
		hooks_detach(module->name);
	mutex_unlock(&rxpath_hooks_lock);
	return NOTIFY_DONE;
}

/* Before the kprobes' own notifier, so that a probe goes before its function. */
static struct notifier_block module_notifier = {
	.notifier_call = module_changed,
	.priority = 1,
};

/**
 * rxpath_attach_init - find every hook's function, attach to modules to come
 *
 * Return: 0 or a negative errno.
 */
int rxpath_attach_init(void)
{
	int ret;

	ret = register_module_notifier(&module_notifier);
	if (ret)
		return ret;

	mutex_lock(&rxpath_hooks_lock);
	hooks_attach(NULL);
	mutex_unlock(&rxpath_hooks_lock);
	return 0;
}

/**
 * rxpath_attach_exit - detach every hook
 */
void rxpath_attach_exit(void)
{
	unregister_module_notifier(&module_notifier);
	mutex_lock(&rxpath_hooks_lock);
	hooks_detach(NULL);
	mutex_unlock(&rxpath_hooks_lock);
}

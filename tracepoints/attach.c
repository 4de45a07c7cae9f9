// SPDX-License-Identifier: GPL-2.0
/*
 * Attaching hooks to functions.
 *
 * Each hook is attached once, when its function is there: at load, or when the
 * function's module comes. That leaves the function as it is, so a loaded but
 * idle module costs nothing. Enabling an event arms its hook.
 *
 * How a function is hooked is the mechanism's business (attach.h): the first
 * that takes the function is it. One that takes it and then cannot arm it hands
 * it to the next until the hook is disarmed.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/version.h>

#include "account.h"
#include "attach.h"
#include "hooks.h"
#include "status.h"

/* From the cheapest to the one that always works. None before the module has begun. */
static const struct rxpath_mechanism *const *mechanisms;
static unsigned int nr_mechanisms;

static bool hook_attached(const struct rxpath_hook *hook)
{
	return hook->state == RXPATH_HOOK_IDLE || hook->state == RXPATH_HOOK_ARMED;
}

/* Length of the name that begins here, up to its '@', the next '|' or the end. */
static size_t candidate_len(const char *candidate)
{
	return strcspn(candidate, "@|");
}

/* "function@6.12" is not to be taken before 6.12: its arguments were others. */
static bool candidate_fits(const char *candidate)
{
	const char *since = candidate + strcspn(candidate, "@|");
	unsigned int major, minor;

	if (*since != '@')
		return true;
	if (sscanf(since, "@%u.%u", &major, &minor) != 2)
		return false;
	return major == LINUX_VERSION_MAJOR ? minor <= LINUX_VERSION_PATCHLEVEL
					    : major < LINUX_VERSION_MAJOR;
}

static const char *candidate_next(const char *candidate)
{
	candidate += strcspn(candidate, "|");
	return *candidate ? candidate + 1 : NULL;
}

static bool hook_has_module(const struct rxpath_hook *hook, const char *name)
{
	const size_t len = strlen(name);
	const char *candidate;

	for (candidate = hook->symbols; candidate; candidate = candidate_next(candidate))
		if (rxpath_symbol_module_len(candidate) == len && !strncmp(candidate, name, len))
			return true;
	return false;
}

static bool hook_lives_in(const struct rxpath_hook *hook, const char *name)
{
	const size_t len = strlen(name);

	return hook_attached(hook) && rxpath_symbol_module_len(hook->symbol) == len &&
	       !strncmp(hook->symbol, name, len);
}

/* Takes the function in hook->symbol by the first mechanism that can, from the given one on. */
static int hook_take(struct rxpath_hook *hook, unsigned int from)
{
	int ret = -ENOENT;
	unsigned int i;

	for (i = from; i < nr_mechanisms; i++) {
		ret = mechanisms[i]->attach(hook);
		if (!ret) {
			hook->mechanism = mechanisms[i];
			return 0;
		}
		if (ret == -ENOENT)
			break;
	}
	return ret;
}

static unsigned int mechanism_index(const struct rxpath_hook *hook)
{
	unsigned int i = 0;

	while (mechanisms[i] != hook->mechanism)
		i++;
	return i;
}

/* From its mechanism to the first that takes the function, from the given one on. */
static int hook_hand_over(struct rxpath_hook *hook, unsigned int from)
{
	hook->mechanism->detach(&hook, 1);
	hook->mechanism = NULL;
	hook->error = hook_take(hook, from);
	if (hook->error) {
		hook->state = RXPATH_HOOK_MISSING;
		hook->symbol[0] = '\0';
	}
	return hook->error;
}

static void hook_arm(struct rxpath_hook *hook)
{
	if (hook->state != RXPATH_HOOK_IDLE)
		return;
	rxpath_account_waiting(hook);
	hook->error = hook->mechanism->arm(hook);
	while (hook->error && mechanism_index(hook) + 1 < nr_mechanisms) {
		const unsigned int next = mechanism_index(hook) + 1;

		hook->refused = true;
		if (!hook_hand_over(hook, next))
			hook->error = hook->mechanism->arm(hook);
		else
			break;
	}
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
	hook->error = hook->mechanism->disarm(hook);
	if (hook->error) {
		pr_notice("%s cannot be disarmed: %s\n", hook->event, rxpath_hook_reason(hook));
		return;
	}
	hook->state = RXPATH_HOOK_IDLE;
}

/* A function that was refused when armed may be free the next time. */
static void hook_reconsider(struct rxpath_hook *hook)
{
	if (hook->state != RXPATH_HOOK_IDLE || !hook->refused)
		return;
	hook->refused = false;
	hook->fallback = NULL;
	if (!hook_hand_over(hook, 0))
		hook->mechanism->settle();
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

		if (!candidate_fits(candidate) || WARN_ON_ONCE(len >= sizeof(hook->symbol)))
			continue;
		memcpy(hook->symbol, candidate, len);
		hook->symbol[len] = '\0';
		hook->fallback = NULL;

		hook->error = hook_take(hook, 0);
		if (!hook->error) {
			hook->state = RXPATH_HOOK_IDLE;
			return;
		}
		if (hook->error == -ENOENT && rxpath_symbol_module_len(candidate))
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
	if (!WARN_ON_ONCE(!hook->users) && !--hook->users) {
		hook_disarm(hook);
		hook_reconsider(hook);
	}
	mutex_unlock(&rxpath_hooks_lock);
	/* The caller holds event_mutex, which the module's removal waits for. */
	module_put(THIS_MODULE);
}

static bool hook_goes_with(const struct rxpath_hook *hook, const char *module)
{
	return module ? hook_lives_in(hook, module) : hook_attached(hook);
}

static void hook_detached(struct rxpath_hook *hook)
{
	hook->state = RXPATH_HOOK_WAITING;
	hook->error = -ENOENT;
	hook->symbol[0] = '\0';
	hook->mechanism = NULL;
	hook->fallback = NULL;
	hook->refused = false;
}

/* Detaches the hooks in a module, or all of them. */
static void hooks_detach(const char *module)
{
	/* In the table's order; under rxpath_hooks_lock. */
	static struct rxpath_hook *going[RXPATH_NR_HOOKS];
	unsigned int i, m;

	for (m = 0; m < nr_mechanisms; m++) {
		unsigned int nr = 0;

		for (i = 0; i < RXPATH_NR_HOOKS; i++)
			if (rxpath_hooks[i].mechanism == mechanisms[m] &&
			    hook_goes_with(&rxpath_hooks[i], module))
				going[nr++] = &rxpath_hooks[i];
		if (nr)
			mechanisms[m]->detach(going, nr);
		while (nr--)
			hook_detached(going[nr]);
	}
}

static void hooks_attach(const char *module)
{
	unsigned int i;

	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		if (!module || hook_has_module(&rxpath_hooks[i], module))
			hook_attach(&rxpath_hooks[i]);
	for (i = 0; i < nr_mechanisms; i++)
		mechanisms[i]->settle();
	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		if (rxpath_hooks[i].users)
			hook_arm(&rxpath_hooks[i]);
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
 * @ways: the mechanisms, in the order in which they are tried
 * @nr: how many there are
 *
 * Events may have been enabled already: their hooks are armed now.
 *
 * Return: 0 or a negative errno.
 */
int rxpath_attach_init(const struct rxpath_mechanism *const *ways, unsigned int nr)
{
	int ret;

	mutex_lock(&rxpath_hooks_lock);
	mechanisms = ways;
	nr_mechanisms = nr;
	mutex_unlock(&rxpath_hooks_lock);
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

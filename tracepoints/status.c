// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs rxpath/hooks: what became of each line of the hook table.
 *
 * A header line, then one line per hook, the columns separated by tabs. An
 * empty column is a "-", so that every line has all of them.
 *
 *   event      name of the event
 *   symbol     the function that is really hooked
 *   mechanism  how
 *   state      armed, idle, missing, or waiting (for the function's module)
 *   missed     calls that left no event since load, the sum of the last two
 *   reason     why it is missing, what it fell back from
 *   nested     calls missed as another probe's handler ran on that CPU
 *   exhausted  calls missed as too many of the function were open
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "attach.h"
#include "hooks.h"
#include "status.h"

static struct dentry *status_dir;

/**
 * rxpath_hook_reason - why the last attempt to attach or arm a hook failed
 * @hook: the hook
 *
 * Return: a phrase for people, empty if it went well.
 */
const char *rxpath_hook_reason(const struct rxpath_hook *hook)
{
	switch (hook->error) {
	case 0:
		return "";
	case -ENOENT:
		if (hook->state == RXPATH_HOOK_WAITING)
			return "module not loaded, or without this function";
		return "no such function in this kernel: renamed, inlined or not built in";
	case -EINVAL:
		return "the kernel allows no probe there";
	case -ENOMEM:
		return "out of memory";
	default:
		return "the kernel refused the probe";
	}
}

static const char *state_name(enum rxpath_hook_state state)
{
	static const char *const names[] = {
		[RXPATH_HOOK_MISSING] = "missing",
		[RXPATH_HOOK_WAITING] = "waiting",
		[RXPATH_HOOK_IDLE] = "idle",
		[RXPATH_HOOK_ARMED] = "armed",
	};

	return names[state];
}

static void reason_show(struct seq_file *file, const struct rxpath_hook *hook)
{
	const int first = strcspn(hook->symbols, "|");

	if (hook->error)
		seq_puts(file, rxpath_hook_reason(hook));
	else if (strlen(hook->symbol) != first || strncmp(hook->symbol, hook->symbols, first))
		seq_printf(file, "no %.*s in this kernel", first, hook->symbols);
	else if (hook->fallback)
		seq_printf(file, "not direct: %s", hook->fallback);
	else
		seq_puts(file, "-");
}

static void hook_show(struct seq_file *file, const struct rxpath_hook *hook)
{
	const bool attached = hook->symbol[0];
	const unsigned long nested = hook->nested + hook->probe.kp.nmissed;
	const unsigned long exhausted = hook->exhausted + hook->probe.nmissed;

	seq_printf(file, "%s\t%s\t%s\t%s\t%lu\t", hook->event, attached ? hook->symbol : "-",
		   attached ? hook->mechanism->name : "-", state_name(hook->state),
		   nested + exhausted);
	reason_show(file, hook);
	seq_printf(file, "\t%lu\t%lu\n", nested, exhausted);
}

static int hooks_show(struct seq_file *file, void *unused)
{
	unsigned int i;

	seq_puts(file, "event\tsymbol\tmechanism\tstate\tmissed\treason\tnested\texhausted\n");
	mutex_lock(&rxpath_hooks_lock);
	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		hook_show(file, &rxpath_hooks[i]);
	mutex_unlock(&rxpath_hooks_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(hooks);

/**
 * rxpath_status_init - make the status file
 *
 * Tracing works without debugfs; only the status is then not to be had.
 *
 * Return: the folder, for other files.
 */
struct dentry *rxpath_status_init(void)
{
	status_dir = debugfs_create_dir("rxpath", NULL);
	debugfs_create_file("hooks", 0400, status_dir, NULL, &hooks_fops);
	return status_dir;
}

/**
 * rxpath_status_exit - remove the folder and what is in it
 */
void rxpath_status_exit(void)
{
	debugfs_remove(status_dir);
}

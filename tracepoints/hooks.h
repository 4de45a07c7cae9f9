/* SPDX-License-Identifier: GPL-2.0 */
/* The hooks: the table's lines as the module knows them, and their state. */
#ifndef RXPATH_HOOKS_MODULE_H
#define RXPATH_HOOKS_MODULE_H

#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/mutex.h>
#include <linux/trace_events.h>

#include "rxpath_hooks.h"

struct rxpath_handlers;
struct rxpath_mechanism;

#define RXPATH_SYMBOL_LEN 96

enum rxpath_hook_state {
	RXPATH_HOOK_MISSING, /* no function to hook on this kernel */
	RXPATH_HOOK_WAITING, /* the function's module is not loaded */
	RXPATH_HOOK_IDLE, /* found, costs nothing */
	RXPATH_HOOK_ARMED, /* an event is written for each call */
};

/**
 * struct rxpath_direct_hook - a hook's part in the mechanism "direct"
 * @ip: the function's ftrace site
 * @slot: where calls from that site are dispatched
 * @span: the hook through whose @ops the site is registered, NULL while it is not
 * @refused: errno if the kernel would not register it
 * @ops: registers the sites of all the hooks whose span this is
 */
struct rxpath_direct_hook {
	unsigned long ip;
	struct rxpath_slot *slot;
	struct rxpath_hook *span;
	int refused;
	struct ftrace_ops ops;
};

/**
 * struct rxpath_hook - one line of the table
 * @event: name of the event
 * @symbols: functions to try, as the table names them
 * @arg: the line's argument index and flags
 * @users: how often the event is enabled: trace instances, perf
 * @files: in how many trace instances
 * @file: in which, while it has never been more than one
 * @state: what became of the hook
 * @error: errno of the last attempt, 0 if it went well
 * @symbol: the function that is hooked
 * @mechanism: how, in the states IDLE and ARMED
 * @fallback: why not by the mechanism before it, NULL if it is the first
 * @refused: the fallback was found necessary only when the hook was armed
 * @direct: belongs to the mechanism "direct"
 * @probe: belongs to the mechanism "kretprobe"
 * @handlers: its handlers, for that mechanism
 * @nested: calls missed as another probe ran on the CPU, by earlier probes
 * @exhausted: calls missed for want of an instance, by earlier probes
 * @told_nested: how many missed in the first way the trace has been told of
 * @told_exhausted: and in the second
 * @before: tasks that were in the function when it was armed, on each CPU
 *
 * All but the first three members are protected by rxpath_hooks_lock; @files and @file
 * by the kernel's event_mutex.
 */
struct rxpath_hook {
	const char *event;
	const char *symbols;
	unsigned int arg;

	unsigned int users;
	unsigned int files;
	const struct trace_event_file *file;
	enum rxpath_hook_state state;
	int error;
	char symbol[RXPATH_SYMBOL_LEN];
	const struct rxpath_mechanism *mechanism;
	const char *fallback;
	bool refused;
	struct rxpath_direct_hook direct;
	struct kretprobe probe;
	const struct rxpath_handlers *handlers;
	unsigned long nested;
	unsigned long exhausted;
	unsigned long told_nested;
	unsigned long told_exhausted;
	unsigned int __percpu *before;
};

/* How many lines the table has. */
enum {
#define RXPATH_HOOK(_event, ...) RXPATH_HOOK_##_event,
#include "rxpath_hooks.h"
	RXPATH_NR_HOOKS
};

extern struct mutex rxpath_hooks_lock;
extern struct rxpath_hook rxpath_hooks[RXPATH_NR_HOOKS];

struct rxpath_hook *rxpath_hook_find(const char *event);

#endif /* RXPATH_HOOKS_MODULE_H */

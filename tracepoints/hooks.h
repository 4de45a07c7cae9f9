/* SPDX-License-Identifier: GPL-2.0 */
/* The hooks: the table's lines as the module knows them, and their state. */
#ifndef RXPATH_HOOKS_MODULE_H
#define RXPATH_HOOKS_MODULE_H

#include <linux/kprobes.h>
#include <linux/mutex.h>
#include <linux/trace_events.h>

struct tracepoint;

#define RXPATH_SYMBOL_LEN 96

enum rxpath_hook_state {
	RXPATH_HOOK_MISSING, /* no function to hook on this kernel */
	RXPATH_HOOK_WAITING, /* the function's module is not loaded */
	RXPATH_HOOK_IDLE, /* found, costs nothing */
	RXPATH_HOOK_ARMED, /* an event is written for each call */
};

/**
 * struct rxpath_hook - one line of the table
 * @event: name of the event
 * @symbols: functions to try, as the table names them
 * @arg: the line's argument index and flags
 * @tp: the event's tracepoint
 * @enter: return probe's handler at entry
 * @leave: return probe's handler at return
 * @users: how often the event is enabled: trace instances, perf
 * @state: what became of the hook
 * @error: errno of the last attempt, 0 if it went well
 * @symbol: the function that is hooked
 * @probe: the return probe, registered in the states IDLE and ARMED
 * @nested: calls missed as another probe ran on the CPU, by earlier probes
 * @exhausted: calls missed for want of an instance, by earlier probes
 *
 * All but the constant members are protected by rxpath_hooks_lock.
 */
struct rxpath_hook {
	const char *event;
	const char *symbols;
	unsigned int arg;
	struct tracepoint *tp;
	kretprobe_handler_t enter;
	kretprobe_handler_t leave;

	unsigned int users;
	enum rxpath_hook_state state;
	int error;
	char symbol[RXPATH_SYMBOL_LEN];
	struct kretprobe probe;
	unsigned long nested;
	unsigned long exhausted;
};

extern struct mutex rxpath_hooks_lock;
extern struct rxpath_hook rxpath_hooks[];
extern const unsigned int rxpath_nr_hooks;

int rxpath_event_reg(struct trace_event_call *call, enum trace_reg type, void *data);

int rxpath_attach_init(void);
void rxpath_attach_exit(void);
int rxpath_hook_get(struct rxpath_hook *hook);
void rxpath_hook_put(struct rxpath_hook *hook);

const char *rxpath_hook_reason(const struct rxpath_hook *hook);
void rxpath_status_init(void);
void rxpath_status_exit(void);

#endif /* RXPATH_HOOKS_MODULE_H */

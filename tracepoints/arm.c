// SPDX-License-Identifier: GPL-2.0
/* Enabling an event arms its hook, disabling it disarms that. */
#include <linux/trace_events.h>

#include "arm.h"
#include "attach.h"
#include "fold.h"
#include "hooks.h"

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
	struct rxpath_hook *hook = rxpath_hook_find(trace_event_name(call));
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
		else
			rxpath_fold_change(hook, type == TRACE_REG_REGISTER ? data : NULL, 1);
		return ret;
	case TRACE_REG_UNREGISTER:
#ifdef CONFIG_PERF_EVENTS
	case TRACE_REG_PERF_UNREGISTER:
#endif
		/* First, so that no call is told in a record that is not written. */
		rxpath_fold_change(hook, type == TRACE_REG_UNREGISTER ? data : NULL, -1);
		ret = trace_event_reg(call, type, data);
		rxpath_hook_put(hook);
		return ret;
	default:
		return trace_event_reg(call, type, data);
	}
}

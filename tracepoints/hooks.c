// SPDX-License-Identifier: GPL-2.0
/* The hooks: the table's lines, and what has become of each. */
#include <linux/mutex.h>
#include <linux/string.h>

#include "hooks.h"

/* Taken under event_mutex and under the module notifier; neither is taken under it. */
DEFINE_MUTEX(rxpath_hooks_lock);

#define RXPATH_HOOK(_event, _class, _arg, _symbols, ...)                                           \
	{ .event = #_event, .symbols = _symbols, .arg = _arg },
struct rxpath_hook rxpath_hooks[RXPATH_NR_HOOKS] = {
#include "rxpath_hooks.h"
};

/**
 * rxpath_hook_find - a hook by the name of its event
 * @event: the name
 *
 * Return: NULL if there is none.
 */
struct rxpath_hook *rxpath_hook_find(const char *event)
{
	unsigned int i;

	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		if (!strcmp(rxpath_hooks[i].event, event))
			return &rxpath_hooks[i];
	return NULL;
}

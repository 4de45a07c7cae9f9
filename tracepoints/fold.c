// SPDX-License-Identifier: GPL-2.0
/* When calls are folded into the record of the call around them: see fold.h. */
#include <linux/compiler.h>
#include <linux/mutex.h>

#include "attach.h"
#include "fold.h"

struct rxpath_fold rxpath_fold;
DEFINE_PER_CPU(struct rxpath_call *, rxpath_gro_call);

/*
 * A call that is never seen to return would leave its address behind, for
 * others to write to.
 */
static bool can_hold(const struct rxpath_hook *hook)
{
	bool ret;

	mutex_lock(&rxpath_hooks_lock);
	ret = hook->file && hook->state == RXPATH_HOOK_ARMED && hook->mechanism->returns;
	mutex_unlock(&rxpath_hooks_lock);
	return ret;
}

static bool goes_into(const struct rxpath_hook *hook, const struct rxpath_hook *outer)
{
	return hook->file && hook->file->tr == outer->file->tr;
}

/* Every instance that records the inner event is to get it in one way or the other. */
static void reconsider(void)
{
	const struct rxpath_hook *outer = &rxpath_hooks[RXPATH_HOOK_napi_gro_receive];
	const struct rxpath_hook *merge = &rxpath_hooks[RXPATH_HOOK_skb_gro_receive];
	const struct rxpath_hook *dev = &rxpath_hooks[RXPATH_HOOK_dev_gro_receive];

	if (!can_hold(outer)) {
		WRITE_ONCE(rxpath_fold.outer, NULL);
		return;
	}
	WRITE_ONCE(rxpath_fold.dev, goes_into(dev, outer) ? dev->file : outer->file);
	WRITE_ONCE(rxpath_fold.merge, goes_into(merge, outer) ? merge->file : outer->file);
	/* Whoever sees it sees the two above. */
	smp_store_release(&rxpath_fold.outer, outer->file);
}

/**
 * rxpath_fold_change - an event has been enabled, or is about to be disabled
 * @hook: the event's
 * @file: in which trace instance; NULL if elsewhere
 * @by: 1 or -1
 *
 * Called under event_mutex.
 */
void rxpath_fold_change(struct rxpath_hook *hook, const struct trace_event_file *file, int by)
{
	if (!file) {
		if (hook->arg & RXPATH_INNER)
			WRITE_ONCE(rxpath_fold.others, rxpath_fold.others + by);
		return;
	}
	hook->files += by;
	/* Which one of two is left is not known: nothing is folded until that is gone, too. */
	hook->file = by > 0 && hook->files == 1 ? file : NULL;
	reconsider();
}

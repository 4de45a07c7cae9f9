// SPDX-License-Identifier: GPL-2.0
/* It may be asked to let them run, in every kernel. */
#include <linux/sched.h>
#include <linux/trace_events.h>

int probe(void);
int probe(void)
{
	return tif_need_resched() ? TRACE_FLAG_NEED_RESCHED : 0;
}

// SPDX-License-Identifier: GPL-2.0
/* From 6.13 on: a task may also be asked to let others run at its next chance. */
#include <linux/sched.h>
#include <linux/trace_events.h>

int probe(void);
int probe(void)
{
	return test_thread_flag(TIF_NEED_RESCHED_LAZY) ? TRACE_FLAG_NEED_RESCHED_LAZY : 0;
}

// SPDX-License-Identifier: GPL-2.0
/* How a call ends that was judged: the count of the calls around it, and its own verdict. */
#include <linux/percpu.h>
#include <linux/preempt.h>

#include "judge.h"
#include "scope.h"

/**
 * rxpath_judge_end - a call that was judged returns
 * @call: the call
 * @subject: what it is about
 *
 * Called with interrupts held off, which is also what rxpath_generation_begun()
 * waits for. The filter may have changed since: then the scope knows nothing of the
 * call any more.
 *
 * Return: whether it is to become an event.
 */
bool rxpath_judge_end(struct rxpath_call *call, enum rxpath_subject subject)
{
	bool chosen = call->judged == RXPATH_CHOSEN;
	struct rxpath_scope *scope;

	if (call->filter != READ_ONCE(rxpath_generation))
		return chosen;
	/* Of those that are served, not of the task that serves; it has not left the CPU. */
	if (subject == RXPATH_BY_SOFTIRQS && !chosen)
		scope = this_cpu_ptr(&rxpath_scopes[RXPATH_SOFTIRQ]);
	else
		scope = scope_here(call->filter, false);
	if (!scope || scope->filter != call->filter)
		return chosen;
	if (chosen)
		scope->chosen--;
	else
		chosen = scope->hits != call->before;
	if (!scope->task)
		return chosen;
	if (call->judged == RXPATH_CHOSEN)
		atomic_dec(&rxpath_tasks_chosen[call->filter & 1]);
	if (!--scope->open)
		rxpath_task_scope_release(scope);
	return chosen;
}

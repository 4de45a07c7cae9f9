// SPDX-License-Identifier: GPL-2.0
/*
 * The tasks that events name: when each got a CPU, and its system calls.
 */
#include <stdio.h>
#include <string.h>

#include "model/model.h"
#include "trace/input.h"

static struct task *task_make(struct model *m, u32 pid)
{
	struct task *task = m->latest;

	/* Most events are of the same task as the one before. */
	if (task && task->pid == pid)
		return task;
	task = map_get(&m->tasks, pid);
	if (!task) {
		task = xcalloc(1, sizeof(*task));
		task->pid = pid;
		map_set(&m->tasks, pid, task);
		ptrs_add(&m->order, task);
	}
	m->latest = task;
	return task;
}

/**
 * model_learn - what a call says about tasks
 * @m: model
 * @call: call
 */
void model_learn(struct model *m, struct call *call)
{
	const struct event *ev = &call->ev;
	struct task *task = task_make(m, ev->pid);

	if (ev->kind == KIND_SWITCH_IN) {
		memcpy(task->comm, ev->a.swtch.next_comm, COMM_LEN);
		ptrs_add(&task->runs, call);
		return;
	}
	if (ev->kind == KIND_WAKING) {
		struct task *woken = task_make(m, ev->a.waking.pid);

		memcpy(woken->comm, ev->a.waking.comm, COMM_LEN);
	}
	if (ev->ctx != CTX_TASK)
		return;
	switch (kind_get(ev->kind)->class) {
	case EV_syscall:
	case EV_epoll_wait:
	case EV_select:
	case EV_recv:
		ptrs_add(&task->calls, call);
		break;
	}
}

/**
 * model_name_tasks - names of the tasks that no event of their own names
 * @m: model
 * @in: the trace, read to its end or as far as it has come
 */
void model_name_tasks(struct model *m, const struct input *in)
{
	size_t i;

	for (i = 0; i < m->order.n; i++) {
		struct task *task = m->order.v[i];
		const char *comm = task->comm[0] ? NULL : input_comm(in, task->pid);

		if (comm)
			snprintf(task->comm, sizeof(task->comm), "%s", comm);
	}
}

/**
 * model_task - a task by its pid
 * @m: model
 * @pid: pid
 *
 * Return: the task, or NULL.
 */
struct task *model_task(const struct model *m, u32 pid)
{
	return map_get(&m->tasks, pid);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * From a file to the model: runs the stages, owns the result.
 */
#include <stdio.h>
#include <stdlib.h>
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
 * model_build_packets - tasks and packets, from finished calls
 * @m: model whose calls are complete
 */
void model_build_packets(struct model *m)
{
	size_t i;

	calls_finish(&m->calls);
	for (i = 0; i < m->calls.all.n; i++)
		model_learn(m, m->calls.all.v[i]);
	packets_build(m);
}

/**
 * model_build - packets and causes, from finished calls
 * @m: model whose calls are complete
 */
void model_build(struct model *m)
{
	model_build_packets(m);
	causes_build(m);
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
 * model_load - read a trace file to the end
 * @path: file
 *
 * Return: the model, or NULL after one line that says what is wrong.
 */
struct model *model_load(const char *path)
{
	struct input *in = input_open(path);
	struct model *m;
	struct event ev;
	int got;

	if (!in)
		return NULL;
	m = xcalloc(1, sizeof(*m));
	while ((got = input_next(in, &ev)) > 0)
		calls_add(&m->calls, &ev);
	if (got < 0) {
		input_close(in);
		model_free(m);
		return NULL;
	}
	model_build_packets(m);
	/* Verdicts name tasks. */
	model_name_tasks(m, in);
	causes_build(m);
	input_close(in);
	return m;
}

/**
 * model_packet - a packet by its number
 * @m: model
 * @no: number, as in skb#no
 *
 * Return: the packet, or NULL; so also where it is not in the part of the trace
 * that the model holds.
 */
struct packet *model_packet(const struct model *m, u32 no)
{
	u32 i = no - m->packet_base - 1;

	return no > m->packet_base && i < m->packets.n ? m->packets.v[i] : NULL;
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

/**
 * packet_free - drop a packet
 * @p: packet, or NULL
 */
void packet_free(struct packet *p)
{
	size_t i;

	if (!p)
		return;
	for (i = 0; i < p->wakes.n; i++)
		free(p->wakes.v[i]);
	ptrs_free(&p->wakes);
	ptrs_free(&p->calls);
	free(p->verdict);
	free(p);
}

/**
 * model_free - drop everything
 * @m: model, or NULL
 */
void model_free(struct model *m)
{
	size_t i;

	if (!m)
		return;
	/* Kept for their id alone. */
	for (i = 0; i < m->lives.cap; i++) {
		struct packet *p = m->lives.values[i];

		if (p && !p->listed)
			packet_free(p);
	}
	for (i = 0; i < m->packets.n; i++)
		packet_free(m->packets.v[i]);
	for (i = 0; i < m->socks.n; i++) {
		struct sock *sk = m->socks.v[i];

		ptrs_free(&sk->reads);
		free(sk);
	}
	for (i = 0; i < m->order.n; i++) {
		struct task *task = m->order.v[i];

		ptrs_free(&task->runs);
		ptrs_free(&task->calls);
		free(task);
	}
	calls_free(&m->calls);
	ptrs_free(&m->packets);
	ptrs_free(&m->socks);
	ptrs_free(&m->losses);
	ptrs_free(&m->order);
	map_free(&m->lives);
	map_free(&m->sock_keys);
	map_free(&m->tasks);
	map_free(&m->schedules);
	map_free(&m->tails);
	packets_free_roles(m);
	free(m);
}

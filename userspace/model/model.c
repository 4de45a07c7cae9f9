// SPDX-License-Identifier: GPL-2.0
/*
 * From a file to the model: runs the stages, owns the result.
 */
#include <stdlib.h>

#include "model/model.h"
#include "model/rings.h"
#include "trace/input.h"

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
 * model_build_verdicts - what packets led to, and their ends
 * @m: model with its packets
 */
void model_build_verdicts(struct model *m)
{
	size_t i;

	for (i = 0; i < m->packets.n; i++)
		if (m->packets.v[i])
			links_find(m, m->packets.v[i]);
	/* A packet is born after the one that it joins: that one is judged. */
	for (i = 0; i < m->packets.n; i++)
		if (m->packets.v[i])
			verdict_find(m, m->packets.v[i]);
}

/**
 * model_build - packets and causes, from finished calls
 * @m: model whose calls are complete
 */
void model_build(struct model *m)
{
	model_build_packets(m);
	model_build_verdicts(m);
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
	model_build_verdicts(m);
	input_close(in);
	return m;
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
	rings_free(m);
	packets_free_roles(m);
	free(m);
}

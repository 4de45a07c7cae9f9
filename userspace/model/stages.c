// SPDX-License-Identifier: GPL-2.0
/*
 * Cutting a packet's way into stages.
 *
 * Every moment is an event's own time, so the stages of a packet add up to the
 * time from its interrupt to the end of its read. A stage holds the waiting in
 * it: the driver's has the packets of the same poll that came first.
 */
#include <string.h>

#include "base/lang.h"
#include "model/stages.h"

static const char *const moments[] = {
	"irq", "schedule", "poll", "stack", "core", "ip",
	"tcp", "queue",	   "wake", "run",   "read", "done",
};

static const struct {
	const char *name;
	const char *help;
} names[] = {
	[STAGE_INTERRUPT] = { N_("interrupt"), N_("handler begins → NAPI scheduled") },
	[STAGE_SOFTIRQ] = { N_("softirq"), N_("NAPI scheduled → poll begins") },
	[STAGE_DRIVER] = { N_("driver"), N_("poll begins → net core: packets before it, too") },
	[STAGE_GRO] = { N_("gro"), N_("handed to GRO → let go, alone or with others") },
	[STAGE_CORE] = { N_("core"), N_("net core → ip_rcv") },
	[STAGE_TO_TCP] = { N_("ip"), N_("ip_rcv → tcp_v4_rcv") },
	[STAGE_TCP_QUEUE] = { N_("tcp"), N_("tcp_v4_rcv → receive queue") },
	[STAGE_WAKE] = { N_("wake-up"), N_("receive queue → reader made runnable") },
	[STAGE_SCHEDULER] = { N_("scheduler"), N_("runnable → on a CPU") },
	[STAGE_PROGRAM] = { N_("program"), N_("on a CPU → its recv takes up the bytes") },
	[STAGE_QUEUED] = { N_("queue"), N_("receive queue → recv, the reader being awake") },
	[STAGE_COPY] = { N_("copy"), N_("recv runs → returns with the bytes") },
};

/**
 * stage_name - what a stage is called
 * @id: stage
 *
 * Return: the name, the same in every output.
 */
const char *stage_name(enum stage_id id)
{
	return _(names[id].name);
}

/**
 * stage_help - what lies in a stage
 * @id: stage
 *
 * Return: where it begins and where it ends.
 */
const char *stage_help(enum stage_id id)
{
	return _(names[id].help);
}

/**
 * stage_find - a stage by its name
 * @name: name, in English
 *
 * Return: the stage, or -1.
 */
int stage_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i].name, name))
			return i;
	return -1;
}

/**
 * moment_find - a moment by its name
 * @name: name
 * @len: its length
 *
 * Return: the moment, or -1.
 */
int moment_find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(moments); i++)
		if (strlen(moments[i]) == len && !strncmp(moments[i], name, len))
			return i;
	return -1;
}

/**
 * moment_name - what a moment is called
 * @id: moment
 *
 * Return: the name, the same in every output.
 */
const char *moment_name(enum moment_id id)
{
	return moments[id];
}

/**
 * packet_reader_wake - the wake-up of the task that read the packet
 * @p: packet
 *
 * Return: the wake-up, NULL if the reader was awake or nobody read.
 */
const struct wake *packet_reader_wake(const struct packet *p)
{
	size_t i;

	if (!p->links.read)
		return NULL;
	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		if (wake->waking && wake->waking->ev.a.waking.pid == p->links.read->ev.pid)
			return wake;
	}
	return NULL;
}

static enum stage_id stage_ending_at(enum moment_id to, enum moment_id from)
{
	switch (to) {
	case AT_SCHEDULE:
		return STAGE_INTERRUPT;
	case AT_POLL:
		return STAGE_SOFTIRQ;
	case AT_STACK:
		return STAGE_DRIVER;
	case AT_CORE:
		return STAGE_GRO;
	case AT_IP:
		return STAGE_CORE;
	case AT_TCP:
		return STAGE_TO_TCP;
	case AT_QUEUE:
		return STAGE_TCP_QUEUE;
	case AT_WAKE:
		return STAGE_WAKE;
	case AT_RUN:
		return STAGE_SCHEDULER;
	case AT_READ:
		return from == AT_RUN ? STAGE_PROGRAM : STAGE_QUEUED;
	default:
		return STAGE_COPY;
	}
}

static void find_reader(const struct packet *p, u64 *at)
{
	const struct wake *wake = packet_reader_wake(p);
	u64 known = at[AT_QUEUE];

	if (!p->links.read || !known || p->links.read->flags & CALL_OPEN)
		return;
	if (wake && wake->run && wake->waking->ev.start >= known &&
	    wake->run->ev.start <= p->links.read->ev.end) {
		at[AT_WAKE] = wake->waking->ev.start;
		at[AT_RUN] = wake->run->ev.start;
		known = at[AT_RUN];
	}
	/* A read that slept took the bytes up when it ran again. */
	at[AT_READ] = p->links.read->ev.start > known ? p->links.read->ev.start : known;
	at[AT_DONE] = p->links.read->ev.end;
}

/**
 * stages_find - the stages that a packet went through
 * @p: packet
 * @stages: result
 *
 * A frame that GRO joined to another has its own way up to there, and from
 * there on that of the packet that it joined.
 */
void stages_find(const struct packet *p, struct stages *stages)
{
	const struct packet *end = packet_end_of(p);
	u64 *at = stages->at;
	int last = -1;
	int i;

	memset(stages, 0, sizeof(*stages));
	if (p->irq)
		at[AT_IRQ] = p->irq->ev.start;
	if (p->schedule)
		at[AT_SCHEDULE] = p->schedule->ev.start;
	if (p->poll)
		at[AT_POLL] = p->poll->ev.start;
	at[AT_STACK] = p->born;
	if (p->gro && end->core)
		at[AT_CORE] = end->core->ev.start;
	if (packet_ip(end))
		at[AT_IP] = packet_ip(end)->ev.start;
	if (end->tcp)
		at[AT_TCP] = end->tcp->ev.start;
	if (end->queue)
		at[AT_QUEUE] = end->queue->ev.start;
	find_reader(end, at);
	for (i = 0; i < AT_NR; i++) {
		struct stage_time *stage;

		if (!at[i])
			continue;
		/* From another poll, or of a clock that stepped: no stage. */
		if (last >= 0 && at[i] < at[last]) {
			at[i] = 0;
			continue;
		}
		if (last >= 0) {
			stage = &stages->list[stages->n++];
			stage->id = stage_ending_at(i, last);
			stage->start = at[last];
			stage->end = at[i];
		}
		last = i;
	}
}

/**
 * stages_total - from the first moment to the last
 * @stages: stages
 *
 * Return: ns.
 */
u64 stages_total(const struct stages *stages)
{
	return stages->n ? stages->list[stages->n - 1].end - stages->list[0].start : 0;
}

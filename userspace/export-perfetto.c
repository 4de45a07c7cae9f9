// SPDX-License-Identifier: GPL-2.0
/*
 * Chrome's trace event format, which ui.perfetto.dev and chrome://tracing open.
 *
 * Each CPU is a process with a track for its hard interrupts, one for its
 * softirqs and one for its idle task; the tasks are the threads of one more
 * process. Calls nest on a track as they ran. A packet is an asynchronous slice with its stages
 * in it, and a chain of arrows: interrupt, poll, TCP, the reader's recv.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "stages.h"
#include "text.h"

/* Process of the tasks; the CPUs' are 1 and up. */
#define TASKS_PID 1000000

enum track {
	TRACK_HARDIRQ = 1,
	TRACK_SOFTIRQ,
	TRACK_IDLE,
};

struct perfetto {
	struct map tracks; /* that have been named */
	bool any;
};

/* Which track an event lies on. */
static u32 track_pid(const struct event *ev)
{
	return ev->ctx == CTX_TASK && ev->pid ? TASKS_PID : ev->cpu + 1U;
}

static u32 track_tid(const struct event *ev)
{
	if (ev->ctx == CTX_TASK)
		return ev->pid ? ev->pid : TRACK_IDLE;
	return ev->ctx == CTX_HARDIRQ ? TRACK_HARDIRQ : TRACK_SOFTIRQ;
}

static void put_event(struct exporter *x, json_t *json)
{
	struct perfetto *pf = x->priv;

	fputs(pf->any ? ",\n" : "\n", x->out);
	pf->any = true;
	/* Microseconds to the nanosecond, for ten days: 15 digits. */
	json_dumpf(json, x->out, JSON_COMPACT | JSON_REAL_PRECISION(15));
	json_decref(json);
}

static json_t *event_json(const struct exporter *x, const char *phase, const char *name, u64 time)
{
	/* Since the first event, so that the digits last. */
	double us = (double)(s64)(time - x->m->calls.first) / NSEC_PER_USEC;

	return json_pack("{s:s, s:s, s:f}", "ph", phase, "name", name, "ts", us);
}

static void put_name(struct exporter *x, const char *what, u32 pid, u32 tid, const char *name)
{
	json_t *json = json_pack("{s:s, s:s, s:I, s:I, s:{s:o}}", "ph", "M", "name", what, "pid",
				 (json_int_t)pid, "tid", (json_int_t)tid, "args", "name",
				 json_string(name) ?: json_string("?"));

	put_event(x, json);
}

static void name_track(struct exporter *x, const struct event *ev)
{
	static const char *const names[] = { "", "hard interrupt", "softirq", "idle" };
	struct perfetto *pf = x->priv;
	u32 pid = track_pid(ev);
	u32 tid = track_tid(ev);
	u64 key = (u64)pid << 32 | tid;
	struct strbuf name = { 0 };

	if (map_get(&pf->tracks, key))
		return;
	map_set(&pf->tracks, key, pf);
	if (pid == TASKS_PID)
		task_text(&name, x->m, ev->pid);
	else
		strbuf_puts(&name, names[tid]);
	put_name(x, "thread_name", pid, tid, name.s);
	strbuf_free(&name);
	if (map_get(&pf->tracks, (u64)pid << 32))
		return;
	map_set(&pf->tracks, (u64)pid << 32, pf);
	if (pid == TASKS_PID)
		strbuf_puts(&name, "tasks");
	else
		strbuf_addf(&name, "CPU %u", ev->cpu);
	put_name(x, "process_name", pid, 0, name.s);
	strbuf_free(&name);
}

static void set_track(json_t *json, const struct event *ev)
{
	json_object_set_new(json, "pid", json_integer(track_pid(ev)));
	json_object_set_new(json, "tid", json_integer(track_tid(ev)));
}

static void put_call(struct exporter *x, const struct call *call)
{
	bool leaf = call->ev.phase == PHASE_LEAF;
	struct strbuf label = { 0 };
	struct strbuf result = { 0 };
	json_t *json;
	json_t *args;

	call_label(&label, x->m, call);
	call_result(&result, call);
	json = event_json(x, leaf ? "i" : "X", call_name(call), call->ev.start);
	set_track(json, &call->ev);
	if (leaf)
		json_object_set_new(json, "s", json_string("t"));
	else
		json_object_set_new(json, "dur",
				    json_real((double)call_duration(call) / NSEC_PER_USEC));
	json_object_set_new(json, "cat", json_string(context_text(call->ev.ctx)));
	args = json_pack("{s:o, s:s, s:I, s:i}", "call", json_string(label.s) ?: json_string("?"),
			 "file", kind_get(call->ev.kind)->file, "event", (json_int_t)call->ev.no,
			 "cpu", (int)call->ev.cpu);
	if (result.len)
		json_object_set_new(args, "returned", json_string(result.s));
	if (call->packet)
		json_object_set_new(args, "packet", json_integer(call->packet));
	if (call->flags & CALL_OPEN)
		json_object_set_new(args, "unfinished", json_true());
	json_object_set_new(json, "args", args);
	put_event(x, json);
	strbuf_free(&label);
	strbuf_free(&result);
}

static void put_tree(struct exporter *x, const struct call *call)
{
	const struct call *child;

	put_call(x, call);
	for (child = call->child; child; child = child->next)
		put_tree(x, child);
}

static void perfetto_root(struct exporter *x, const struct call *root)
{
	name_track(x, &root->ev);
	put_tree(x, root);
}

/* An arrow's end binds to the slice that is open at its time on its track. */
static void put_flow(struct exporter *x, const struct packet *p, const char *phase,
		     const struct call *call, u64 time)
{
	json_t *json = event_json(x, phase, "packet", time);

	json_object_set_new(json, "cat", json_string("packet"));
	json_object_set_new(json, "id", json_integer(p->no));
	if (*phase == 'f')
		json_object_set_new(json, "bp", json_string("e"));
	set_track(json, &call->ev);
	put_event(x, json);
}

static void put_flows(struct exporter *x, const struct packet *p)
{
	const struct packet *end = p->join == JOIN_GRO ? p->into : p;
	const struct call *steps[6];
	u64 times[6];
	int n = 0;
	int i;

	if (p->irq)
		steps[n++] = p->irq;
	if (p->poll)
		steps[n++] = p->poll;
	if (end->tcp)
		steps[n++] = end->tcp;
	if (end->ready)
		steps[n++] = end->ready;
	for (i = 0; i < n; i++)
		times[i] = steps[i]->ev.start;
	if (end->read && !(end->read->flags & CALL_OPEN)) {
		/* A recv that began before the packet came got it at its end. */
		times[n] = end->read->ev.end;
		steps[n++] = end->read;
	}
	for (i = 0; n > 1 && i < n; i++)
		put_flow(x, p, !i ? "s" : i == n - 1 ? "f" : "t", steps[i], times[i]);
}

static void put_async(struct exporter *x, const struct packet *p, const char *phase,
		      const char *name, u64 time)
{
	json_t *json = event_json(x, phase, name, time);

	json_object_set_new(json, "cat", json_string("packets"));
	json_object_set_new(json, "id", json_integer(p->no));
	json_object_set_new(json, "pid", json_integer(TASKS_PID + 1));
	json_object_set_new(json, "tid", json_integer(0));
	if (!strncmp(name, "skb#", 4))
		json_object_set_new(json, "args",
				    json_pack("{s:b, s:o}", "complete", p->complete, "verdict",
					      json_string(p->verdict) ?: json_string("?")));
	put_event(x, json);
}

static void perfetto_packet(struct exporter *x, const struct packet *p)
{
	struct perfetto *pf = x->priv;
	struct stages stages;
	unsigned int i;
	char *name;

	if (!map_get(&pf->tracks, TASKS_PID + 1))
		put_name(x, "process_name", TASKS_PID + 1, 0, "packets");
	map_set(&pf->tracks, TASKS_PID + 1, pf);
	put_flows(x, p);
	stages_find(p, &stages);
	if (!stages.n)
		return;
	name = xasprintf("skb#%u", p->no);
	put_async(x, p, "b", name, stages.list[0].start);
	for (i = 0; i < stages.n; i++) {
		put_async(x, p, "b", stage_name(stages.list[i].id), stages.list[i].start);
		put_async(x, p, "e", stage_name(stages.list[i].id), stages.list[i].end);
	}
	put_async(x, p, "e", name, stages.list[stages.n - 1].end);
	free(name);
}

static int perfetto_begin(struct exporter *x)
{
	x->priv = xcalloc(1, sizeof(struct perfetto));
	fputs("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[", x->out);
	return 0;
}

static int perfetto_end(struct exporter *x)
{
	struct perfetto *pf = x->priv;

	fprintf(x->out, "\n],\"otherData\":{\"made_by\":\"rxpath\",\"first_ns\":\"%llu\"}}\n",
		x->m->calls.first);
	map_free(&pf->tracks);
	free(pf);
	return 0;
}

const struct export_format export_perfetto = {
	.name = "perfetto",
	.help = "Chrome's trace events",
	.begin = perfetto_begin,
	.root = perfetto_root,
	.packet = perfetto_packet,
	.end = perfetto_end,
};

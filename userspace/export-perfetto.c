// SPDX-License-Identifier: GPL-2.0
/*
 * Chrome's trace event format, which ui.perfetto.dev and chrome://tracing open.
 *
 * Each CPU is a process with a track for its hard interrupts, one for its
 * softirqs and one for its idle task; the tasks are the threads of one more
 * process. Calls nest on a track as they ran. A packet is an asynchronous slice with its stages
 * in it, and a chain of arrows: interrupt, poll, TCP, the reader's recv.
 */
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
	struct strbuf text; /* scratch: a label, a result */
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

static void begin_event(struct exporter *x, const char *phase, const char *name)
{
	struct json *j = &x->json;

	json_line(j);
	json_open(j, '{');
	json_str(j, "ph", phase);
	json_str(j, "name", name);
}

static void begin_timed(struct exporter *x, const char *phase, const char *name, u64 time)
{
	begin_event(x, phase, name);
	json_key(&x->json, "ts");
	/* Since the first event, so that a viewer's floating point has digits for it. */
	json_us(&x->json, (s64)(time - x->m->calls.first));
}

static void end_event(struct exporter *x)
{
	json_close(&x->json, '}');
}

static void put_name(struct exporter *x, const char *what, u32 pid, u32 tid, const char *name)
{
	struct json *j = &x->json;

	begin_event(x, "M", what);
	json_num(j, "pid", pid);
	json_num(j, "tid", tid);
	json_key(j, "args");
	json_open(j, '{');
	json_str(j, "name", name);
	json_close(j, '}');
	end_event(x);
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

static void put_track(struct json *j, const struct event *ev)
{
	json_num(j, "pid", track_pid(ev));
	json_num(j, "tid", track_tid(ev));
}

static void put_args(struct exporter *x, const struct call *call)
{
	struct perfetto *pf = x->priv;
	struct strbuf *text = &pf->text;
	struct json *j = &x->json;

	json_key(j, "args");
	json_open(j, '{');
	text->len = 0;
	call_label(text, x->m, call);
	json_str(j, "call", text->s);
	json_str(j, "file", kind_get(call->ev.kind)->file);
	json_num(j, "event", call->ev.no);
	json_num(j, "cpu", call->ev.cpu);
	text->len = 0;
	call_result(text, call);
	if (text->len)
		json_str(j, "returned", text->s);
	if (call->packet)
		json_num(j, "packet", call->packet);
	if (call->flags & CALL_OPEN)
		json_flag(j, "unfinished", true);
	json_close(j, '}');
}

static void put_call(struct exporter *x, const struct call *call)
{
	bool leaf = call->ev.phase == PHASE_LEAF;
	struct json *j = &x->json;

	begin_timed(x, leaf ? "i" : "X", call_name(call), call->ev.start);
	put_track(j, &call->ev);
	if (leaf) {
		json_str(j, "s", "t");
	} else {
		json_key(j, "dur");
		json_us(j, call_duration(call));
	}
	json_str(j, "cat", context_text(call->ev.ctx));
	put_args(x, call);
	end_event(x);
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
	struct json *j = &x->json;

	begin_timed(x, phase, "packet", time);
	json_str(j, "cat", "packet");
	json_num(j, "id", p->no);
	if (*phase == 'f')
		json_str(j, "bp", "e");
	put_track(j, &call->ev);
	end_event(x);
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
	struct json *j = &x->json;

	begin_timed(x, phase, name, time);
	json_str(j, "cat", "packets");
	json_num(j, "id", p->no);
	json_num(j, "pid", TASKS_PID + 1);
	json_num(j, "tid", 0);
	if (!strncmp(name, "skb#", 4)) {
		json_key(j, "args");
		json_open(j, '{');
		json_flag(j, "complete", p->complete);
		json_str(j, "verdict", p->verdict);
		json_close(j, '}');
	}
	end_event(x);
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
	struct json *j = &x->json;

	x->priv = xcalloc(1, sizeof(struct perfetto));
	json_begin(j, x->out);
	json_open(j, '{');
	json_str(j, "displayTimeUnit", "ns");
	json_key(j, "traceEvents");
	json_open(j, '[');
	return 0;
}

static int perfetto_end(struct exporter *x)
{
	struct perfetto *pf = x->priv;
	struct json *j = &x->json;
	char first[24];

	json_put(j, '\n');
	json_close(j, ']');
	json_key(j, "otherData");
	json_open(j, '{');
	json_str(j, "made_by", "rxpath");
	/* As text: a reader of JSON may keep numbers in floating point. */
	snprintf(first, sizeof(first), "%llu", x->m->calls.first);
	json_str(j, "first_ns", first);
	json_close(j, '}');
	json_close(j, '}');
	json_put(j, '\n');
	strbuf_free(&pf->text);
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

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

#include "base/lang.h"
#include "base/say.h"
#include "export/export.h"
#include "model/stages.h"
#include "words/text.h"

/* Process of the tasks; the CPUs' are 1 and up. */
#define TASKS_PID 1000000

#define DURATION ",\"dur\":"
#define ARGS	 ",\"args\":"

enum track {
	TRACK_HARDIRQ = 1,
	TRACK_SOFTIRQ,
	TRACK_IDLE,
};

/* What is the same in many events is made once. */
struct part {
	char *text;
	size_t len;
};

struct kind_parts {
	struct part slice; /* up to its time */
	struct part instant;
	struct part file; /* behind the label, up to the event's number */
};

struct perfetto {
	struct map tracks; /* that have been named */
	struct strbuf text; /* scratch: a label, a result */
	struct strbuf where; /* scratch: the track of a tree, or of a packet */
	struct kind_parts *kinds;
	size_t nr_kinds;
	struct part slice_args[CTX_NR]; /* behind the duration, up to the label */
	struct part instant_args[CTX_NR];
	struct part stages[STAGE_ID_NR][2]; /* begin and end, up to the time */
};

static FILE *part_begin(struct json *j, struct part *part)
{
	FILE *mem = open_memstream(&part->text, &part->len);

	if (!mem) {
		error_line("out of memory: record a shorter trace");
		exit(EXIT_FAILED);
	}
	json_begin(j, mem);
	return mem;
}

static void part_end(struct json *j, FILE *mem)
{
	json_end(j);
	fclose(mem);
}

static void put_part(struct json *j, const struct part *part)
{
	json_part(j, part->text, part->len);
}

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

static void put_time(struct exporter *x, u64 time)
{
	/* Since the first event, so that a viewer's floating point has digits for it. */
	json_us(&x->json, (s64)(time - x->m->calls.first));
}

static void begin_timed(struct exporter *x, const char *phase, const char *name, u64 time)
{
	begin_event(x, phase, name);
	json_key(&x->json, "ts");
	put_time(x, time);
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

/* Up to the time. */
static void make_begin(struct part *part, const char *phase, const char *name)
{
	struct json j;
	FILE *mem = part_begin(&j, part);

	json_open(&j, '{');
	json_str(&j, "ph", phase);
	json_str(&j, "name", name);
	json_key(&j, "ts");
	part_end(&j, mem);
}

static void make_args(struct part *part, u8 ctx, bool instant)
{
	struct json j;
	FILE *mem = part_begin(&j, part);

	j.comma = true;
	if (instant)
		json_str(&j, "s", "t");
	json_str(&j, "cat", context_text(ctx));
	json_key(&j, "args");
	json_open(&j, '{');
	json_key(&j, "call");
	part_end(&j, mem);
}

static void make_file(struct part *part, const char *file)
{
	struct json j;
	FILE *mem = part_begin(&j, part);

	j.comma = true;
	json_str(&j, "file", file);
	json_key(&j, "event");
	part_end(&j, mem);
}

static const struct kind_parts *kind_parts(struct perfetto *pf, u16 kind)
{
	const struct kind *k = kind_get(kind);
	struct kind_parts *parts;

	if (kind >= pf->nr_kinds) {
		pf->kinds = xrealloc(pf->kinds, kind_count(), sizeof(*pf->kinds));
		memset(pf->kinds + pf->nr_kinds, 0,
		       (kind_count() - pf->nr_kinds) * sizeof(*pf->kinds));
		pf->nr_kinds = kind_count();
	}
	parts = &pf->kinds[kind];
	if (!parts->slice.text) {
		make_begin(&parts->slice, "X", k->name);
		make_begin(&parts->instant, "i", k->name);
		make_file(&parts->file, k->file);
	}
	return parts;
}

/* Of the events that follow. */
static void set_track(struct perfetto *pf, u32 pid, u32 tid)
{
	pf->where.len = 0;
	strbuf_puts(&pf->where, ",\"pid\":");
	strbuf_number(&pf->where, pid);
	strbuf_puts(&pf->where, ",\"tid\":");
	strbuf_number(&pf->where, tid);
}

static void put_track(struct json *j, const struct event *ev)
{
	json_num(j, "pid", track_pid(ev));
	json_num(j, "tid", track_tid(ev));
}

static void put_args(struct exporter *x, const struct call *call, const struct part *file)
{
	struct perfetto *pf = x->priv;
	struct strbuf *text = &pf->text;
	struct json *j = &x->json;

	text->len = 0;
	call_label(text, x->m, call);
	json_string(j, text->s);
	put_part(j, file);
	json_number(j, call->ev.no);
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
	struct perfetto *pf = x->priv;
	const struct kind_parts *parts = kind_parts(pf, call->ev.kind);
	struct json *j = &x->json;

	json_line(j);
	put_part(j, leaf ? &parts->instant : &parts->slice);
	put_time(x, call->ev.start);
	json_part(j, pf->where.s, pf->where.len);
	if (leaf) {
		put_part(j, &pf->instant_args[call->ev.ctx]);
	} else {
		json_part(j, DURATION, strlen(DURATION));
		json_us(j, call_duration(call));
		put_part(j, &pf->slice_args[call->ev.ctx]);
	}
	put_args(x, call, &parts->file);
	end_event(x);
}

/* The calls of a tree are all of one context: they lie on one track. */
static void put_tree(struct exporter *x, const struct call *call)
{
	const struct call *child;

	/* Cold by now, and the next to be looked at. */
	__builtin_prefetch(call->child);
	__builtin_prefetch(call->next);
	put_call(x, call);
	for (child = call->child; child; child = child->next)
		put_tree(x, child);
}

static void perfetto_root(struct exporter *x, const struct call *root)
{
	name_track(x, &root->ev);
	set_track(x->priv, track_pid(&root->ev), track_tid(&root->ev));
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
	const struct packet *end = packet_end_of(p);
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
	if (end->links.read && !(end->links.read->flags & CALL_OPEN)) {
		/* A recv that began before the packet came got it at its end. */
		times[n] = end->links.read->ev.end;
		steps[n++] = end->links.read;
	}
	for (i = 0; n > 1 && i < n; i++)
		put_flow(x, p, !i ? "s" : i == n - 1 ? "f" : "t", steps[i], times[i]);
}

/* A packet's begin and end, which tell how it fared. */
static void put_life(struct exporter *x, const struct packet *p, const char *phase,
		     const char *name, u64 time)
{
	struct perfetto *pf = x->priv;
	struct json *j = &x->json;
	char *verdict;

	begin_timed(x, phase, name, time);
	json_part(j, pf->where.s, pf->where.len);
	json_part(j, ARGS, strlen(ARGS));
	json_open(j, '{');
	json_flag(j, "complete", p->verdict.complete);
	verdict = packet_verdict(p);
	json_str(j, "verdict", verdict);
	free(verdict);
	json_close(j, '}');
	end_event(x);
}

static void put_stage(struct exporter *x, const struct part *begin, u64 time)
{
	struct perfetto *pf = x->priv;
	struct json *j = &x->json;

	json_line(j);
	put_part(j, begin);
	put_time(x, time);
	json_part(j, pf->where.s, pf->where.len);
	end_event(x);
}

/* Of the events that follow: those of one packet. */
static void set_packet(struct perfetto *pf, u32 no)
{
	struct strbuf *sb = &pf->where;

	sb->len = 0;
	strbuf_puts(sb, ",\"cat\":\"packets\",\"id\":");
	strbuf_number(sb, no);
	strbuf_puts(sb, ",\"pid\":");
	strbuf_number(sb, TASKS_PID + 1);
	strbuf_puts(sb, ",\"tid\":0");
}

static void perfetto_packet(struct exporter *x, const struct packet *p)
{
	struct perfetto *pf = x->priv;
	struct strbuf *name = &pf->text;
	struct stages stages;
	unsigned int i;

	if (!map_get(&pf->tracks, TASKS_PID + 1))
		put_name(x, "process_name", TASKS_PID + 1, 0, "packets");
	map_set(&pf->tracks, TASKS_PID + 1, pf);
	put_flows(x, p);
	stages_find(p, &stages);
	if (!stages.n)
		return;
	name->len = 0;
	strbuf_puts(name, "skb#");
	strbuf_number(name, p->no);
	set_packet(pf, p->no);
	put_life(x, p, "b", name->s, stages.list[0].start);
	for (i = 0; i < stages.n; i++) {
		const struct part *parts = pf->stages[stages.list[i].id];

		put_stage(x, &parts[0], stages.list[i].start);
		put_stage(x, &parts[1], stages.list[i].end);
	}
	put_life(x, p, "e", name->s, stages.list[stages.n - 1].end);
}

static int perfetto_begin(struct exporter *x)
{
	struct json *j = &x->json;
	struct perfetto *pf;
	int i;

	pf = xcalloc(1, sizeof(*pf));
	x->priv = pf;
	for (i = 0; i < STAGE_ID_NR; i++) {
		make_begin(&pf->stages[i][0], "b", stage_name(i));
		make_begin(&pf->stages[i][1], "e", stage_name(i));
	}
	for (i = 0; i < CTX_NR; i++) {
		make_args(&pf->slice_args[i], i, false);
		make_args(&pf->instant_args[i], i, true);
	}
	json_begin(j, x->out);
	json_open(j, '{');
	json_str(j, "displayTimeUnit", "ns");
	json_key(j, "traceEvents");
	json_open(j, '[');
	return 0;
}

static void drop_parts(struct perfetto *pf)
{
	size_t i;

	for (i = 0; i < pf->nr_kinds; i++) {
		free(pf->kinds[i].slice.text);
		free(pf->kinds[i].instant.text);
		free(pf->kinds[i].file.text);
	}
	free(pf->kinds);
	for (i = 0; i < STAGE_ID_NR; i++) {
		free(pf->stages[i][0].text);
		free(pf->stages[i][1].text);
	}
	for (i = 0; i < CTX_NR; i++) {
		free(pf->slice_args[i].text);
		free(pf->instant_args[i].text);
	}
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
	drop_parts(pf);
	strbuf_free(&pf->text);
	strbuf_free(&pf->where);
	map_free(&pf->tracks);
	free(pf);
	return 0;
}

const struct export_format export_perfetto = {
	.name = "perfetto",
	.help = N_("Chrome's JSON: slices and flow arrows, for ui.perfetto.dev"),
	.begin = perfetto_begin,
	.root = perfetto_root,
	.packet = perfetto_packet,
	.end = perfetto_end,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * JSON: every packet with its calls. The schema is docs/trace-schema.json; a
 * change that breaks a reader of the file raises TRACE_SCHEMA_VERSION.
 *
 * A packet is built, written and dropped before the next: the file may be
 * larger than memory.
 */
#include <arpa/inet.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "stages.h"
#include "text.h"

static const char *const join_names[] = { "none", "gro", "queue" };

static json_t *address_json(const u8 *addr)
{
	return json_sprintf("%u.%u.%u.%u", addr[0], addr[1], addr[2], addr[3]);
}

static json_t *address6_json(const u8 *addr)
{
	char text[INET6_ADDRSTRLEN];

	return json_string(inet_ntop(AF_INET6, addr, text, sizeof(text)));
}

static json_t *field_json(const struct field *field, const union event_args *a)
{
	const char *at = (const char *)a + field->offset;
	u64 value = 0;

	switch (field->type) {
	case FIELD_BYTES:
		return field->size == 16 ? address6_json((const u8 *)at)
					 : address_json((const u8 *)at);
	case FIELD_STRING:
		/* A task's name is whatever bytes it likes: not always UTF-8. */
		return json_string(at) ?: json_string("?");
	default:
		/* The fields are in the order of this machine: it decoded them. */
		if (field->size == 1)
			value = *(const u8 *)at;
		else if (field->size == 2)
			value = *(const u16 *)at;
		else if (field->size == 4)
			value = *(const u32 *)at;
		else
			memcpy(&value, at, sizeof(value));
		return json_integer(value);
	}
}

static json_t *args_json(const struct call *call)
{
	json_t *args = json_object();
	const struct field *fields;
	size_t n;
	size_t i;

	fields = class_fields(kind_get(call->ev.kind)->class, &n);
	for (i = 0; i < n; i++)
		json_object_set_new(args, fields[i].name, field_json(&fields[i], &call->ev.a));
	return args;
}

static bool is_of(const struct packet *p, const struct call *call)
{
	/* Around the packet's calls, if only as GRO lets one packet go for another. */
	if (call->mark == p->no)
		return true;
	if (call->packet)
		return call->packet == p->no;
	/* A frame: of the interrupt or of the task. */
	return call->ev.ctx != CTX_SOFTIRQ;
}

static json_t *call_json(const struct packet *p, const struct call *call)
{
	const struct kind *kind = kind_get(call->ev.kind);
	const struct call *child;
	json_t *calls = NULL;
	json_t *json;

	json = json_pack("{s:I, s:s, s:s, s:s, s:i, s:I, s:I, s:I, s:I}", "event",
			 (json_int_t)call->ev.no, "name", kind->name, "file", kind->file, "context",
			 context_text(call->ev.ctx), "cpu", (int)call->ev.cpu, "pid",
			 (json_int_t)call->ev.pid, "start_ns", (json_int_t)call->ev.start,
			 "duration_ns", (json_int_t)call_duration(call), "ret",
			 (json_int_t)call->ev.ret);
	if (call->packet)
		json_object_set_new(json, "packet", json_integer(call->packet));
	if (call->flags & CALL_OPEN)
		json_object_set_new(json, "unfinished", json_true());
	if (call->flags & CALL_HEADLESS)
		json_object_set_new(json, "headless", json_true());
	json_object_set_new(json, "args", args_json(call));
	for (child = call->child; child; child = child->next) {
		if (!is_of(p, child))
			continue;
		if (!calls)
			calls = json_array();
		json_array_append_new(calls, call_json(p, child));
	}
	if (calls)
		json_object_set_new(json, "calls", calls);
	return json;
}

static json_t *task_json(const struct model *m, u32 pid)
{
	const struct task *task = model_task(m, pid);
	json_t *json = json_object();

	json_object_set_new(json, "pid", json_integer(pid));
	json_object_set_new(json, "comm", json_string(task ? task->comm : "") ?: json_string("?"));
	return json;
}

static json_t *wakes_json(const struct model *m, const struct packet *p)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < p->wakes.n; i++) {
		const struct wake *wake = p->wakes.v[i];
		json_t *json = json_object();

		if (wake->callback)
			json_object_set_new(json, "callback",
					    json_string(call_name(wake->callback)));
		if (wake->waking) {
			json_object_set_new(json, "task",
					    task_json(m, wake->waking->ev.a.waking.pid));
			json_object_set_new(json, "waking_ns",
					    json_integer(wake->waking->ev.start));
		}
		if (wake->run)
			json_object_set_new(json, "run_ns", json_integer(wake->run->ev.start));
		if (wake->blocked)
			json_object_set_new(json, "blocked_in",
					    json_string(call_name(wake->blocked)));
		json_array_append_new(list, json);
	}
	return list;
}

static json_t *read_json(const struct model *m, const struct packet *p)
{
	const struct event *ev = &p->read->ev;

	return json_pack("{s:I, s:o, s:I, s:I, s:I}", "event", (json_int_t)ev->no, "task",
			 task_json(m, ev->pid), "start_ns", (json_int_t)ev->start, "end_ns",
			 (json_int_t)ev->end, "ret", (json_int_t)ev->ret);
}

static json_t *stages_json(const struct packet *p)
{
	json_t *list = json_array();
	struct stages stages;
	unsigned int i;

	stages_find(p, &stages);
	for (i = 0; i < stages.n; i++) {
		const struct stage_time *stage = &stages.list[i];

		json_array_append_new(list,
				      json_pack("{s:s, s:I, s:I}", "name", stage_name(stage->id),
						"start_ns", (json_int_t)stage->start, "duration_ns",
						(json_int_t)(stage->end - stage->start)));
	}
	return list;
}

static void add_root(json_t *list, const struct packet *p, const struct call *call,
		     struct map *done)
{
	const struct call *root = call ? call_root(call) : NULL;

	if (!root || map_get(done, root->ev.no))
		return;
	json_array_append_new(list, call_json(p, root));
	map_set(done, root->ev.no, (void *)root);
}

static json_t *calls_json(const struct packet *p)
{
	json_t *list = json_array();
	struct map done = { 0 };
	struct call *up;
	size_t i;

	for (i = 0; i < p->calls.n; i++)
		for (up = p->calls.v[i]; up && up->mark != p->no; up = up->parent)
			up->mark = p->no;
	add_root(list, p, p->irq, &done);
	for (i = 0; i < p->calls.n; i++) {
		const struct call *call = p->calls.v[i];

		/* The copy to the program comes with its read. */
		if (kind_get(call->ev.kind)->class != EV_copy)
			add_root(list, p, call, &done);
	}
	add_root(list, p, p->wait, &done);
	add_root(list, p, p->read, &done);
	map_free(&done);
	return list;
}

static void add_headers(json_t *json, const struct packet *p)
{
	char from[INET6_ADDRSTRLEN];
	char to[INET6_ADDRSTRLEN];
	char flags[32];

	if (packet_ip(p))
		json_object_set_new(json, "ip",
				    json_pack("{s:s, s:s, s:i}", "saddr",
					      packet_address(p, false, from), "daddr",
					      packet_address(p, true, to), "proto", p->proto));
	if (p->udp)
		json_object_set_new(json, "udp",
				    json_pack("{s:i, s:i, s:I}", "sport", p->sport, "dport",
					      p->dport, "payload", (json_int_t)p->payload));
	if (p->tcp)
		json_object_set_new(json, "tcp",
				    json_pack("{s:i, s:i, s:I, s:I, s:s}", "sport", p->sport,
					      "dport", p->dport, "seq", (json_int_t)p->seq,
					      "payload", (json_int_t)p->payload, "flags",
					      tcp_flags_text(flags, sizeof(flags), p->tcp_flags)));
}

static void json_packet(struct exporter *x, const struct packet *p)
{
	json_t *json = json_object();

	json_object_set_new(json, "no", json_integer(p->no));
	json_object_set_new(json, "complete", json_boolean(p->complete));
	json_object_set_new(json, "verdict", json_string(p->verdict) ?: json_string("?"));
	json_object_set_new(json, "wire_ns", json_integer(packet_wire(p)));
	json_object_set_new(json, "ifindex", json_integer(p->ifindex));
	json_object_set_new(json, "length", json_integer(packet_length(p)));
	json_object_set_new(json, "ethertype", json_integer(p->protocol));
	add_headers(json, p);
	if (p->join != JOIN_NONE)
		json_object_set_new(json, "joined",
				    json_pack("{s:s, s:I}", "how", join_names[p->join], "into",
					      (json_int_t)p->into->no));
	if (p->sock)
		json_object_set_new(json, "sock", json_integer(p->sock->no));
	json_object_set_new(json, "stages", stages_json(p));
	json_object_set_new(json, "wakes", wakes_json(x->m, p));
	if (p->read)
		json_object_set_new(json, "read", read_json(x->m, p));
	json_object_set_new(json, "calls", calls_json(p));
	fputs(x->packets > 1 ? ",\n" : "\n", x->out);
	json_dumpf(json, x->out, JSON_COMPACT);
	json_decref(json);
}

static int json_begin(struct exporter *x)
{
	fprintf(x->out, "{\"schema\":\"rxpath-trace\",\"version\":%d,\n\"packets\":[",
		TRACE_SCHEMA_VERSION);
	return 0;
}

/* What is known only at the end of the trace. */
static int json_end(struct exporter *x)
{
	const struct model *m = x->m;
	json_t *json = json_object();

	json_object_set_new(json, "first_ns", json_integer(m->calls.first));
	json_object_set_new(json, "last_ns", json_integer(m->calls.last));
	json_object_set_new(json, "lost_events", json_integer(m->calls.lost));
	json_object_set_new(json, "missed_calls", json_integer(m->calls.missed));
	json_object_set_new(json, "earlier_calls", json_integer(m->calls.before));
	fputs("],\n\"trace\":", x->out);
	json_dumpf(json, x->out, JSON_COMPACT);
	fputs("}\n", x->out);
	json_decref(json);
	return 0;
}

const struct export_format export_json = {
	.name = "json",
	.help = "packets with their calls",
	.begin = json_begin,
	.packet = json_packet,
	.end = json_end,
};

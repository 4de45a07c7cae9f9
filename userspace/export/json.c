// SPDX-License-Identifier: GPL-2.0
/*
 * JSON: every packet with its calls. The schema is docs/trace-schema.json; a
 * change that breaks a reader of the file raises TRACE_SCHEMA_VERSION.
 *
 * A packet is written as it is judged: the file may be larger than memory.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "export/export.h"
#include "model/stages.h"
#include "words/text.h"

static const char *const join_names[] = { "none", "gro", "queue" };

static void put_address(struct json *j, const u8 *addr)
{
	char text[16];
	char *at = text;
	int i;

	for (i = 0; i < 4; i++) {
		at = put_digits(at, addr[i]);
		*at++ = '.';
	}
	at[-1] = '\0';
	json_string(j, text);
}

static void put_address6(struct json *j, const u8 *addr)
{
	char text[INET6_ADDRSTRLEN];

	json_string(j, inet_ntop(AF_INET6, addr, text, sizeof(text)));
}

static void put_field(struct json *j, const struct field *field, const union event_args *a)
{
	const char *at = (const char *)a + field->offset;
	u64 value = 0;

	json_key(j, field->name);
	switch (field->type) {
	case FIELD_BYTES:
		if (field->size == 16)
			put_address6(j, (const u8 *)at);
		else
			put_address(j, (const u8 *)at);
		return;
	case FIELD_STRING:
		/* A task's name is whatever bytes it likes: not always UTF-8. */
		json_string(j, at);
		return;
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
		json_number(j, value);
	}
}

static void put_args(struct json *j, const struct call *call)
{
	const struct field *fields;
	size_t n;
	size_t i;

	json_key(j, "args");
	json_open(j, '{');
	fields = class_fields(kind_get(call->ev.kind)->class, &n);
	for (i = 0; i < n; i++)
		put_field(j, &fields[i], &call->ev.a);
	json_close(j, '}');
}

static bool is_of(const struct packet *p, u32 mark, const struct call *call)
{
	/* Around the packet's calls, if only as GRO lets one packet go for another. */
	if (call->mark == mark)
		return true;
	if (call->packet)
		return call->packet == p->no;
	/* A frame: of the interrupt or of the task. */
	return call->ev.ctx != CTX_SOFTIRQ;
}

static void put_call(struct json *j, const struct packet *p, u32 mark, const struct call *call)
{
	const struct kind *kind = kind_get(call->ev.kind);
	const struct call *child;
	bool any = false;

	json_open(j, '{');
	json_num(j, "event", call->ev.no);
	json_str(j, "name", kind->name);
	json_str(j, "file", kind->file);
	json_str(j, "context", context_text(call->ev.ctx));
	json_num(j, "cpu", call->ev.cpu);
	json_num(j, "pid", call->ev.pid);
	json_num(j, "start_ns", call->ev.start);
	json_num(j, "duration_ns", call_duration(call));
	json_num(j, "ret", call->ev.ret);
	if (call->packet)
		json_num(j, "packet", call->packet);
	if (call->flags & CALL_OPEN)
		json_flag(j, "unfinished", true);
	if (call->flags & CALL_HEADLESS)
		json_flag(j, "headless", true);
	put_args(j, call);
	for (child = call->child; child; child = child->next) {
		if (!is_of(p, mark, child))
			continue;
		if (!any) {
			json_key(j, "calls");
			json_open(j, '[');
			any = true;
		}
		put_call(j, p, mark, child);
	}
	if (any)
		json_close(j, ']');
	json_close(j, '}');
}

static void put_task(struct json *j, const struct model *m, u32 pid)
{
	const struct task *task = model_task(m, pid);

	json_key(j, "task");
	json_open(j, '{');
	json_num(j, "pid", pid);
	json_str(j, "comm", task ? task->comm : "");
	json_close(j, '}');
}

static void put_wakes(struct json *j, const struct model *m, const struct packet *p)
{
	size_t i;

	json_key(j, "wakes");
	json_open(j, '[');
	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		json_open(j, '{');
		if (wake->callback)
			json_str(j, "callback", call_name(wake->callback));
		if (wake->waking) {
			put_task(j, m, wake->waking->ev.a.waking.pid);
			json_num(j, "waking_ns", wake->waking->ev.start);
		}
		if (wake->run)
			json_num(j, "run_ns", wake->run->ev.start);
		if (wake->blocked)
			json_str(j, "blocked_in", call_name(wake->blocked));
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void put_read(struct json *j, const struct model *m, const struct packet *p)
{
	const struct event *ev = &p->links.read->ev;

	json_key(j, "read");
	json_open(j, '{');
	json_num(j, "event", ev->no);
	put_task(j, m, ev->pid);
	json_num(j, "start_ns", ev->start);
	json_num(j, "end_ns", ev->end);
	json_num(j, "ret", ev->ret);
	json_close(j, '}');
}

static void put_stages(struct json *j, const struct packet *p)
{
	struct stages stages;
	unsigned int i;

	json_key(j, "stages");
	json_open(j, '[');
	stages_find(p, &stages);
	for (i = 0; i < stages.n; i++) {
		const struct stage_time *stage = &stages.list[i];

		json_open(j, '{');
		json_str(j, "name", stage_name(stage->id));
		json_num(j, "start_ns", stage->start);
		json_num(j, "duration_ns", stage->end - stage->start);
		json_close(j, '}');
	}
	json_close(j, ']');
}

/* Each root once: @seen has those that are written. */
static void put_root(struct json *j, const struct packet *p, u32 mark, const struct call *call,
		     struct ptrs *seen)
{
	struct call *root = call ? (struct call *)call_root(call) : NULL;

	if (!root || root->flags & CALL_SHOWN)
		return;
	put_call(j, p, mark, root);
	root->flags |= CALL_SHOWN;
	ptrs_add(seen, root);
}

static void put_calls(struct json *j, const struct packet *p, struct ptrs *seen)
{
	const u32 mark = call_mark_new();
	struct call *up;
	size_t i;

	for (i = 0; i < p->calls.n; i++)
		for (up = p->calls.v[i]; up && up->mark != mark; up = up->parent)
			up->mark = mark;
	json_key(j, "calls");
	json_open(j, '[');
	put_root(j, p, mark, p->irq, seen);
	for (i = 0; i < p->calls.n; i++) {
		const struct call *call = p->calls.v[i];

		/* The copy to the program comes with its read. */
		if (kind_get(call->ev.kind)->class != EV_copy)
			put_root(j, p, mark, call, seen);
	}
	put_root(j, p, mark, p->links.wait, seen);
	put_root(j, p, mark, p->links.read, seen);
	json_close(j, ']');
	while (seen->n) {
		struct call *root = seen->v[--seen->n];

		root->flags &= ~CALL_SHOWN;
	}
}

static void put_headers(struct json *j, const struct packet *p)
{
	char text[INET6_ADDRSTRLEN];
	char flags[32];

	if (packet_ip(p)) {
		json_key(j, "ip");
		json_open(j, '{');
		json_str(j, "saddr", packet_address(p, false, text));
		json_str(j, "daddr", packet_address(p, true, text));
		json_num(j, "proto", p->proto);
		json_close(j, '}');
	}
	if (p->udp) {
		json_key(j, "udp");
		json_open(j, '{');
		json_num(j, "sport", p->sport);
		json_num(j, "dport", p->dport);
		json_num(j, "payload", p->payload);
		json_close(j, '}');
	}
	if (p->tcp) {
		json_key(j, "tcp");
		json_open(j, '{');
		json_num(j, "sport", p->sport);
		json_num(j, "dport", p->dport);
		json_num(j, "seq", p->seq);
		json_num(j, "payload", p->payload);
		json_str(j, "flags", tcp_flags_text(flags, sizeof(flags), p->tcp_flags));
		json_close(j, '}');
	}
}

static void json_packet(struct exporter *x, const struct packet *p)
{
	struct json *j = &x->json;
	char *verdict;

	json_line(j);
	json_open(j, '{');
	json_num(j, "no", p->no);
	json_flag(j, "complete", p->verdict.complete);
	verdict = packet_verdict(p);
	json_str(j, "verdict", verdict);
	free(verdict);
	json_num(j, "wire_ns", packet_wire(p));
	json_num(j, "ifindex", p->ifindex);
	json_num(j, "length", packet_length(p));
	json_num(j, "ethertype", p->protocol);
	put_headers(j, p);
	if (p->join != JOIN_NONE) {
		json_key(j, "joined");
		json_open(j, '{');
		json_str(j, "how", join_names[p->join]);
		json_num(j, "into", p->into->no);
		json_close(j, '}');
	}
	if (p->sock)
		json_num(j, "sock", p->sock->no);
	put_stages(j, p);
	put_wakes(j, x->m, p);
	if (p->links.read)
		put_read(j, x->m, p);
	put_calls(j, p, x->priv);
	json_close(j, '}');
}

static int json_start(struct exporter *x)
{
	struct json *j = &x->json;

	/* Scratch: of one packet, the roots that are written. */
	x->priv = xcalloc(1, sizeof(struct ptrs));
	json_begin(j, x->out);
	json_open(j, '{');
	json_str(j, "schema", "rxpath-trace");
	json_num(j, "version", TRACE_SCHEMA_VERSION);
	json_line(j);
	json_key(j, "packets");
	json_open(j, '[');
	return 0;
}

/* What is known only at the end of the trace. */
static int json_finish(struct exporter *x)
{
	const struct model *m = x->m;
	struct json *j = &x->json;

	json_close(j, ']');
	json_line(j);
	json_key(j, "trace");
	json_open(j, '{');
	json_num(j, "first_ns", m->calls.first);
	json_num(j, "last_ns", m->calls.last);
	json_num(j, "lost_events", m->calls.lost);
	json_num(j, "missed_calls", m->calls.missed);
	json_num(j, "earlier_calls", m->calls.before);
	json_close(j, '}');
	json_close(j, '}');
	json_put(j, '\n');
	ptrs_free(x->priv);
	free(x->priv);
	return 0;
}

const struct export_format export_json = {
	.name = "json",
	.help = N_("packets with their calls: docs/trace-schema.json"),
	.begin = json_start,
	.packet = json_packet,
	.end = json_finish,
};

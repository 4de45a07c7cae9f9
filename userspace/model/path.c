// SPDX-License-Identifier: GPL-2.0
/*
 * The calls of a packet's way in one list: the interrupt that announced it, the
 * poll around it and what that did to its ring, the calls that name it and what
 * these called, the tasks that it woke, the epoll_wait and the read that it ended.
 */
#include <stdlib.h>
#include <string.h>

#include "base/width.h"
#include "model/path.h"
#include "model/rings.h"

struct place {
	u64 when;
	u32 no;
	struct call *call;
};

struct builder {
	struct place *places;
	size_t n;
	size_t cap;
	u64 wire;
	u64 ready; /* when its socket told those who waited */
	u32 mark;
};

static void add(struct builder *b, struct call *call)
{
	u64 since = call->packet ? b->wire : b->ready;
	bool slept = call->ev.ctx == CTX_TASK && call->ev.start < since;

	if (call->mark == b->mark)
		return;
	call->mark = b->mark;
	if (b->n == b->cap) {
		b->cap = b->cap ? b->cap * 2 : 64;
		b->places = xrealloc(b->places, b->cap, sizeof(*b->places));
	}
	/*
	 * A program's call that waited for the packet is on its way where it
	 * returns, though it may have begun while the packet was on its way.
	 */
	b->places[b->n++] = (struct place){
		.when = slept ? call->ev.end : call->ev.start,
		.no = call->ev.no,
		.call = call,
	};
}

static void add_tree(struct builder *b, struct call *call, u32 packet)
{
	struct call *child;

	if (packet && call->packet != packet)
		return;
	add(b, call);
	for (child = call->child; child; child = child->next)
		add_tree(b, child, packet);
}

static void add_around(struct builder *b, struct call *call)
{
	struct call *child;

	for (call = call->parent; call; call = call->parent) {
		if (call->mark == b->mark)
			continue;
		add(b, call);
		for (child = call->child; child; child = child->next)
			if (!child->packet && call_is_of_poll(child))
				add(b, child);
	}
}

static void add_packet(struct builder *b, const struct packet *p)
{
	size_t i;

	if (p->irq)
		add_tree(b, p->irq, 0);
	for (i = 0; i < p->calls.n; i++) {
		struct call *call = p->calls.v[i];

		add_around(b, call);
		add_tree(b, call, p->no);
	}
	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		if (wake->run)
			add(b, wake->run);
	}
	if (p->links.wait) {
		add(b, p->links.wait);
		add_around(b, p->links.wait);
	}
	if (p->links.read) {
		add(b, p->links.read);
		add_around(b, p->links.read);
	}
}

static int compare_places(const void *x, const void *y)
{
	const struct place *a = x;
	const struct place *b = y;

	if (a->when != b->when)
		return a->when < b->when ? -1 : 1;
	return calls_compare(a->call, b->call);
}

/**
 * packet_path - the calls of a packet's way
 * @p: packet; where GRO joined it to another, its way goes on as that one's
 * @calls: where to append them, in order
 */
void packet_path(const struct packet *p, struct ptrs *calls)
{
	const struct packet *end = packet_end_of(p);
	struct builder b = {
		.wire = packet_wire(p),
		.ready = end->ready ? end->ready->ev.start : packet_wire(p),
		.mark = call_mark_new(),
	};
	size_t i;

	add_packet(&b, p);
	if (end != p)
		add_packet(&b, end);
	if (b.n)
		qsort(b.places, b.n, sizeof(*b.places), compare_places);
	for (i = 0; i < b.n; i++)
		ptrs_add(calls, b.places[i].call);
	free(b.places);
}

/* "sched_switch in" is sched_switch, seen from the other side. */
static size_t name_length(const char *name)
{
	return strcspn(name, " ");
}

/**
 * path_is - has a call this name
 * @call: call
 * @name: of a function or an event
 *
 * Return: true if it has.
 */
bool path_is(const struct call *call, const char *name)
{
	const char *own = call_name(call);

	return !strncmp(own, name, name_length(own)) && !name[name_length(own)];
}

/**
 * path_knows - can a name be in a path
 * @name: name
 *
 * Return: true if a hook, or an event of this trace, has it.
 */
bool path_knows(const char *name)
{
	u16 i;

	for (i = 0; i < kind_count(); i++) {
		const char *own = kind_get(i)->name;

		if (!strncmp(own, name, name_length(own)) && !name[name_length(own)])
			return true;
	}
	return false;
}

/* Edits that lead from one name to the other, as far as they are few. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int row[64];
	size_t len = strlen(b);
	size_t i;
	size_t j;

	if (len >= ARRAY_SIZE(row))
		return len;
	for (j = 0; j <= len; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		unsigned int before = row[0];

		row[0] = i + 1;
		for (j = 1; j <= len; j++) {
			unsigned int best = before + (a[i] != b[j - 1]);

			before = row[j];
			if (before + 1 < best)
				best = before + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[len];
}

/**
 * path_nearest - the known name that a wrong one was meant for
 * @name: wrong one
 *
 * Return: the most similar name.
 */
const char *path_nearest(const char *name)
{
	unsigned int least = ~0U;
	const char *best = "";
	u16 i;

	for (i = KIND_HANDLER; i < kind_count(); i++) {
		unsigned int edits = distance(name, kind_get(i)->name);

		if (edits < least) {
			least = edits;
			best = kind_get(i)->name;
		}
	}
	return best;
}

/**
 * path_text - a path in words
 * @calls: of packet_path()
 * @columns: width to break it at
 *
 * Return: the names, repeats folded, to be freed.
 */
char *path_text(const struct ptrs *calls, unsigned int columns)
{
	struct strbuf sb = { 0 };
	size_t width;
	char *text;
	int lines;
	size_t i;
	size_t n;

	for (i = 0; i < calls->n; i += n) {
		const struct call *call = calls->v[i];

		for (n = 1; i + n < calls->n; n++) {
			const struct call *next = calls->v[i + n];

			if (next->ev.kind != call->ev.kind)
				break;
		}
		strbuf_addf(&sb, "%s%.*s", i ? ", " : "", (int)name_length(call_name(call)),
			    call_name(call));
		if (n > 1)
			strbuf_addf(&sb, " x%zu", n);
	}
	text = text_wrap(sb.s ? sb.s : "", columns, &lines, &width);
	strbuf_free(&sb);
	return text;
}

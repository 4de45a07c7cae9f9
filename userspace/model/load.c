// SPDX-License-Identifier: GPL-2.0
/*
 * As much of a trace as one packet's story, or one picture, needs: with the help of
 * an index, or in two passes.
 */
#include <stdlib.h>
#include <string.h>

#include "model/index.h"
#include "model/load.h"
#include "model/stream.h"
#include "trace/input.h"

/* A record is written shortly after the end that it tells. */
#define RECORD_SLACK NSEC_PER_MSEC
/* So many packets may have come to an index before one that was born earlier. */
#define DISORDER 16384

/* The part of the trace that a packet's story lies in. */
static struct input_part part_of(const struct index *ix, const struct index_packet *ip)
{
	struct input_part part = { .to = ip->end + RECORD_SLACK };
	u32 low = 0;
	u32 high = ix->head->nr_marks;

	/* A short trace, or one whose clock steps back. */
	if (!high)
		part.to = ~0ULL;
	/* The last mark that is not behind the beginning. */
	while (low < high) {
		u32 mid = low + (high - low) / 2;

		if (ix->marks[mid].time <= ip->begin)
			low = mid + 1;
		else
			high = mid;
	}
	if (low) {
		part.from = ix->marks[low - 1].time;
		part.events = ix->marks[low - 1].events;
	}
	return part;
}

/* Packets from which on none was born at @born or before. */
static u32 born_behind(const struct index *ix, u64 born)
{
	u32 low = 0;
	u32 high = ix->head->nr_packets;

	/* The clock steps back: they may be anywhere. */
	if (!ix->head->nr_marks)
		return high;
	while (low < high) {
		u32 mid = low + (high - low) / 2;

		if (ix->packets[mid].born <= born)
			low = mid + 1;
		else
			high = mid;
	}
	/* What was settled together is in order of entry, which may be older than its neighbours. */
	return ix->head->nr_packets - low > DISORDER ? low + DISORDER : ix->head->nr_packets;
}

/* The number of the life of @id that was born at @born or, from an earlier part, before. */
static u32 number_of(const struct index *ix, u32 id, u64 born)
{
	u32 i;

	for (i = born_behind(ix, born); i; i--) {
		const struct index_packet *ip = &ix->packets[i - 1];

		if (ip->id == id && ip->born <= born)
			return i;
	}
	return 0;
}

/* Packets get the numbers that they have in the whole trace. */
static void renumber(const struct index *ix, struct model *m)
{
	u32 *number = xcalloc(m->packets.n + 1, sizeof(*number));
	struct ptrs all = { 0 };
	size_t i;

	all.v = xcalloc(ix->head->nr_packets + 1, sizeof(*all.v));
	all.cap = ix->head->nr_packets + 1;
	all.n = ix->head->nr_packets;
	for (i = 0; i < m->packets.n; i++) {
		struct packet *p = m->packets.v[i];

		number[p->no] = number_of(ix, p->id, p->born);
		/* One that the part shows twice is not told from the other. */
		if (!number[p->no] || all.v[number[p->no] - 1]) {
			number[p->no] = 0;
			p->listed = false;
			continue;
		}
		all.v[number[p->no] - 1] = p;
	}
	for (i = 0; i < m->calls.all.n; i++) {
		struct call *call = m->calls.all.v[i];

		call->packet = number[call->packet];
	}
	for (i = 0; i < m->packets.n; i++) {
		struct packet *p = m->packets.v[i];

		p->no = number[p->no];
	}
	ptrs_free(&m->packets);
	m->packets = all;
	free(number);
}

/* Sockets and tasks are called what they are called in the whole trace. */
static void rename_others(const struct index *ix, struct model *m)
{
	u32 j;

	for (j = 0; j < ix->head->nr_socks; j++) {
		const struct index_sock *is = &ix->socks[j];
		struct sock *sk = model_make_sock(m, is->id, is->sport, is->dport);

		if (!sk)
			continue;
		sk->no = j + 1;
		sk->base = is->base;
		sk->has_base = is->has_base;
	}
	for (j = 0; j < ix->head->nr_tasks; j++) {
		struct task *task = model_task(m, ix->tasks[j].pid);

		if (task)
			memcpy(task->comm, ix->tasks[j].comm, sizeof(task->comm) - 1);
	}
}

/* The part of the trace from @ip's begin to its end; packet @no's, or 0. */
static struct model *load_part(const struct index *ix, const char *trace,
			       const struct index_packet *ip, u32 no)
{
	struct input_part part = part_of(ix, ip);
	struct input *in = input_open_part(trace, &part);
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
	renumber(ix, m);
	model_name_tasks(m, in);
	rename_others(ix, m);
	if (model_packet(m, no))
		model_packet(m, no)->given_up = ip->given_up;
	model_build_verdicts(m);
	input_close(in);
	return m;
}

static u32 best_for(const struct index *ix, const struct search *search)
{
	return search->no < ix->head->nr_best ? ix->best[search->no] : 0;
}

/**
 * model_load_indexed - the part of a trace that one packet's story is in
 * @trace: the file
 * @sel: the choice; a packet is put in where the index knows the best
 * @search: what is to be drawn of it, NULL if no picture
 *
 * Only a choice by number, or none at all, is one packet that an index knows.
 *
 * Return: the model, with no packet if the number is too high; NULL where there is no
 * index, or none that helps.
 */
struct model *model_load_indexed(const char *trace, struct selection *sel,
				 const struct search *search)
{
	struct selection others = *sel;
	struct model *m = NULL;
	struct index ix;
	u32 no;

	others.packet = 0;
	if (!select_empty(&others) || (search && search->score_call) || (!sel->packet && !search) ||
	    !index_open(&ix, trace, search ? search->ratings : NULL))
		return NULL;
	no = sel->packet ?: best_for(&ix, search);
	if (no && no <= ix.head->nr_packets)
		m = load_part(&ix, trace, &ix.packets[no - 1], no);
	/* It knows that as well as the trace does. */
	if (no > ix.head->nr_packets) {
		m = xcalloc(1, sizeof(*m));
		m->packet_base = ix.head->nr_packets;
	}
	index_close(&ix);
	if (m && (m->packet_base || model_packet(m, no))) {
		sel->packet = no;
		return m;
	}
	/* An index that does not keep what it says. */
	model_free(m);
	return NULL;
}

/* One pass to find the packet or the calls, and another over the part that their story is in. */
static struct model *load_in_two(const char *trace, struct selection *sel,
				 const struct search *search)
{
	struct index_builder b = {
		.ratings = search->ratings,
		.sel = sel,
		.search = search->score_call ? search : NULL,
	};
	struct model *m = NULL;
	struct index ix;
	u32 no;

	if (!index_gather(&b, trace)) {
		ix.head = &b.head;
		ix.marks = (void *)b.marks.v;
		ix.packets = (void *)b.packets.v;
		ix.socks = (void *)b.socks.v;
		ix.tasks = (void *)b.tasks.v;
		ix.best = (void *)b.best.v;
		no = search->score_call ? 0 : best_for(&ix, search);
		if (no) {
			memset(sel, 0, sizeof(*sel));
			sel->packet = no;
			m = load_part(&ix, trace, &ix.packets[no - 1], no);
		} else if (b.calls_score) {
			m = load_part(&ix, trace, &b.calls, 0);
			/* What a choice by time counts from. */
			if (m)
				m->calls.first = b.first;
		} else {
			m = xcalloc(1, sizeof(*m));
			m->packet_base = b.head.nr_packets;
		}
	}
	index_builder_free(&b);
	return m;
}

/**
 * model_load_chosen - as much of a trace as a picture needs
 * @trace: the file
 * @sel: the choice; the packet that is rated best is put in its place
 * @search: what the picture is drawn of
 *
 * Return: the model, with no packet if none is chosen; NULL after one line that
 * says what is wrong.
 */
struct model *model_load_chosen(const char *trace, struct selection *sel,
				const struct search *search)
{
	struct model *m = NULL;

	/* An index knows of packets alone. */
	if (!search->score_call)
		m = model_load_indexed(trace, sel, search);
	return m ?: load_in_two(trace, sel, search);
}

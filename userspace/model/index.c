// SPDX-License-Identifier: GPL-2.0
/*
 * The index of a trace: made in one pass, then mapped.
 *
 * A packet's story is what lies between its first cause (the interrupt, or the
 * system call in which its reader fell asleep) and its last effect (the read
 * that took its bytes), together with the story of the packet that it joined.
 * Numbers count from the beginning of a trace, so whoever reads a part of one
 * must be told them: packets are known again by their id and time of birth,
 * sockets by their id and ports, events by how many came before.
 *
 * The file is a cache for this machine: in its byte order, made again when the
 * trace or the reader has changed, and deleted without loss.
 */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/say.h"
#include "model/index.h"
#include "model/stream.h"
#include "trace/input.h"

#define MAGIC "rxpath-index 2"
/* A record is written shortly after the end that it tells. */
#define RECORD_SLACK NSEC_PER_MSEC
#define MAX_VIEWS    16

struct index_head {
	char magic[16];
	u64 trace_size;
	s64 trace_sec;
	s64 trace_nsec;
	u64 sum; /* of all that follows */
	u32 nr_marks;
	u32 nr_packets;
	u32 nr_socks;
	u32 nr_tasks;
	u32 best[MAX_VIEWS]; /* the packet that shows each view best, 0 for none */
};

_Static_assert(offsetof(struct index_head, nr_marks) == INDEX_STAMP,
	       "the sum is of what follows it");

struct index_packet {
	u64 born;
	u64 begin; /* of its story */
	u64 end;
	u32 id;
	u32 given_up;
};

struct index_sock {
	u32 id;
	u16 sport;
	u16 dport;
	u32 base;
	u32 has_base;
};

struct index_task {
	u32 pid;
	char comm[COMM_LEN]; /* the last that it had */
};

struct index {
	const struct index_head *head;
	const struct input_mark *marks;
	const struct index_packet *packets;
	const struct index_sock *socks;
	const struct index_task *tasks;
	size_t size;
};

/* A list that grows by single records of @size bytes. */
struct records {
	char *v;
	size_t n;
	size_t room;
	size_t size;
};

struct builder {
	struct index_head head;
	const struct selection *sel; /* of packets to rate, NULL: all */
	const struct view *view; /* whose calls to look for, NULL: none */
	struct index_packet calls; /* the part that they lie in */
	int calls_score;
	u64 first; /* time of the trace's first event */
	struct input *in;
	struct records marks;
	struct records packets;
	struct records socks;
	struct records tasks;
	int score[MAX_VIEWS];
};

static void *record_add(struct records *r)
{
	if (r->n == r->room) {
		r->room = r->room ? r->room * 2 : 256;
		r->v = xrealloc(r->v, r->room, r->size);
	}
	return memset(r->v + r->n++ * r->size, 0, r->size);
}

/**
 * index_path - the file of a trace's index
 * @trace: the trace
 *
 * Return: its name, to be freed.
 */
char *index_path(const char *trace)
{
	return xasprintf("%s.index", trace);
}

static void reach(struct index_packet *ip, const struct call *call)
{
	const struct call *root;

	if (!call)
		return;
	root = call_root(call);
	if (root->ev.start < ip->begin)
		ip->begin = root->ev.start;
	if (root->ev.end > ip->end)
		ip->end = root->ev.end;
}

static void reach_wakes(struct index_packet *ip, const struct packet *p)
{
	size_t i;

	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		reach(ip, wake->callback);
		reach(ip, wake->waking);
		reach(ip, wake->run);
		reach(ip, wake->blocked);
	}
}

static void rate(struct builder *b, const struct packet *p)
{
	const struct view *view;
	int points;
	size_t i;

	for (i = 0; (view = view_at(i)) && i < MAX_VIEWS; i++) {
		points = view_score(p, view);
		if (b->head.best[i] && points <= b->score[i])
			continue;
		b->head.best[i] = p->no;
		b->score[i] = points;
	}
}

static void on_packet(void *priv, const struct model *m, const struct packet *p)
{
	struct builder *b = priv;
	struct index_packet *ip;
	size_t i;

	/* They are judged in the order of their numbers. */
	ip = record_add(&b->packets);
	ip->born = p->born;
	ip->begin = packet_wire(p) < p->born ? packet_wire(p) : p->born;
	ip->end = p->born;
	ip->id = p->id;
	ip->given_up = p->given_up;
	reach(ip, p->irq);
	reach(ip, p->schedule);
	reach(ip, p->tail);
	for (i = 0; i < p->calls.n; i++)
		reach(ip, p->calls.v[i]);
	reach_wakes(ip, p);
	reach(ip, p->links.wait);
	reach(ip, p->links.read);
	if (p->into && p->into->no <= b->packets.n) {
		const struct index_packet *into =
			(struct index_packet *)b->packets.v + p->into->no - 1;

		if (into->begin < ip->begin)
			ip->begin = into->begin;
		if (into->end > ip->end)
			ip->end = into->end;
	}
	if (!b->sel || select_packet(b->sel, p, m->calls.first))
		rate(b, p);
}

static void on_call(struct builder *b, const struct model *m, const struct call *call)
{
	const struct call *child;
	int points = 0;

	if (select_call(b->sel, call, m->calls.first))
		points = view_score_call(b->view, call);
	if (b->view->subject == SUBJECT_EPOLL_CTL && points <= b->calls_score)
		points = 0;
	if (points) {
		/* One is drawn of many, but the set-up is drawn with all that it consists of. */
		if (!b->calls_score || b->view->subject == SUBJECT_EPOLL_CTL)
			b->calls = (struct index_packet){ .begin = ~0ULL };
		b->calls_score = points;
		reach(&b->calls, call);
	}
	for (child = call->child; child; child = child->next)
		on_call(b, m, child);
}

static void on_root(void *priv, const struct model *m, const struct call *root)
{
	struct builder *b = priv;

	if (b->view)
		on_call(b, m, root);
}

static void on_end(void *priv, const struct model *m)
{
	const struct input_mark *marks;
	struct builder *b = priv;
	size_t i;
	size_t n;

	b->first = m->calls.first;
	/* The trace is closed before the index is written. */
	marks = input_marks(b->in, &n);
	for (i = 0; i < n; i++)
		*(struct input_mark *)record_add(&b->marks) = marks[i];
	b->head.nr_marks = n;

	for (i = 0; i < m->socks.n; i++) {
		const struct sock *sk = m->socks.v[i];
		struct index_sock *is = record_add(&b->socks);

		is->id = sk->id;
		is->sport = sk->sport;
		is->dport = sk->dport;
		is->base = sk->base;
		is->has_base = sk->has_base;
	}
	for (i = 0; i < m->order.n; i++) {
		const struct task *task = m->order.v[i];
		struct index_task *it = record_add(&b->tasks);

		it->pid = task->pid;
		memcpy(it->comm, task->comm, sizeof(it->comm));
	}
}

/**
 * index_sum - continue a sum that a damaged byte changes
 * @sum: so far, 0 at the beginning
 * @data: what to add, of whole u32
 * @size: bytes
 *
 * Return: the sum.
 */
u64 index_sum(u64 sum, const void *data, size_t size)
{
	const u32 *v = data;
	size_t i;

	for (i = 0; i < size / sizeof(*v); i++)
		sum = (sum ^ v[i]) * 0x100000001b3ULL;
	return sum;
}

static u64 builder_sum(const struct builder *b)
{
	const struct records *const parts[] = { &b->marks, &b->packets, &b->socks, &b->tasks };
	const char *counts = (const char *)&b->head + INDEX_STAMP;
	u64 sum = index_sum(0, counts, sizeof(b->head) - INDEX_STAMP);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts); i++)
		sum = index_sum(sum, parts[i]->v, parts[i]->n * parts[i]->size);
	return sum;
}

static void trace_stamp(const struct stat *st, struct index_head *head)
{
	head->trace_size = st->st_size;
	head->trace_sec = st->st_mtim.tv_sec;
	head->trace_nsec = st->st_mtim.tv_nsec;
}

static int write_index(const char *path, const struct builder *b, const struct input_mark *marks)
{
	char *part = xasprintf("%s.new", path);
	FILE *out = fopen(part, "we");
	bool good;

	if (!out) {
		error_line("%s: %s: build the index of a copy in a folder that you can write to",
			   part, strerror(errno));
		free(part);
		return EXIT_FAILED;
	}
	fwrite(&b->head, sizeof(b->head), 1, out);
	fwrite(marks, sizeof(*marks), b->head.nr_marks, out);
	fwrite(b->packets.v, b->packets.size, b->packets.n, out);
	fwrite(b->socks.v, b->socks.size, b->socks.n, out);
	fwrite(b->tasks.v, b->tasks.size, b->tasks.n, out);
	good = !ferror(out);
	/* Renamed when whole: whoever reads meanwhile finds the old one or none. */
	good = !fclose(out) && good && !rename(part, path);
	if (!good) {
		error_line("%s: %s: make room, or build the index of a copy elsewhere", path,
			   strerror(errno));
		unlink(part);
	}
	free(part);
	return good ? EXIT_OK : EXIT_FAILED;
}

static int builder_run(struct builder *b, const char *trace)
{
	static const struct stream_ops ops = {
		.root = on_root,
		.packet = on_packet,
		.end = on_end,
	};
	struct stat st;
	int ret;

	b->marks.size = sizeof(struct input_mark);
	b->packets.size = sizeof(struct index_packet);
	b->socks.size = sizeof(struct index_sock);
	b->tasks.size = sizeof(struct index_task);
	memcpy(b->head.magic, MAGIC, sizeof(MAGIC));
	b->in = input_open(trace);
	if (!b->in)
		return EXIT_FAILED;
	if (stat(trace, &st))
		memset(&st, 0, sizeof(st));
	trace_stamp(&st, &b->head);
	ret = stream_trace(b->in, &ops, b);
	b->head.nr_packets = b->packets.n;
	b->head.nr_socks = b->socks.n;
	b->head.nr_tasks = b->tasks.n;
	return ret;
}

static void builder_free(struct builder *b)
{
	free(b->marks.v);
	free(b->packets.v);
	free(b->socks.v);
	free(b->tasks.v);
}

/**
 * index_build - make a trace's index, in one pass and bounded memory
 * @trace: the trace
 * @packets: how many there are
 *
 * Return: 0, or EXIT_FAILED after one line.
 */
int index_build(const char *trace, u32 *packets)
{
	struct builder b = { 0 };
	char *path;
	int ret = builder_run(&b, trace);

	if (!ret) {
		b.head.sum = builder_sum(&b);
		path = index_path(trace);
		ret = write_index(path, &b, (struct input_mark *)b.marks.v);
		free(path);
	}
	*packets = b.packets.n;
	builder_free(&b);
	return ret;
}

static bool fits(const struct index_head *head, const struct stat *st, const struct stat *trace)
{
	struct index_head now = *head;
	u64 size = sizeof(*head);

	trace_stamp(trace, &now);
	size += (u64)head->nr_marks * sizeof(struct input_mark);
	size += (u64)head->nr_packets * sizeof(struct index_packet);
	size += (u64)head->nr_socks * sizeof(struct index_sock);
	size += (u64)head->nr_tasks * sizeof(struct index_task);
	return !memcmp(head->magic, MAGIC, sizeof(MAGIC)) && !memcmp(&now, head, sizeof(now)) &&
	       size == (u64)st->st_size &&
	       head->sum == index_sum(0, (const char *)head + INDEX_STAMP, size - INDEX_STAMP);
}

/* The index, NULL where there is none that is the trace's. */
static bool index_open(struct index *ix, const char *trace)
{
	char *path = index_path(trace);
	struct stat of;
	struct stat st;
	void *map;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	free(path);
	if (fd < 0)
		return false;
	map = MAP_FAILED;
	if (!fstat(fd, &st) && !stat(trace, &of) && (u64)st.st_size >= sizeof(*ix->head))
		map = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED || !fits(map, &st, &of)) {
		if (map != MAP_FAILED)
			munmap(map, st.st_size);
		warn_line("%s: its index is of another state: 'rxpath index' makes it anew", trace);
		return false;
	}
	ix->size = st.st_size;
	ix->head = map;
	ix->marks = (const void *)(ix->head + 1);
	ix->packets = (const void *)(ix->marks + ix->head->nr_marks);
	ix->socks = (const void *)(ix->packets + ix->head->nr_packets);
	ix->tasks = (const void *)(ix->socks + ix->head->nr_socks);
	return true;
}

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

/* The number of the life of @id that was born at @born or, from an earlier part, before. */
static u32 number_of(const struct index *ix, u32 id, u64 born)
{
	u32 i;

	for (i = ix->head->nr_packets; i; i--) {
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

static u32 best_for(const struct index_head *head, const struct view *view)
{
	size_t i;

	for (i = 0; i < MAX_VIEWS && view_at(i); i++)
		if (view_at(i) == view)
			return head->best[i];
	return 0;
}

/**
 * model_load_indexed - the part of a trace that one packet's story is in
 * @trace: the file
 * @sel: the choice; a packet is put in where the index knows the best
 * @view: what is to be shown of it, NULL if not a view
 *
 * Only a choice by number, or none at all, is one packet that an index knows.
 *
 * Return: the model; NULL where there is no index, or none that helps.
 */
struct model *model_load_indexed(const char *trace, struct selection *sel, const struct view *view)
{
	struct selection others = *sel;
	struct model *m = NULL;
	struct index ix;
	u32 no;

	others.packet = 0;
	if (!select_empty(&others) || (view && view->subject != SUBJECT_PACKET) ||
	    (!sel->packet && !view) || !index_open(&ix, trace))
		return NULL;
	no = sel->packet ?: best_for(ix.head, view);
	if (no && no <= ix.head->nr_packets)
		m = load_part(&ix, trace, &ix.packets[no - 1], no);
	munmap((void *)ix.head, ix.size);
	if (m && model_packet(m, no)) {
		sel->packet = no;
		return m;
	}
	/* A number that is too high, or an index that does not keep what it says. */
	model_free(m);
	return NULL;
}

/* One pass to find the packet or the calls, and another over the part that their story is in. */
static struct model *load_in_two(const char *trace, struct selection *sel, const struct view *view)
{
	bool of_calls = view->subject != SUBJECT_PACKET;
	struct builder b = { .sel = sel, .view = of_calls ? view : NULL };
	struct model *m = NULL;
	struct index ix;
	u32 no;

	if (!builder_run(&b, trace)) {
		ix.head = &b.head;
		ix.marks = (void *)b.marks.v;
		ix.packets = (void *)b.packets.v;
		ix.socks = (void *)b.socks.v;
		ix.tasks = (void *)b.tasks.v;
		no = of_calls ? 0 : best_for(&b.head, view);
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
	builder_free(&b);
	return m;
}

/**
 * model_load_chosen - as much of a trace as a picture needs
 * @trace: the file
 * @sel: the choice; the packet that shows the view best is put in its place
 * @view: the view
 *
 * Return: the model, with no packet if none is chosen; NULL after one line that
 * says what is wrong.
 */
struct model *model_load_chosen(const char *trace, struct selection *sel, const struct view *view)
{
	struct model *m = NULL;

	/* An index knows of packets alone. */
	if (view->subject == SUBJECT_PACKET)
		m = model_load_indexed(trace, sel, view);
	return m ?: load_in_two(trace, sel, view);
}

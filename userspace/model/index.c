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

#include "base/build.h"
#include "base/say.h"
#include "model/index.h"
#include "model/stream.h"
#include "trace/input.h"

#define MAGIC "rxpath-index 3"

_Static_assert(offsetof(struct index_head, build) == INDEX_STAMP,
	       "the sum is of what follows it");

static void *record_add(struct index_records *r)
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

static void rate(struct index_builder *b, const struct packet *p)
{
	u32 *best = (u32 *)b->best.v;
	size_t i;

	for (i = 0; i < b->best.n; i++) {
		int points = b->ratings->points(i, p);

		if (best[i] && points <= b->score[i])
			continue;
		best[i] = p->no;
		b->score[i] = points;
	}
}

static void on_packet(void *priv, const struct model *m, const struct packet *p)
{
	struct index_builder *b = priv;
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

static void on_call(struct index_builder *b, const struct model *m, const struct call *call)
{
	const struct call *child;
	int points = 0;

	if (select_call(b->sel, call, m->calls.first))
		points = b->search->score_call(call);
	if (!b->search->every && points <= b->calls_score)
		points = 0;
	if (points) {
		/* Of many one may be asked for, or all that there are. */
		if (!b->calls_score || !b->search->every)
			b->calls = (struct index_packet){ .begin = ~0ULL };
		b->calls_score = points;
		reach(&b->calls, call);
	}
	for (child = call->child; child; child = child->next)
		on_call(b, m, child);
}

static void on_root(void *priv, const struct model *m, const struct call *root)
{
	struct index_builder *b = priv;

	if (b->search)
		on_call(b, m, root);
}

static void on_end(void *priv, const struct model *m)
{
	const struct input_mark *marks;
	struct index_builder *b = priv;
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

static u64 builder_sum(const struct index_builder *b)
{
	const struct index_records *const parts[] = { &b->marks, &b->packets, &b->socks,
						      &b->tasks, &b->best };
	const char *counts = (const char *)&b->head + INDEX_STAMP;
	u64 sum = index_sum(0, counts, sizeof(b->head) - INDEX_STAMP);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(parts); i++)
		sum = index_sum(sum, parts[i]->v, parts[i]->n * parts[i]->size);
	return sum;
}

/* The best are kept by the number of their picture, and another reader may have others. */
static u64 hash_pictures(const struct ratings *ratings)
{
	u64 hash = 0;
	size_t i;

	for (i = 0; ratings && i < ratings->n; i++)
		hash = hash_bytes(hash, ratings->name(i), strlen(ratings->name(i)) + 1);
	return hash;
}

static void trace_stamp(const struct stat *st, struct index_head *head)
{
	head->trace_size = st->st_size;
	head->trace_sec = st->st_mtim.tv_sec;
	head->trace_nsec = st->st_mtim.tv_nsec;
}

static void write_records(FILE *out, const struct index_records *r)
{
	if (r->n)
		fwrite(r->v, r->size, r->n, out);
}

static int write_index(const char *path, const struct index_builder *b)
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
	write_records(out, &b->marks);
	write_records(out, &b->packets);
	write_records(out, &b->socks);
	write_records(out, &b->tasks);
	write_records(out, &b->best);
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

/**
 * index_gather - read a trace once, and note where its packets' stories lie
 * @b: what to look for; to be dropped by index_builder_free()
 * @trace: the trace
 *
 * Return: 0, or EXIT_FAILED after one line.
 */
int index_gather(struct index_builder *b, const char *trace)
{
	static const struct stream_ops ops = {
		.root = on_root,
		.packet = on_packet,
		.end = on_end,
	};
	struct stat st;
	size_t i;
	int ret;

	b->marks.size = sizeof(struct input_mark);
	b->packets.size = sizeof(struct index_packet);
	b->socks.size = sizeof(struct index_sock);
	b->tasks.size = sizeof(struct index_task);
	b->best.size = sizeof(u32);
	for (i = 0; b->ratings && i < b->ratings->n; i++)
		record_add(&b->best);
	b->score = xcalloc(b->best.n, sizeof(*b->score));
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
	b->head.nr_best = b->best.n;
	b->head.build = build_id();
	b->head.pictures = hash_pictures(b->ratings);
	return ret;
}

/**
 * index_builder_free - drop what was noted
 * @b: builder
 */
void index_builder_free(struct index_builder *b)
{
	free(b->marks.v);
	free(b->packets.v);
	free(b->socks.v);
	free(b->tasks.v);
	free(b->best.v);
	free(b->score);
}

/**
 * index_build - make a trace's index, in one pass and bounded memory
 * @trace: the trace
 * @ratings: by which the best packets are remembered
 * @packets: how many there are
 *
 * Return: 0, or EXIT_FAILED after one line.
 */
int index_build(const char *trace, const struct ratings *ratings, u32 *packets)
{
	struct index_builder b = { .ratings = ratings };
	char *path;
	int ret = index_gather(&b, trace);

	if (!ret) {
		b.head.sum = builder_sum(&b);
		path = index_path(trace);
		ret = write_index(path, &b);
		free(path);
	}
	*packets = b.packets.n;
	index_builder_free(&b);
	return ret;
}

/* Of what is behind the stamp; read, not mapped: what is mapped counts as memory. */
static bool sum_fits(int fd, const struct index_head *head, u64 size)
{
	char buf[1 << 16];
	u64 at = INDEX_STAMP;
	u64 sum = 0;

	while (at < size) {
		size_t want = size - at < sizeof(buf) ? size - at : sizeof(buf);

		if (pread(fd, buf, want, at) != (ssize_t)want)
			return false;
		sum = index_sum(sum, buf, want);
		at += want;
	}
	return head->sum == sum;
}

static bool fits(int fd, const struct index_head *head, const char *trace,
		 const struct ratings *ratings)
{
	struct index_head now = *head;
	u64 size = sizeof(*head);
	struct stat of;
	struct stat st;

	if (fstat(fd, &st) || stat(trace, &of))
		return false;
	memcpy(now.magic, MAGIC, sizeof(MAGIC));
	trace_stamp(&of, &now);
	now.build = build_id();
	if (ratings)
		now.pictures = hash_pictures(ratings);
	size += (u64)head->nr_marks * sizeof(struct input_mark);
	size += (u64)head->nr_packets * sizeof(struct index_packet);
	size += (u64)head->nr_socks * sizeof(struct index_sock);
	size += (u64)head->nr_tasks * sizeof(struct index_task);
	size += (u64)head->nr_best * sizeof(u32);
	return !memcmp(&now, head, sizeof(now)) && size == (u64)st.st_size &&
	       sum_fits(fd, head, size);
}

static bool index_map(struct index *ix, int fd, const char *trace, const struct ratings *ratings)
{
	struct index_head head;
	struct stat st;
	void *map;

	if (pread(fd, &head, sizeof(head), 0) != sizeof(head) || !fits(fd, &head, trace, ratings) ||
	    fstat(fd, &st))
		return false;
	map = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return false;
	ix->size = st.st_size;
	ix->head = map;
	ix->marks = (const void *)(ix->head + 1);
	ix->packets = (const void *)(ix->marks + ix->head->nr_marks);
	ix->socks = (const void *)(ix->packets + ix->head->nr_packets);
	ix->tasks = (const void *)(ix->socks + ix->head->nr_socks);
	ix->best = (const void *)(ix->tasks + ix->head->nr_tasks);
	return true;
}

/**
 * index_open - the index of a trace
 * @ix: where to put it; to be closed by index_close()
 * @trace: the trace
 * @ratings: of which it is asked for the best, NULL if it is not
 *
 * Return: false where there is none that is the trace's, and this reader's.
 */
bool index_open(struct index *ix, const char *trace, const struct ratings *ratings)
{
	char *path = index_path(trace);
	bool good;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	free(path);
	if (fd < 0)
		return false;
	good = index_map(ix, fd, trace, ratings);
	close(fd);
	if (!good)
		warn_line("%s: its index is of another state: 'rxpath index' makes it anew", trace);
	return good;
}

/**
 * index_close - let an index go
 * @ix: index
 */
void index_close(struct index *ix)
{
	munmap((void *)ix->head, ix->size);
}

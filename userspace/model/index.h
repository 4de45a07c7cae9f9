/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where each packet's story lies in a long trace, in a file beside it.
 *
 * With it one packet is read from the part of the trace that its story is in,
 * and has the names (skb#, sock#, numbers of events) that it has in the whole:
 * load.c does that.
 */
#ifndef RXPATH_INDEX_H
#define RXPATH_INDEX_H

#include "model/load.h"

/* Bytes at the beginning of an index that say whose it is, the last 8 of them its sum. */
#define INDEX_STAMP 48

struct index_head {
	char magic[16];
	u64 trace_size;
	s64 trace_sec;
	s64 trace_nsec;
	u64 sum; /* of all that follows */
	u64 build; /* of the reader that made it */
	u64 pictures; /* that it rated packets for: their names' hash */
	u32 nr_marks;
	u32 nr_packets;
	u32 nr_socks;
	u32 nr_tasks;
	u32 nr_best;
	u32 unused;
};

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
	const u32 *best; /* the packet that is rated best for each picture, 0 for none */
	size_t size;
};

/* A list that grows by single records of @size bytes. */
struct index_records {
	char *v;
	size_t n;
	size_t room;
	size_t size;
};

struct index_builder {
	struct index_head head;
	const struct ratings *ratings; /* NULL: none */
	const struct selection *sel; /* of packets to rate, NULL: all */
	const struct search *search; /* of calls to look for, NULL: none */
	struct index_packet calls; /* the part that they lie in */
	int calls_score;
	u64 first; /* time of the trace's first event */
	struct input *in;
	struct index_records marks;
	struct index_records packets;
	struct index_records socks;
	struct index_records tasks;
	struct index_records best;
	int *score; /* of those */
};

char *index_path(const char *trace);
int index_build(const char *trace, const struct ratings *ratings, u32 *packets);
u64 index_sum(u64 sum, const void *data, size_t size);

int index_gather(struct index_builder *b, const char *trace);
void index_builder_free(struct index_builder *b);
bool index_open(struct index *ix, const char *trace, const struct ratings *ratings);
void index_close(struct index *ix);

#endif /* RXPATH_INDEX_H */

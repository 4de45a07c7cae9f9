/* SPDX-License-Identifier: GPL-2.0 */
/*
 * First stage: a trace file becomes a stream of decoded events.
 */
#ifndef RXPATH_INPUT_H
#define RXPATH_INPUT_H

#include "trace/event.h"

struct input;

/*
 * A moment at which a part may begin: every earlier record is before it. A trace whose
 * clock steps back has none: what a library finds that is asked for a time in it is chance.
 */
struct input_mark {
	u64 time;
	u64 events; /* of the trace before it */
};

/* A part of a trace, for who knows which. */
struct input_part {
	u64 from; /* records before are not decoded */
	u64 to; /* nor records after */
	u32 events; /* how many there are before @from */
};

struct input *input_open(const char *path);
struct input *input_open_part(const char *path, const struct input_part *part);
int input_next(struct input *in, struct event *ev);
const char *input_comm(const struct input *in, u32 pid);
const struct input_mark *input_marks(const struct input *in, size_t *n);
int input_cpus(const struct input *in);
int input_close(struct input *in);

/* The decoding process's half, in input-decode.c. */
enum input_message {
	MSG_KIND, /* struct kind_message */
	MSG_COMM, /* struct comm_message */
	MSG_EVENT, /* struct event */
	MSG_CPUS, /* u32 */
	MSG_MARK, /* struct input_mark */
	MSG_BACK, /* a record is before an earlier one: no part can be told by its time */
	MSG_PERCENT, /* u32: of the file that has been read */
	MSG_FAILED, /* text: why the file cannot be read */
	MSG_END, /* u64: records read */
};

struct message_head {
	u16 type;
	u16 len;
};

struct kind_message {
	char system[32];
	char name[64];
	u8 class;
	u8 phase;
};

struct comm_message {
	u32 pid;
	char comm[COMM_LEN];
};

void input_decode(const char *path, int fd, const struct input_part *part);

#endif /* RXPATH_INPUT_H */

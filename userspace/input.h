/* SPDX-License-Identifier: GPL-2.0 */
/*
 * First stage: a trace file becomes a stream of decoded events.
 */
#ifndef RXPATH_INPUT_H
#define RXPATH_INPUT_H

#include "event.h"

struct input;

struct input *input_open(const char *path);
int input_next(struct input *in, struct event *ev);
const char *input_comm(const struct input *in, u32 pid);
int input_cpus(const struct input *in);
int input_close(struct input *in);

/* The decoding process's half, in input-decode.c. */
enum input_message {
	MSG_KIND, /* struct kind_message */
	MSG_COMM, /* struct comm_message */
	MSG_EVENT, /* struct event */
	MSG_CPUS, /* u32 */
	MSG_FAILED, /* text: why the file cannot be read */
	MSG_END,
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

void input_decode(const char *path, int fd);

#endif /* RXPATH_INPUT_H */

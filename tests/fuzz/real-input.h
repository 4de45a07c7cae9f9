/* SPDX-License-Identifier: GPL-2.0 */
/*
 * input.c under other names: events.c has its functions.
 */
#ifndef RXPATH_REAL_INPUT_H
#define RXPATH_REAL_INPUT_H

#include "../../userspace/trace/input.h"

struct input *real_input_open(const char *path);
int real_input_next(struct input *in, struct event *ev);
const char *real_input_comm(const struct input *in, u32 pid);
const char *real_input_kernel(const struct input *in);
int real_input_cpus(const struct input *in);

#endif /* RXPATH_REAL_INPUT_H */

// SPDX-License-Identifier: GPL-2.0
/* From 6.5 on: direct calls are registered by what they are registered with. */
#include <linux/ftrace.h>

int probe(struct ftrace_ops *ops, unsigned long to);
int probe(struct ftrace_ops *ops, unsigned long to)
{
	return register_ftrace_direct(ops, to) ?: unregister_ftrace_direct(ops, to, false);
}

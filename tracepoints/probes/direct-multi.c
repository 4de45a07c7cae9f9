// SPDX-License-Identifier: GPL-2.0
/* Before 6.5: the same, by a name of its own. */
#include <linux/ftrace.h>

int probe(struct ftrace_ops *ops, unsigned long to);
int probe(struct ftrace_ops *ops, unsigned long to)
{
	return register_ftrace_direct_multi(ops, to) ?: unregister_ftrace_direct_multi(ops, to);
}

/* SPDX-License-Identifier: GPL-2.0 */
/* What is not in the trace: see account.c. */
#ifndef RXPATH_ACCOUNT_H
#define RXPATH_ACCOUNT_H

#include "hooks.h"

struct dentry;

#define RXPATH_LOSS_HOOK_LEN 40

/**
 * struct rxpath_loss - calls of a hooked function that have no event
 * @hook: the hook
 * @cpu: where @before was counted, -1 for the others: the kernel does not tell
 * @nested: missed as another probe's handler ran
 * @exhausted: missed as too many of the function were open
 * @before: tasks that were in the function when it was hooked
 */
struct rxpath_loss {
	const char *hook;
	int cpu;
	unsigned long nested;
	unsigned long exhausted;
	unsigned int before;
};

void rxpath_account_waiting(struct rxpath_hook *hook);
void rxpath_account_init(struct dentry *dir);
void rxpath_account_exit(void);

#endif /* RXPATH_ACCOUNT_H */

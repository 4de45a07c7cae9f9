/* SPDX-License-Identifier: GPL-2.0 */
/* What became of each hook, for people: see status.c. */
#ifndef RXPATH_STATUS_H
#define RXPATH_STATUS_H

struct dentry;
struct rxpath_hook;

const char *rxpath_hook_reason(const struct rxpath_hook *hook);
struct dentry *rxpath_status_init(void);
void rxpath_status_exit(void);

#endif /* RXPATH_STATUS_H */

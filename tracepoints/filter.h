/* SPDX-License-Identifier: GPL-2.0 */
/* The filter's file: which calls become events. What it says is condition.h's. */
#ifndef RXPATH_FILTER_H
#define RXPATH_FILTER_H

struct dentry;

void rxpath_filter_init(struct dentry *dir);
void rxpath_filter_exit(void);
void rxpath_filter_forget(void);

#endif /* RXPATH_FILTER_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where each packet's story lies in a long trace, in a file beside it.
 *
 * With it one packet is read from the part of the trace that its story is in,
 * and has the names (skb#, sock#, numbers of events) that it has in the whole.
 */
#ifndef RXPATH_INDEX_H
#define RXPATH_INDEX_H

#include "view/view.h"

/* Bytes at the beginning of an index that say whose it is, the last 8 of them its sum. */
#define INDEX_STAMP 48

char *index_path(const char *trace);
int index_build(const char *trace, u32 *packets);
u64 index_sum(u64 sum, const void *data, size_t size);
struct model *model_load_indexed(const char *trace, struct selection *sel, const struct view *view);
struct model *model_load_chosen(const char *trace, struct selection *sel, const struct view *view);

#endif /* RXPATH_INDEX_H */

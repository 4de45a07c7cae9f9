/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where each packet's story lies in a long trace, in a file beside it.
 *
 * With it one packet is read from the part of the trace that its story is in,
 * and has the names (skb#, sock#, numbers of events) that it has in the whole.
 */
#ifndef RXPATH_INDEX_H
#define RXPATH_INDEX_H

#include "view.h"

char *index_path(const char *trace);
int index_build(const char *trace, u32 *packets);
struct model *model_load_chosen(const char *trace, struct selection *sel, const struct view *view);

#endif /* RXPATH_INDEX_H */

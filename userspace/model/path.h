/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A packet's way as a list of calls, and the names in it.
 */
#ifndef RXPATH_PATH_H
#define RXPATH_PATH_H

#include "model/model.h"

void packet_path(const struct packet *p, struct ptrs *calls);
bool path_is(const struct call *call, const char *name);
bool path_knows(const char *name);
const char *path_nearest(const char *name);
char *path_text(const struct ptrs *calls, unsigned int columns);

#endif /* RXPATH_PATH_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parts of what rxpath stats prints.
 */
#ifndef RXPATH_STATS_H
#define RXPATH_STATS_H

#include "model/model.h"

/* stats-rings.c */
void put_rings(const struct model *m);

#endif /* RXPATH_STATS_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A histogram of bounded size for any number of values.
 */
#ifndef RXPATH_HIST_H
#define RXPATH_HIST_H

#include "base/util.h"

/* Each power of two in so many equal parts: a percentile is 1/64 off at most. */
#define HIST_PARTS_SHIFT 6
#define HIST_PARTS	 64
#define HIST_SLOTS	 ((64 - HIST_PARTS_SHIFT + 1) * HIST_PARTS)

struct hist {
	u64 n;
	u64 sum;
	u64 min;
	u64 max;
	u64 slots[HIST_SLOTS];
};

void hist_add(struct hist *h, u64 value);
u64 hist_percentile(const struct hist *h, double percent);
double hist_mean(const struct hist *h);
u64 hist_count(const struct hist *h, u64 from, u64 to);

#endif /* RXPATH_HIST_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which name a mistyped one was meant for.
 */
#ifndef RXPATH_NEAREST_H
#define RXPATH_NEAREST_H

#include "base/util.h"

struct nearest {
	const char *name; /* best so far, "" if none */
	unsigned int edits;
};

void nearest_begin(struct nearest *nearest);
void nearest_try(struct nearest *nearest, const char *wrong, const char *name);

#endif /* RXPATH_NEAREST_H */

/* SPDX-License-Identifier: GPL-2.0 */
/* The parts of rxpath record. */
#ifndef RXPATH_RECORD_H
#define RXPATH_RECORD_H

#include "cmd/cmd.h"

int record_filter_set(const char *line, char **before);
void record_filter_restore(char *before);

#endif /* RXPATH_RECORD_H */

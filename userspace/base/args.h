/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the subcommands' options and outputs have in common.
 */
#ifndef RXPATH_ARGS_H
#define RXPATH_ARGS_H

#include "base/util.h"

int parse_number(const char *text, u32 *number);
int out_open(const char *path);
const char *out_suffix(const char *path);
int out_close(const char *path);
bool use_colour(void);
unsigned int terminal_width(void);

#endif /* RXPATH_ARGS_H */

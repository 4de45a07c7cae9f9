/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How many columns a text takes, and where it is cut or broken.
 */
#ifndef RXPATH_WIDTH_H
#define RXPATH_WIDTH_H

#include <stddef.h>

size_t utf8_width(const char *s);
size_t utf8_clip(const char *s, size_t columns);
int utf8_pad(const char *s, int columns);
char *text_wrap(const char *text, unsigned int columns, int *lines, size_t *width);

#endif /* RXPATH_WIDTH_H */

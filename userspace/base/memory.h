/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that is there, or the end of the program.
 */
#ifndef RXPATH_MEMORY_H
#define RXPATH_MEMORY_H

#include <stddef.h>

void out_of_memory(void) __attribute__((noreturn));
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n, size_t size);
char *xstrdup(const char *s);

#endif /* RXPATH_MEMORY_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * Memory. Running out of it ends the program: no command can give half a picture.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/say.h"

/**
 * out_of_memory - say so and end
 */
void out_of_memory(void)
{
	error_line("out of memory: record a shorter trace");
	exit(EXIT_FAILED);
}

/**
 * xcalloc - zeroed memory or the end
 * @n: number of elements
 * @size: bytes of each
 *
 * Return: never NULL.
 */
void *xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		out_of_memory();
	return p;
}

/**
 * xrealloc - grown memory or the end
 * @p: what to grow, or NULL
 * @n: number of elements
 * @size: bytes of each
 *
 * Return: never NULL.
 */
void *xrealloc(void *p, size_t n, size_t size)
{
	p = reallocarray(p, n ? n : 1, size);
	if (!p)
		out_of_memory();
	return p;
}

/**
 * xstrdup - a copy of a string or the end
 * @s: string
 *
 * Return: the copy, to be freed.
 */
char *xstrdup(const char *s)
{
	char *p = strdup(s);

	if (!p)
		out_of_memory();
	return p;
}

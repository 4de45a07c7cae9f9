// SPDX-License-Identifier: GPL-2.0
/*
 * The nearest of some names, by the edits that lead from one to the other.
 */
#include "base/nearest.h"

/* As far as they are few. */
static unsigned int distance(const char *a, const char *b)
{
	unsigned int row[64];
	size_t len = strlen(b);
	size_t i;
	size_t j;

	if (len >= ARRAY_SIZE(row))
		return len;
	for (j = 0; j <= len; j++)
		row[j] = j;
	for (i = 0; a[i]; i++) {
		unsigned int before = row[0];

		row[0] = i + 1;
		for (j = 1; j <= len; j++) {
			unsigned int best = before + (a[i] != b[j - 1]);

			before = row[j];
			if (before + 1 < best)
				best = before + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[len];
}

/**
 * nearest_begin - no name has been tried yet
 * @nearest: result
 */
void nearest_begin(struct nearest *nearest)
{
	nearest->name = "";
	nearest->edits = ~0U;
}

/**
 * nearest_try - is this the name that a wrong one was meant for
 * @nearest: result so far; the first of the nearest stays
 * @wrong: wrong name
 * @name: a right one
 */
void nearest_try(struct nearest *nearest, const char *wrong, const char *name)
{
	unsigned int edits = distance(wrong, name);

	if (edits >= nearest->edits)
		return;
	nearest->edits = edits;
	nearest->name = name;
}

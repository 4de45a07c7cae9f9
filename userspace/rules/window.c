// SPDX-License-Identifier: GPL-2.0
/*
 * The part of a trace that a block is about, where marks tell it.
 */
#include <stdlib.h>

#include "base/lang.h"
#include "base/nearest.h"
#include "rules/assert.h"

/**
 * window_holds - does a moment lie between a block's marks
 * @block: block
 * @m: model; all marks up to that moment have been read
 * @time: the moment
 *
 * Return: true if it does, or the block has no marks.
 */
bool window_holds(const struct block *block, const struct model *m, u64 time)
{
	const struct mark *mark;
	u64 since = 0;

	if (block->after) {
		mark = mark_find(m, block->after, 0);
		if (!mark || time < mark->time)
			return false;
		since = mark->time;
	}
	mark = block->before ? mark_find(m, block->before, since) : NULL;
	return !mark || time < mark->time;
}

static char *no_mark(const struct model *m, const char *wanted)
{
	struct nearest nearest;
	size_t i;

	if (!m->marks.n)
		return xasprintf(_("no mark '%s' is in the trace, nor any other"), wanted);
	nearest_begin(&nearest);
	for (i = 0; i < m->marks.n; i++)
		nearest_try(&nearest, wanted, ((const struct mark *)m->marks.v[i])->text);
	return xasprintf(_("no mark '%s' is in the trace: is it '%s'?"), wanted, nearest.name);
}

/**
 * window_unknown - does the trace lack a block's mark
 * @block: block
 * @m: model, the trace read to its end
 *
 * Return: what is wrong, to be freed; NULL if nothing is.
 */
char *window_unknown(const struct block *block, const struct model *m)
{
	const struct mark *after = block->after ? mark_find(m, block->after, 0) : NULL;

	if (block->after && !after)
		return no_mark(m, block->after);
	if (!block->before || mark_find(m, block->before, after ? after->time : 0))
		return NULL;
	if (mark_find(m, block->before, 0))
		return xasprintf(_("mark '%s' is before mark '%s'"), block->before, block->after);
	return no_mark(m, block->before);
}

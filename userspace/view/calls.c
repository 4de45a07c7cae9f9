// SPDX-License-Identifier: GPL-2.0
/*
 * Drawing a view whose subject is no packet but calls.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "view/view.h"
#include "words/text.h"

static void find_calls(const struct model *m, const struct selection *sel, const struct view *view,
		       struct ptrs *found)
{
	struct call *best = NULL;
	int best_points = 0;
	size_t i;

	for (i = 0; i < m->calls.all.n; i++) {
		struct call *call = m->calls.all.v[i];
		int points;

		if (!select_call(sel, call, m->calls.first))
			continue;
		points = view->calls->score(call);
		if (view->calls->every && points)
			ptrs_add(found, call);
		if (!view->calls->every && points > best_points) {
			best = call;
			best_points = points;
		}
	}
	if (best)
		ptrs_add(found, best);
}

/**
 * view_build_calls - draw a view whose subject is no packet
 * @m: model
 * @sel: which calls may be chosen
 * @view: view
 * @level: how much of it
 *
 * Return: a finished diagram; it has no item where the trace has no such call.
 */
struct diagram *view_build_calls(const struct model *m, const struct selection *sel,
				 const struct view *view, enum view_level level)
{
	struct view_state v = { .m = m, .calls = view->calls, .level = level };
	struct ptrs found = { 0 };
	size_t i;

	v.d = diagram_new();
	find_calls(m, sel, view, &found);
	if (!found.n)
		return v.d;
	memcpy(v.detail, view->detail, sizeof(v.detail));
	v.zero = ((struct call *)found.v[0])->ev.start;
	view->calls->title(v.d, m, &found);
	v.d->origin = xasprintf("%s", call_name(found.v[0]));
	v.d->slide = level == LEVEL_HOPS;
	for (i = 0; i < found.n; i++) {
		struct call *call = found.v[i];

		view_walk(&v, call, view_task_lane(&v, call->ev.pid), true);
	}
	view_losses(&v);
	diagram_finish(v.d);
	map_free(&v.tasks);
	ptrs_free(&found);
	return v.d;
}

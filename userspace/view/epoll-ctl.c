// SPDX-License-Identifier: GPL-2.0
/*
 * A view's subject: a program's epoll_ctl.
 */
#include "base/lang.h"
#include "base/say.h"
#include "view/view.h"
#include "words/text.h"

static int score(const struct call *call)
{
	int points = 1;

	if (kind_get(call->ev.kind)->class != EV_epoll_ctl)
		return 0;
	points += call->ev.a.epoll_ctl.op == 1 ? 1 : 0;
	points += call_below(call, hook_find("ep_ptable_queue_proc")) ? 2 : 0;
	points += call_below(call, hook_find("tcp_poll")) ? 4 : 0;
	points += call->ev.ret ? 0 : 8;
	return points;
}

/* Whom a lock or a notification happened to wake belongs to other stories. */
static bool includes(const struct call *call)
{
	if (kind_get(call->ev.kind)->class == EV_switch)
		return view_sleeps(call);
	switch (kind_get(call->ev.kind)->class) {
	case EV_wake:
	case EV_callback:
	case EV_free:
	case EV_waking:
	case EV_vector:
		return false;
	default:
		return call->ev.kind != hook_find("do_softirq");
	}
}

static void title(struct diagram *d, const struct model *m, const struct ptrs *found)
{
	const struct call *call = found->v[0];
	struct strbuf title = { 0 };
	struct strbuf result = { 0 };
	struct strbuf task = { 0 };
	char took[NS_TEXT];

	call_label(&title, m, call);
	task_text(&task, m, call->ev.pid);
	d->title = xasprintf(_("%s by %s"), title.s, task.s);
	strbuf_free(&title);
	strbuf_free(&task);
	call_result(&result, call);
	format_ns(took, sizeof(took), call_duration(call));
	d->complete = !(call->flags & CALL_OPEN);
	if (d->complete)
		d->verdict = xasprintf(_("returned %s after %s"), result.s, took);
	else
		d->verdict = xstrdup(_("not returned when the trace ended"));
	strbuf_free(&result);
}

static int none(const char *trace)
{
	return error_line("%s: no epoll_ctl in it: record from the program's start on", trace);
}

const struct call_subject subject_epoll_ctl = {
	.score = score,
	.includes = includes,
	.title = title,
	.none = none,
};

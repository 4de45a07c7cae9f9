// SPDX-License-Identifier: GPL-2.0
/*
 * Views whose subject is no packet: a program's epoll_ctl, and the way of the
 * driver from its module to an interface that is up.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "view/view.h"
#include "words/text.h"

/* Whether a call stands for a view's subject, and how well. */
static int epoll_ctl_score(const struct call *call)
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

static bool is_setup(const struct call *call)
{
	int kind = call->ev.kind;

	if (kind == hook_find("do_init_module"))
		return call_below(call, hook_find("__pci_register_driver"));
	if (kind == hook_find("__dev_open"))
		return call_below(call, hook_find("napi_enable"));
	/* A device that came, or was bound, after its driver. */
	return kind == hook_find("local_pci_probe") &&
	       !call_above(call, hook_find("do_init_module"));
}

/**
 * view_score_call - how well a call shows the subject of a view
 * @view: view whose subject is no packet
 * @call: call
 *
 * Return: 0 if not at all; of epoll_ctl's calls the best is drawn, of the set-up's each.
 */
int view_score_call(const struct view *view, const struct call *call)
{
	return view->subject == SUBJECT_SETUP ? is_setup(call) : epoll_ctl_score(call);
}

/*
 * The hook table has the functions of the set-up first, and napi_enable() ends it. All
 * others are of packets, sockets and those who wait for them: what the kernel tells
 * programs of a new interface goes that way, too, and so does the softirq that a task
 * runs when it lets a lock go.
 */
static bool belongs_to_setup(const struct call *call)
{
	int kind = call->ev.kind;

	return kind == KIND_RX_TAIL ||
	       (kind >= hook_find("do_init_module") && kind <= hook_find("napi_enable"));
}

static bool belongs_to_epoll_ctl(const struct call *call)
{
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

/**
 * view_call_includes - does a call belong to the story of a view whose subject is no packet
 * @subject: of the view
 * @call: call inside one that stands for it
 *
 * Whom a lock or a notification happened to wake, and the softirqs it raised,
 * belong to other stories. That the task slept does not.
 *
 * Return: true if it does.
 */
bool view_call_includes(enum subject subject, const struct call *call)
{
	if (kind_get(call->ev.kind)->class == EV_switch)
		return call->ev.kind == KIND_SWITCH_OUT && call->ev.a.swtch.prev_state;
	return subject == SUBJECT_SETUP ? belongs_to_setup(call) : belongs_to_epoll_ctl(call);
}

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
		points = view_score_call(view, call);
		if (view->subject == SUBJECT_SETUP && points)
			ptrs_add(found, call);
		if (view->subject != SUBJECT_SETUP && points > best_points) {
			best = call;
			best_points = points;
		}
	}
	if (best)
		ptrs_add(found, best);
}

static void title_epoll_ctl(struct diagram *d, const struct model *m, const struct call *call)
{
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

static void title_setup(struct diagram *d, const struct ptrs *found)
{
	const struct call *probe = NULL;
	const struct call *open = NULL;
	char took[NS_TEXT];
	size_t i;

	for (i = 0; i < found->n; i++) {
		const struct call *call = found->v[i];

		if (call->ev.kind == hook_find("__dev_open"))
			open = call;
		else if (call->ev.kind == hook_find("local_pci_probe"))
			probe = call;
		else if (call_below(call, hook_find("local_pci_probe")))
			probe = call_below(call, hook_find("local_pci_probe"));
	}
	d->title = xstrdup(_("set-up: from the driver's module to an interface that is up"));
	d->complete = probe && open;
	if (!probe)
		d->verdict =
			xstrdup(_("no probe: the driver was there before the recording began"));
	else if (!open)
		d->verdict =
			xstrdup(_("no open: the interface did not go up while it was recorded"));
	else
		d->verdict =
			xasprintf(_("%s from the first call to an open interface"),
				  format_ns(took, sizeof(took),
					    open->ev.end - ((struct call *)found->v[0])->ev.start));
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
	struct view_state v = { .m = m, .subject = view->subject, .level = level };
	struct ptrs found = { 0 };
	size_t i;

	v.d = diagram_new();
	find_calls(m, sel, view, &found);
	if (!found.n)
		return v.d;
	memcpy(v.detail, view->detail, sizeof(v.detail));
	v.zero = ((struct call *)found.v[0])->ev.start;
	if (view->subject == SUBJECT_EPOLL_CTL)
		title_epoll_ctl(v.d, m, found.v[0]);
	else
		title_setup(v.d, &found);
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

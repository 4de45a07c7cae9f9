// SPDX-License-Identifier: GPL-2.0
/*
 * A view's subject: the way of the driver from its module to an interface that is up.
 */
#include <stdlib.h>

#include "base/lang.h"
#include "base/say.h"
#include "view/view.h"
#include "words/text.h"

static int score(const struct call *call)
{
	int kind = call->ev.kind;

	if (kind == hook_find("do_init_module"))
		return !!call_below(call, hook_find("__pci_register_driver"));
	if (kind == hook_find("__dev_open"))
		return !!call_below(call, hook_find("napi_enable"));
	/* A device that came, or was bound, after its driver. */
	return kind == hook_find("local_pci_probe") &&
	       !call_above(call, hook_find("do_init_module"));
}

/*
 * The hook table has the functions of the set-up first, and napi_enable() ends it. All
 * others are of packets, sockets and those who wait for them: what the kernel tells
 * programs of a new interface goes that way, too, and so does the softirq that a task
 * runs when it lets a lock go.
 */
static bool includes(const struct call *call)
{
	int kind = call->ev.kind;

	if (kind_get(kind)->class == EV_switch)
		return view_sleeps(call);
	return kind == KIND_RX_TAIL ||
	       (kind >= hook_find("do_init_module") && kind <= hook_find("napi_enable"));
}

static void title(struct diagram *d, const struct model *m, const struct ptrs *found)
{
	const struct call *probe = NULL;
	const struct call *open = NULL;
	char took[NS_TEXT];
	size_t i;

	(void)m;
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

static int none(const char *trace)
{
	return error_line("%s: no set-up in it: load the driver, and bring it up, while you record",
			  trace);
}

const struct call_subject subject_setup = {
	.every = true,
	.score = score,
	.includes = includes,
	.title = title,
	.none = none,
};

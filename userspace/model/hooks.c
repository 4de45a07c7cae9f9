// SPDX-License-Identifier: GPL-2.0
/*
 * Which hooks were armed while the trace was recorded: as it says itself, where it was
 * begun and where it was ended.
 */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static struct hook_state *find(const struct model *m, const char *name)
{
	size_t i;

	for (i = 0; i < m->hooks.n; i++) {
		struct hook_state *hook = m->hooks.v[i];

		if (!strcmp(hook->name, name))
			return hook;
	}
	return NULL;
}

/**
 * model_hook - the trace says what a hook's state is
 * @m: model
 * @ev: its event
 */
void model_hook(struct model *m, const struct event *ev)
{
	struct hook_state *hook = find(m, ev->a.hook.name);

	if (!hook) {
		hook = xcalloc(1, sizeof(*hook));
		hook->name = xstrdup(ev->a.hook.name);
		hook->armed = true;
		ptrs_add(&m->hooks, hook);
	}
	hook->armed &= !strcmp(ev->a.hook.state, "armed");
	hook->missing |= !strcmp(ev->a.hook.state, "missing");
}

/**
 * model_hook_state - what the trace says of a hook
 * @m: model
 * @name: of its event
 *
 * Return: it, NULL if the trace says nothing.
 */
const struct hook_state *model_hook_state(const struct model *m, const char *name)
{
	return find(m, name);
}

/**
 * hooks_free - drop what is known of hooks
 * @m: model
 */
void hooks_free(struct model *m)
{
	size_t i;

	for (i = 0; i < m->hooks.n; i++) {
		struct hook_state *hook = m->hooks.v[i];

		free(hook->name);
		free(hook);
	}
	ptrs_free(&m->hooks);
}

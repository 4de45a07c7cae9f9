// SPDX-License-Identifier: GPL-2.0
/*
 * Folded stacks: a line for each stack, with the ns that were spent in it and
 * not in what it called. Sleeping is a frame of its own, so that a flame graph
 * shows waiting as waiting and not as work.
 */
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "text.h"

#define SLEEP_FRAME "[asleep]"

struct stack {
	char *path;
	u64 ns;
};

struct folded {
	struct map by_hash; /* hash -> struct stack; a collision moves on */
	struct ptrs order;
};

static u64 path_hash(const char *path)
{
	u64 hash = 0xcbf29ce484222325ULL;

	while (*path)
		hash = (hash ^ (u8)*path++) * 0x100000001b3ULL;
	return hash >> 1;
}

static void add_time(struct folded *f, const char *path, u64 ns)
{
	u64 hash = path_hash(path);
	struct stack *stack;

	if (!ns)
		return;
	while ((stack = map_get(&f->by_hash, hash)) && strcmp(stack->path, path))
		hash++;
	if (!stack) {
		stack = xcalloc(1, sizeof(*stack));
		stack->path = xstrdup(path);
		map_set(&f->by_hash, hash, stack);
		ptrs_add(&f->order, stack);
	}
	stack->ns += ns;
}

static void fold(struct folded *f, struct strbuf *path, const struct call *call)
{
	u64 own = call_duration(call);
	const struct call *child;
	size_t len = path->len;
	u64 asleep = 0;
	u64 slept = 0;

	strbuf_addf(path, ";%s", call_name(call));
	for (child = call->child; child; child = child->next) {
		u64 took = call_duration(child);

		if (child->ev.kind == KIND_SWITCH_OUT)
			slept = child->ev.start;
		if (child->ev.kind == KIND_SWITCH_IN && slept) {
			asleep += child->ev.start - slept;
			slept = 0;
		}
		if (child->ev.phase == PHASE_LEAF)
			continue;
		fold(f, path, child);
		own -= took < own ? took : own;
	}
	if (slept)
		asleep += call->ev.end - slept;
	if (asleep > own)
		asleep = own;
	add_time(f, path->s, own - asleep);
	strbuf_puts(path, ";" SLEEP_FRAME);
	add_time(f, path->s, asleep);
	path->len = len;
	path->s[len] = '\0';
}

static void folded_root(struct exporter *x, const struct call *root)
{
	static const char *const contexts[] = { "hard interrupt", "softirq", NULL };
	struct folded *f = x->priv;
	struct strbuf path = { 0 };
	const struct task *task;
	char *semicolon;

	if (root->ev.phase == PHASE_LEAF)
		return;
	if (root->ev.ctx == CTX_TASK) {
		task = model_task(x->m, root->ev.pid);
		strbuf_puts(&path, task && task->comm[0] ? task->comm : "task");
		/* It ends a frame in this format, and may be in a task's name. */
		while ((semicolon = strchr(path.s, ';')))
			*semicolon = ',';
	} else {
		strbuf_puts(&path, contexts[root->ev.ctx]);
	}
	fold(f, &path, root);
	strbuf_free(&path);
}

static int folded_begin(struct exporter *x)
{
	x->priv = xcalloc(1, sizeof(struct folded));
	return 0;
}

static int compare_stacks(const void *a, const void *b)
{
	return strcmp((*(struct stack *const *)a)->path, (*(struct stack *const *)b)->path);
}

static int folded_end(struct exporter *x)
{
	struct folded *f = x->priv;
	size_t i;

	if (f->order.n)
		qsort(f->order.v, f->order.n, sizeof(*f->order.v), compare_stacks);
	for (i = 0; i < f->order.n; i++) {
		struct stack *stack = f->order.v[i];

		fprintf(x->out, "%s %llu\n", stack->path, stack->ns);
		free(stack->path);
		free(stack);
	}
	ptrs_free(&f->order);
	map_free(&f->by_hash);
	free(f);
	return 0;
}

const struct export_format export_folded = {
	.name = "folded",
	.help = "stacks and their ns",
	.begin = folded_begin,
	.root = folded_root,
	.end = folded_end,
};

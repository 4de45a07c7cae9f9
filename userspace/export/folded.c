// SPDX-License-Identifier: GPL-2.0
/*
 * Folded stacks: a line for each stack, with the ns that were spent in it and
 * not in what it called. Sleeping is a frame of its own, so that a flame graph
 * shows waiting as waiting and not as work.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "export/export.h"
#include "words/text.h"

#define SLEEP_FRAME "[asleep]"

/* A stack: the frames up to its root make it up. */
struct stack {
	struct stack *parent;
	struct stack *child; /* the one found last comes first */
	struct stack *next; /* sibling; of a root, another with the same hash */
	char *root; /* the frame of one without a parent */
	u16 kind; /* the others' frame */
	u64 ns;
	u64 asleep;
};

/* A stack that is written, as text. */
struct line {
	char *path;
	u64 ns;
};

struct folded {
	struct ptrs roots; /* one for each context and name of a task */
	struct map by_hash; /* of the root's frame */
	struct map tasks; /* pid -> its root, as long as its name stays */
	struct ptrs lines; /* struct line */
};

/*
 * Time is added to a place in a tree, which is found by numbers: the text of a stack is
 * made once, at the end.
 */
static struct stack *stack_below(struct stack *parent, u16 kind)
{
	struct stack *before = NULL;
	struct stack *stack;

	for (stack = parent->child; stack && stack->kind != kind; stack = stack->next)
		before = stack;
	if (stack && !before)
		return stack;
	if (stack) {
		before->next = stack->next;
	} else {
		stack = xcalloc(1, sizeof(*stack));
		stack->parent = parent;
		stack->kind = kind;
	}
	stack->next = parent->child;
	parent->child = stack;
	return stack;
}

static u64 frame_hash(const char *frame)
{
	u64 hash = 0xcbf29ce484222325ULL;

	while (*frame)
		hash = (hash ^ (u8)*frame++) * 0x100000001b3ULL;
	return hash >> 1;
}

static struct stack *stack_root(struct folded *f, const char *frame)
{
	u64 hash = frame_hash(frame);
	struct stack *first = map_get(&f->by_hash, hash);
	struct stack *stack;

	for (stack = first; stack; stack = stack->next)
		if (!strcmp(stack->root, frame))
			return stack;
	stack = xcalloc(1, sizeof(*stack));
	stack->root = xstrdup(frame);
	stack->next = first;
	map_set(&f->by_hash, hash, stack);
	ptrs_add(&f->roots, stack);
	return stack;
}

static void fold(struct stack *above, const struct call *call)
{
	struct stack *stack = stack_below(above, call->ev.kind);
	u64 own = call_duration(call);
	const struct call *child;
	u64 asleep = 0;
	u64 slept = 0;

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
		fold(stack, child);
		own -= took < own ? took : own;
	}
	if (slept)
		asleep += call->ev.end - slept;
	if (asleep > own)
		asleep = own;
	stack->ns += own - asleep;
	stack->asleep += asleep;
}

static struct stack *task_root(struct folded *f, const struct model *m, u32 pid)
{
	const struct task *task = model_task(m, pid);
	const char *comm = task && task->comm[0] ? task->comm : "task";
	struct stack *stack = map_get(&f->tasks, pid);
	char frame[COMM_LEN + 1];
	char *semicolon;

	snprintf(frame, sizeof(frame), "%.*s", COMM_LEN, comm);
	/* It ends a frame in this format, and may be in a task's name. */
	while ((semicolon = strchr(frame, ';')))
		*semicolon = ',';
	if (stack && !strcmp(stack->root, frame))
		return stack;
	stack = stack_root(f, frame);
	map_set(&f->tasks, pid, stack);
	return stack;
}

static void folded_root(struct exporter *x, const struct call *root)
{
	static const char *const contexts[] = { "hard interrupt", "softirq" };
	struct folded *f = x->priv;

	if (root->ev.phase == PHASE_LEAF)
		return;
	fold(root->ev.ctx == CTX_TASK ? task_root(f, x->m, root->ev.pid)
				      : stack_root(f, contexts[root->ev.ctx]),
	     root);
}

static int folded_begin(struct exporter *x)
{
	x->priv = xcalloc(1, sizeof(struct folded));
	return 0;
}

static void add_line(struct folded *f, const struct strbuf *path, u64 ns)
{
	struct line *line;

	if (!ns)
		return;
	line = xcalloc(1, sizeof(*line));
	line->path = xstrdup(path->s);
	line->ns = ns;
	ptrs_add(&f->lines, line);
}

static void add_lines(struct folded *f, struct stack *stack, struct strbuf *path)
{
	size_t len = path->len;
	struct stack *child;

	if (stack->parent)
		strbuf_addf(path, ";%s", kind_get(stack->kind)->name);
	else
		strbuf_puts(path, stack->root);
	add_line(f, path, stack->ns);
	while ((child = stack->child)) {
		stack->child = child->next;
		add_lines(f, child, path);
	}
	strbuf_puts(path, ";" SLEEP_FRAME);
	add_line(f, path, stack->asleep);
	path->len = len;
	free(stack->root);
	free(stack);
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp((*(struct line *const *)a)->path, (*(struct line *const *)b)->path);
}

/* Two kinds may have one name: their stacks are one. */
static void join_equal(struct ptrs *lines)
{
	size_t n = 0;
	size_t i;

	for (i = 0; i < lines->n; i++) {
		struct line *line = lines->v[i];
		struct line *last = n ? lines->v[n - 1] : NULL;

		if (!last || strcmp(last->path, line->path)) {
			lines->v[n++] = line;
			continue;
		}
		last->ns += line->ns;
		free(line->path);
		free(line);
	}
	lines->n = n;
}

static int folded_end(struct exporter *x)
{
	struct folded *f = x->priv;
	struct strbuf path = { 0 };
	size_t i;

	for (i = 0; i < f->roots.n; i++) {
		path.len = 0;
		add_lines(f, f->roots.v[i], &path);
	}
	if (f->lines.n)
		qsort(f->lines.v, f->lines.n, sizeof(*f->lines.v), compare_lines);
	join_equal(&f->lines);
	for (i = 0; i < f->lines.n; i++) {
		struct line *line = f->lines.v[i];

		fprintf(x->out, "%s %llu\n", line->path, line->ns);
		free(line->path);
		free(line);
	}
	strbuf_free(&path);
	ptrs_free(&f->roots);
	ptrs_free(&f->lines);
	map_free(&f->by_hash);
	map_free(&f->tasks);
	free(f);
	return 0;
}

const struct export_format export_folded = {
	.name = "folded",
	.help = N_("stacks and their ns, for flamegraph.pl or speedscope"),
	.begin = folded_begin,
	.root = folded_root,
	.end = folded_end,
};

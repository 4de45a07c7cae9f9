// SPDX-License-Identifier: GPL-2.0
/*
 * Building the call trees.
 *
 * A hook's event arrives when its function returns, so children come before
 * their parents. Each context (a CPU's hard interrupt, a CPU's softirq, a task)
 * keeps a stack of finished subtrees; an arriving call adopts from its top those
 * that were entered after it. Every call is pushed and adopted once: the whole
 * is linear. The kernel's own begin and end events (interrupt handler, softirq,
 * system call) become calls of the same kind when their end arrives.
 */
#include <stdlib.h>
#include <string.h>

#include "calls.h"

struct ctx_state {
	struct ptrs done; /* finished subtrees, in order of entry */
	struct ptrs open; /* begun, not yet ended */
};

static u64 ctx_key(const struct event *ev)
{
	if (ev->ctx != CTX_TASK)
		return 1 | (u64)ev->ctx << 4 | (u64)ev->cpu << 40;
	/* The idle tasks share pid 0: there is one for each CPU. */
	return ev->pid ? (u64)ev->pid << 8 : 2 | (u64)ev->cpu << 40;
}

static struct ctx_state *ctx_get(struct calls *calls, const struct event *ev)
{
	struct ctx_state *ctx = map_get(&calls->contexts, ctx_key(ev));

	if (!ctx) {
		ctx = xcalloc(1, sizeof(*ctx));
		map_set(&calls->contexts, ctx_key(ev), ctx);
		ptrs_add(&calls->order, ctx);
	}
	return ctx;
}

static struct call *call_new(struct calls *calls, const struct event *ev)
{
	struct call *call = xcalloc(1, sizeof(*call));

	call->ev = *ev;
	ptrs_add(&calls->all, call);
	return call;
}

static void adopt(struct ctx_state *ctx, struct call *call)
{
	while (ctx->done.n) {
		struct call *top = ctx->done.v[ctx->done.n - 1];

		if (top->ev.start < call->ev.start)
			break;
		top->parent = call;
		top->next = call->child;
		call->child = top;
		ctx->done.n--;
	}
}

static void call_done(struct ctx_state *ctx, struct call *call)
{
	adopt(ctx, call);
	ptrs_add(&ctx->done, call);
}

static void close_open(struct ctx_state *ctx, u64 end)
{
	struct call *call = ctx->open.v[--ctx->open.n];

	call->flags |= CALL_OPEN;
	call->ev.end = end;
	call_done(ctx, call);
}

static void call_begin(struct calls *calls, struct ctx_state *ctx, const struct event *ev)
{
	/*
	 * Softirqs do not nest on a CPU, nor system calls in a task: an older
	 * one has lost its end.
	 */
	if (ev->kind != KIND_HANDLER)
		while (ctx->open.n)
			close_open(ctx, ev->start);
	ptrs_add(&ctx->open, call_new(calls, ev));
}

/*
 * A call whose beginning is not in the trace began at the earliest after the
 * one before it of its sort.
 */
static u64 headless_start(const struct calls *calls, const struct ctx_state *ctx)
{
	size_t i = ctx->done.n;

	while (i-- > 0) {
		const struct call *call = ctx->done.v[i];

		if (kind_get(call->ev.kind)->phase == PHASE_BEGIN)
			return call->ev.end;
	}
	return calls->first;
}

static void call_end(struct calls *calls, struct ctx_state *ctx, const struct event *ev)
{
	struct call *call;

	while (ctx->open.n) {
		call = ctx->open.v[ctx->open.n - 1];
		if (call->ev.kind == ev->kind)
			break;
		close_open(ctx, ev->start);
	}
	if (ctx->open.n) {
		call = ctx->open.v[--ctx->open.n];
	} else {
		call = call_new(calls, ev);
		call->ev.start = headless_start(calls, ctx);
		call->flags |= CALL_HEADLESS;
	}
	call->ev.end = ev->end;
	call->ev.ret = ev->ret;
	call_done(ctx, call);
}

/**
 * calls_add - take the next event
 * @calls: trees
 * @ev: event, in the order of the ring buffer
 */
void calls_add(struct calls *calls, const struct event *ev)
{
	struct ctx_state *ctx = ctx_get(calls, ev);

	if (!calls->first || ev->start < calls->first)
		calls->first = ev->start;
	if (ev->end > calls->last)
		calls->last = ev->end;
	if (ev->kind == KIND_LOST)
		calls->lost += ev->a.lost.count ? ev->a.lost.count : 1;
	switch (ev->phase) {
	case PHASE_BEGIN:
		call_begin(calls, ctx, ev);
		break;
	case PHASE_END:
		call_end(calls, ctx, ev);
		break;
	default:
		call_done(ctx, call_new(calls, ev));
	}
}

/* Order of entry; of two entered at once, the one that ends later is outside. */
static int compare_entry(const void *a, const void *b)
{
	const struct call *x = *(struct call *const *)a;
	const struct call *y = *(struct call *const *)b;

	if (x->ev.start != y->ev.start)
		return x->ev.start < y->ev.start ? -1 : 1;
	if (x->ev.end != y->ev.end)
		return x->ev.end > y->ev.end ? -1 : 1;
	return x->ev.no < y->ev.no ? -1 : x->ev.no > y->ev.no;
}

/**
 * calls_finish - the trace has ended: close what is open, order everything
 * @calls: trees
 */
void calls_finish(struct calls *calls)
{
	size_t i;

	for (i = 0; i < calls->order.n; i++) {
		struct ctx_state *ctx = calls->order.v[i];

		while (ctx->open.n)
			close_open(ctx, calls->last);
	}
	if (calls->all.n)
		qsort(calls->all.v, calls->all.n, sizeof(*calls->all.v), compare_entry);
	for (i = 0; i < calls->all.n; i++) {
		struct call *call = calls->all.v[i];

		if (!call->parent)
			ptrs_add(&calls->roots, call);
	}
}

/**
 * calls_free - drop all calls
 * @calls: trees
 */
void calls_free(struct calls *calls)
{
	size_t i;

	for (i = 0; i < calls->order.n; i++) {
		struct ctx_state *ctx = calls->order.v[i];

		ptrs_free(&ctx->done);
		ptrs_free(&ctx->open);
		free(ctx);
	}
	for (i = 0; i < calls->all.n; i++)
		free(calls->all.v[i]);
	ptrs_free(&calls->order);
	ptrs_free(&calls->all);
	ptrs_free(&calls->roots);
	map_free(&calls->contexts);
}

/**
 * call_root - the outermost call around a call
 * @call: call
 *
 * Return: never NULL; @call itself if nothing is around it.
 */
const struct call *call_root(const struct call *call)
{
	while (call->parent)
		call = call->parent;
	return call;
}

/**
 * call_above - the nearest call of a kind around a call
 * @call: call, not considered itself
 * @kind: number of a kind, or -1
 *
 * Return: the call, or NULL.
 */
struct call *call_above(const struct call *call, int kind)
{
	struct call *up;

	for (up = call->parent; up; up = up->parent)
		if (up->ev.kind == kind)
			return up;
	return NULL;
}

/**
 * call_below - the first call of a kind inside a call
 * @call: call, not considered itself
 * @kind: number of a kind, or -1
 *
 * Return: the call, or NULL.
 */
struct call *call_below(const struct call *call, int kind)
{
	struct call *child;

	for (child = call->child; child; child = child->next) {
		struct call *found;

		if (child->ev.kind == kind)
			return child;
		found = call_below(child, kind);
		if (found)
			return found;
	}
	return NULL;
}

/**
 * call_duration - how long a call ran, with what it called and waited for
 * @call: call
 *
 * Return: nanoseconds.
 */
u64 call_duration(const struct call *call)
{
	return call->ev.end - call->ev.start;
}

/**
 * call_name - the name of the function or event
 * @call: call
 *
 * Return: the name.
 */
const char *call_name(const struct call *call)
{
	return kind_get(call->ev.kind)->name;
}

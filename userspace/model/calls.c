// SPDX-License-Identifier: GPL-2.0
/*
 * Building the call trees.
 *
 * A hook's event arrives when its function returns, so children come before
 * their parents. Each context (a CPU's hard interrupt, a CPU's softirq, a task)
 * keeps a stack of finished subtrees; an arriving call adopts from its top those
 * that were entered after it. A call may be told late, in the record of the one
 * around it: then what has arrived since began after it had ended. Every call is
 * pushed and adopted once: the whole is linear. The kernel's own begin and end
 * events (interrupt handler, softirq, system call) become calls of the same kind
 * when their end arrives.
 */
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/lang.h"
#include "model/calls.h"

/* How long a tree is kept back for a call around it to return. */
#define SETTLE_NS (100 * NSEC_PER_MSEC)
/*
 * So many finished subtrees may a call that is told late lie behind. One that
 * would lie behind more was not told late: the clock has stepped back.
 */
#define LATE_MAX 1024
/* A kernel's stack has no room for as many calls; those who walk the trees rely on it. */
#define HEIGHT_MAX 512

struct ctx_state {
	struct ptrs done; /* finished subtrees, in order of entry since the last step back */
	size_t stepped; /* of those, how many are from before it */
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
	u64 key = ctx_key(ev);
	struct ctx_state *ctx;

	/* Most events are of the same context as the one before. */
	if (calls->latest && calls->latest_key == key)
		return calls->latest;
	ctx = map_get(&calls->contexts, key);
	if (!ctx) {
		ctx = xcalloc(1, sizeof(*ctx));
		map_set(&calls->contexts, key, ctx);
		ptrs_add(&calls->order, ctx);
	}
	calls->latest = ctx;
	calls->latest_key = key;
	return ctx;
}

static struct call *call_new(struct calls *calls, const struct event *ev)
{
	struct call *call = calls->spare;

	if (call) {
		calls->spare = call->next;
		/* Long unused: it is on its way into the cache until the next event. */
		__builtin_prefetch(calls->spare);
		memset(&call->parent, 0, sizeof(*call) - offsetof(struct call, parent));
	} else {
		call = xcalloc(1, sizeof(*call));
	}
	call->ev = *ev;
	if (!calls->streaming)
		ptrs_add(&calls->all, call);
	return call;
}

static struct call *done_at(const struct ctx_state *ctx, size_t i)
{
	return ctx->done.v[i];
}

/* From where on the finished subtrees began after a call had ended. */
static size_t find_later(struct ctx_state *ctx, const struct call *call)
{
	size_t later = ctx->done.n;

	/* At once, unless the call is told late. */
	while (later > ctx->stepped && done_at(ctx, later - 1)->ev.start > call->ev.end) {
		if (ctx->done.n - later == LATE_MAX) {
			ctx->stepped = ctx->done.n;
			return ctx->done.n;
		}
		later--;
	}
	return later;
}

static void call_done(struct calls *calls, struct ctx_state *ctx, struct call *call)
{
	size_t later = find_later(ctx, call);
	size_t left;

	for (left = later; left > ctx->stepped; left--) {
		struct call *top = done_at(ctx, left - 1);

		if (top->ev.start < call->ev.start)
			break;
		if (top->height == HEIGHT_MAX) {
			calls->too_deep++;
			break;
		}
		if (top->height >= call->height)
			call->height = top->height + 1;
		top->parent = call;
		top->next = call->child;
		call->child = top;
	}
	/* It takes the place of those that it adopts. */
	ptrs_add(&ctx->done, call);
	if (later < ctx->done.n - 1)
		memmove(ctx->done.v + left + 1, ctx->done.v + later,
			(ctx->done.n - 1 - later) * sizeof(*ctx->done.v));
	ctx->done.v[left] = call;
	ctx->done.n -= later - left;
}

static void close_open(struct calls *calls, struct ctx_state *ctx, u64 end)
{
	struct call *call = ctx->open.v[--ctx->open.n];

	call->flags |= CALL_OPEN;
	call->ev.end = end;
	call_done(calls, ctx, call);
}

static void call_begin(struct calls *calls, struct ctx_state *ctx, const struct event *ev)
{
	/*
	 * Softirqs do not nest on a CPU, nor system calls in a task: an older
	 * one has lost its end.
	 */
	if (ev->kind != KIND_HANDLER)
		while (ctx->open.n)
			close_open(calls, ctx, ev->start);
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
	/* It was around all that has returned since the trace began. */
	if (ctx->done.n) {
		const struct call *oldest = ctx->done.v[0];

		if (oldest->ev.start < calls->first)
			return oldest->ev.start;
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
		close_open(calls, ctx, ev->start);
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
	call_done(calls, ctx, call);
}

/**
 * calls_add - take the next event
 * @calls: trees
 * @ev: event, in the order of the ring buffer
 */
void calls_add(struct calls *calls, const struct event *ev)
{
	struct ctx_state *ctx;

	/* Of no time and in no call. */
	if (ev->kind == KIND_MISSED) {
		calls->missed += ev->a.missed.nested + ev->a.missed.exhausted;
		calls->before += ev->a.missed.before;
		return;
	}
	ctx = ctx_get(calls, ev);
	/* Not the earliest: a call that began before it returns much later. */
	if (!calls->first)
		calls->first = ev->start;
	if (ev->end > calls->last)
		calls->last = ev->end;
	calls->now = ev->end;
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
		call_done(calls, ctx, call_new(calls, ev));
	}
}

/**
 * calls_compare - order of entry
 * @x: call
 * @y: call
 *
 * Return: as for qsort(); of two entered at once, the one that ends later is outside.
 */
int calls_compare(const struct call *x, const struct call *y)
{
	if (x->ev.start != y->ev.start)
		return x->ev.start < y->ev.start ? -1 : 1;
	if (x->ev.end != y->ev.end)
		return x->ev.end > y->ev.end ? -1 : 1;
	return x->ev.no < y->ev.no ? -1 : x->ev.no > y->ev.no;
}

static int compare_entry(const void *a, const void *b)
{
	return calls_compare(*(struct call *const *)a, *(struct call *const *)b);
}

/**
 * calls_close - the trace has ended: close what is open
 * @calls: trees
 */
void calls_close(struct calls *calls)
{
	size_t i;

	for (i = 0; i < calls->order.n; i++) {
		struct ctx_state *ctx = calls->order.v[i];

		while (ctx->open.n)
			close_open(calls, ctx, calls->last);
	}
	if (calls->too_deep)
		warn_line("%llu calls nest over %u deep, which no stack allows: shown unnested",
			  calls->too_deep, HEIGHT_MAX);
}

/**
 * calls_finish - the trace has ended: close what is open, order everything
 * @calls: trees
 */
void calls_finish(struct calls *calls)
{
	size_t i;

	calls_close(calls);
	if (calls->all.n)
		qsort(calls->all.v, calls->all.n, sizeof(*calls->all.v), compare_entry);
	for (i = 0; i < calls->all.n; i++) {
		struct call *call = calls->all.v[i];

		if (!call->parent)
			ptrs_add(&calls->roots, call);
	}
}

/* The start of the call of a context that runs at @time, else @time. */
static u64 start_around(const struct ctx_state *ctx, u64 time)
{
	const struct call *open = ctx->open.n ? ctx->open.v[0] : NULL;
	size_t i = ctx->done.n;

	if (open && open->ev.ctx == CTX_TASK)
		return time;
	if (open && open->ev.start < time)
		time = open->ev.start;
	while (i-- > 0) {
		const struct call *root = ctx->done.v[i];

		if (root->ev.ctx == CTX_TASK)
			break;
		if (root->ev.start >= time)
			continue;
		if (root->ev.end > time)
			time = root->ev.start;
		break;
	}
	return time;
}

/*
 * Up to when everything that interrupts and softirqs did has been seen: a while
 * ago, as an enclosing call without a beginning of its own may still return, and
 * in the middle of none, so that packets get their calls in order of entry. A task may
 * be blocked for ever: its calls come late, nobody else's.
 */
static u64 settled_until(const struct calls *calls)
{
	u64 until = calls->now > SETTLE_NS ? calls->now - SETTLE_NS : 0;
	u64 before;
	size_t i;

	do {
		before = until;
		for (i = 0; i < calls->order.n; i++)
			until = start_around(calls->order.v[i], until);
	} while (until != before);
	return until;
}

/**
 * calls_settle - hand out the trees to which nothing can be added any more
 * @calls: trees
 * @final: the trace has ended: all of them
 * @settled: where to append their roots, context by context, in order of entry
 */
void calls_settle(struct calls *calls, bool final, struct ptrs *settled)
{
	u64 until = settled_until(calls);
	size_t i;

	for (i = 0; i < calls->order.n; i++) {
		struct ctx_state *ctx = calls->order.v[i];
		const struct call *open = ctx->open.n ? ctx->open.v[0] : NULL;
		size_t n = 0;

		while (n < ctx->done.n) {
			struct call *root = ctx->done.v[n];

			if (!final && (root->ev.start >= until || root->ev.end > until ||
				       (open && root->ev.start >= open->ev.start)))
				break;
			ptrs_add(settled, root);
			n++;
		}
		ctx->done.n -= n;
		ctx->stepped -= n < ctx->stepped ? n : ctx->stepped;
		if (n)
			memmove(ctx->done.v, ctx->done.v + n, ctx->done.n * sizeof(*ctx->done.v));
	}
}

/**
 * calls_drop - a tree is not needed any more
 * @calls: trees
 * @call: its root
 *
 * Return: number of calls in it.
 */
size_t calls_drop(struct calls *calls, struct call *call)
{
	struct call *child = call->child;
	size_t n = 1;

	while (child) {
		struct call *next = child->next;

		n += calls_drop(calls, child);
		child = next;
	}
	call->next = calls->spare;
	calls->spare = call;
	return n;
}

/* Of a stream that ended early: what has not been handed out. */
static void drop_context(struct calls *calls, struct ctx_state *ctx)
{
	size_t i;

	for (i = 0; i < ctx->open.n; i++)
		calls_drop(calls, ctx->open.v[i]);
	for (i = 0; i < ctx->done.n; i++)
		calls_drop(calls, ctx->done.v[i]);
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

		if (calls->streaming)
			drop_context(calls, ctx);
		ptrs_free(&ctx->done);
		ptrs_free(&ctx->open);
		free(ctx);
	}
	for (i = 0; i < calls->all.n; i++)
		free(calls->all.v[i]);
	for (i = 0; calls->streaming && i < calls->roots.n; i++)
		calls_drop(calls, calls->roots.v[i]);
	while (calls->spare) {
		struct call *next = calls->spare->next;

		free(calls->spare);
		calls->spare = next;
	}
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

/**
 * calls_from - where the calls from a time on begin
 * @list: calls, ordered by entry
 * @time: time
 *
 * Return: index of the first that starts at or after it.
 */
size_t calls_from(const struct ptrs *list, u64 time)
{
	size_t low = 0;
	size_t high = list->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct call *call = list->v[mid];

		if (call->ev.start < time)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/**
 * call_mark_new - a value of call->mark that no call has
 *
 * Whoever marks calls takes one for each run: none has to be wiped, and none is taken for
 * another's.
 *
 * Return: the value, never 0.
 */
u32 call_mark_new(void)
{
	static u32 last;

	return ++last;
}

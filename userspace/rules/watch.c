// SPDX-License-Identifier: GPL-2.0
/*
 * What a recording cannot tell. A function that was not watched was never seen, whatever
 * the kernel did; what was lost may have been the very event that is missed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/callset.h"
#include "rules/check.h"

/*
 * A hook that the trace says was armed. Of what it says nothing, and of what is no hook,
 * an event shows that it was watched.
 */
static bool was_watched(const struct watched *w, const char *name)
{
	const struct hook_state *hook = model_hook_state(w->m, name);
	u16 i;

	if (hook)
		return hook->armed;
	for (i = 0; i < kind_count(); i++) {
		const char *own = kind_get(i)->name;
		size_t len = strcspn(own, " ");

		if (w->seen[i] && !strncmp(own, name, len) && !name[len])
			return true;
	}
	return false;
}

/* It is enough to watch one of those that are the same; kernels have not all of them. */
static const char *unwatched(const struct watched *w, const struct hop *hop)
{
	const char *first = NULL;
	bool watched = false;
	size_t i;

	for (i = 0; i < hop->names.n; i++) {
		const char *name = hop->names.v[i];
		const struct hook_state *hook = model_hook_state(w->m, name);

		if (was_watched(w, name))
			watched = true;
		else if (hook && !hook->missing)
			return name;
		else if (!first)
			first = name;
	}
	return watched ? NULL : first;
}

/* Only where the trace says so itself. */
static const char *disarmed(const struct watched *w, const struct hop *hop)
{
	return w->m->hooks.n ? unwatched(w, hop) : NULL;
}

static bool zero_will_do(const struct check *check)
{
	return check_compare(check, 0);
}

/* Does it hold where there is nothing? */
static bool claims_absence(const struct check *check)
{
	const struct check_kind *kind = check->kind;

	if (kind == &check_never || check->quantity == NO)
		return true;
	/* A state that no socket was seen in. */
	if (kind == &check_never_in || kind == &check_at_the_end)
		return true;
	if (kind == &check_calls || kind == &check_count || kind == &check_wakes ||
	    kind == &check_wakeups || kind == &check_packets)
		return zero_will_do(check);
	return false;
}

/* Is it broken by what there is, whatever else there may have been? */
static bool is_proven(const struct check *check)
{
	if (check->kind == &check_never_in || check->kind == &check_never ||
	    check->kind == &check_lost || check->quantity == NO)
		return true;
	if (check->with || check->kind->call)
		return true;
	return check->compare == IS_LESS || check->compare == IS_AT_MOST;
}

typedef const char *(*hop_test)(const struct watched *w, const struct hop *hop);

static const char *test_hops(const struct watched *w, const struct ptrs *hops, hop_test test)
{
	const char *name = NULL;
	size_t i;

	for (i = 0; !name && i < hops->n; i++)
		name = test(w, hops->v[i]);
	return name;
}

static const char *test_set(const struct watched *w, const struct callset *set, hop_test test)
{
	const char *name = test(w, set->name);

	return name || !set->within ? name : test(w, set->within);
}

/* The first function of a check, or of its block, that fails a test. */
static const char *test_all(const struct watched *w, const struct block *block,
			    const struct check *check, hop_test test)
{
	const char *name = test_hops(w, &block->around, test);
	size_t i;

	if (!name)
		name = test_hops(w, &block->through, test);
	if (!name && block->calls)
		name = test_set(w, block->calls, test);
	if (!name && check->kind->takes_hops)
		name = test_hops(w, &check->list, test);
	for (i = 0; !name && i < check->sets.n; i++)
		name = test_set(w, check->sets.v[i], test);
	return name;
}

static bool wakes_unseen(const struct watched *w, const struct check *check)
{
	return (check->kind == &check_wakes || check->kind == &check_wakeups) &&
	       !w->seen[KIND_WAKING];
}

/**
 * watch_unknown - does a ruling say more than the recording can tell
 * @w: what was watched
 * @block: the check's block
 * @check: check
 * @v: what was found of it
 *
 * Return: why, to be freed; NULL if the ruling stands.
 */
char *watch_unknown(const struct watched *w, const struct block *block, const struct check *check,
		    const struct finding *v)
{
	bool holds = v->verdict == RULE_HOLDS;
	const char *name;

	/* What is left out by a function that was not watched is left out by nothing. */
	if ((holds && claims_absence(check)) || block->around.n)
		name = test_all(w, block, check, unwatched);
	else
		name = holds ? NULL : test_all(w, block, check, disarmed);
	if (!name && holds && claims_absence(check) && wakes_unseen(w, check))
		name = "sched_waking";
	if (name)
		return xasprintf(_("%s was not watched: nobody knows whether it was called"), name);
	if (!w->lost || check->kind == &check_lost)
		return NULL;
	if (holds ? !claims_absence(check) : is_proven(check))
		return NULL;
	return xasprintf(_("%llu events were lost: what is missing may have been among them"),
			 w->lost);
}

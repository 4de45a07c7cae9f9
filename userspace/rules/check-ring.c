// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of a receive ring: what was taken from it, what was given to the card, and how
 * often it was told.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "rules/check.h"

static u64 count_of(const struct group *group, bool tails)
{
	u64 n = 0;
	size_t i;

	for (i = 0; i < group->calls.n; i++)
		n += group->calls.v[i].is_tail == tails;
	return n;
}

static u64 count_frames(const struct group *group)
{
	return count_of(group, false);
}

static u64 count_doorbells(const struct group *group)
{
	return count_of(group, true);
}

/* doorbells op N, or op frames / N */
static int parse_doorbells(struct parser *p)
{
	struct check *check = p->check;
	u32 part = 1;

	if (!p->words[p->at] || !p->words[p->at + 1] || strcmp(p->words[p->at + 1], "frames"))
		return parse_count(p);
	if (parse_operator(p, &check->compare))
		return -1;
	p->at++;
	if (take(p, "/")) {
		if (!word(p) || parse_number(word(p), &part))
			return wrong(p, word_or_end(p), _("give a whole number"));
		p->at++;
	}
	check->percent = part;
	return 0;
}

static char *judge_doorbells(const struct check *check, const struct group *group,
			     struct tally *tally)
{
	u64 frames = count_frames(group);
	u64 bells = count_doorbells(group);
	bool holds;

	tally->judged++;
	if (check->percent)
		holds = compare_values(check->compare, bells * check->percent, frames);
	else
		holds = check_compare(check, bells);
	if (holds)
		return NULL;
	return check->percent ? xasprintf(_("%llu doorbells, %llu frames"), bells, frames)
			      : xasprintf("%llu", bells);
}

static int parse_indices(struct parser *p)
{
	if (!take(p, "in") || !take(p, "turn"))
		return wrong(p, word_or_end(p), _("give it as in indices in turn"));
	return 0;
}

static char *judge_indices(const struct check *check, const struct group *group,
			   struct tally *tally)
{
	const struct outcome *last = NULL;
	size_t i;

	(void)check;
	for (i = 0; i < group->calls.n; i++) {
		const struct outcome *o = &group->calls.v[i];

		if (o->is_tail)
			continue;
		tally->judged++;
		if (last && o->ret != (last->ret + 1) % group->count) {
			numbers_add(&tally->calls, last->no);
			numbers_add(&tally->calls, o->no);
			return xasprintf(_("descriptor %lld (#%u) after %lld (#%u)"), o->ret, o->no,
					 last->ret, last->no);
		}
		last = o;
	}
	return NULL;
}

/* gives < count: the only way that it can be said. */
static int parse_gives(struct parser *p)
{
	if (!take(p, "<") || !take(p, "count"))
		return wrong(p, word_or_end(p), _("give it as in gives < count"));
	return 0;
}

/* Whose a descriptor is: the event that says so, 0 where none has. */
struct owners {
	u32 *given; /* it is the card's */
	u32 *taken; /* it is the driver's */
	u32 count;
	u32 owned; /* known to be the card's */
};

/* What is given is one piece: before any descriptor was given twice, all were. */
static char *give(struct owners *owners, u32 index, u32 no, struct tally *tally)
{
	owners->owned += !owners->given[index];
	owners->given[index] = no;
	owners->taken[index] = 0;
	if (owners->owned < owners->count)
		return NULL;
	numbers_add(&tally->calls, no);
	return xasprintf(_("all %u descriptors were given: #%u"), owners->count, no);
}

static char *take_back(struct owners *owners, u32 index, u32 no, struct tally *tally)
{
	u32 before = owners->taken[index];

	owners->owned -= owners->given[index] != 0;
	owners->given[index] = 0;
	owners->taken[index] = no;
	if (!before)
		return NULL;
	numbers_add(&tally->calls, before);
	numbers_add(&tally->calls, no);
	return xasprintf(_("descriptor %u was taken twice, and not given between: #%u, #%u"), index,
			 before, no);
}

/* From the tail before, or as many as are said to be new. */
static char *move_tail(struct owners *owners, const struct outcome *o, s64 before,
		       struct tally *tally)
{
	u32 tail = o->ret % owners->count;
	u32 from = before >= 0 ? before : (tail + owners->count - o->key % owners->count);
	char *reason = NULL;
	u32 n;

	from %= owners->count;
	n = (tail + owners->count - from) % owners->count;
	/* A ring that is full looks like one that is empty. */
	if (!n && o->key)
		n = owners->count;
	for (; !reason && n; n--, from = (from + 1) % owners->count)
		reason = give(owners, from, o->no, tally);
	return reason;
}

static char *judge_gives(const struct check *check, const struct group *group, struct tally *tally)
{
	struct owners owners = {
		.given = xcalloc(group->count + 1, sizeof(u32)),
		.taken = xcalloc(group->count + 1, sizeof(u32)),
		.count = group->count,
	};
	char *reason = NULL;
	s64 tail = -1;
	size_t i;

	(void)check;
	for (i = 0; !reason && i < group->calls.n; i++) {
		const struct outcome *o = &group->calls.v[i];

		tally->judged++;
		if (o->is_tail) {
			reason = move_tail(&owners, o, tail, tally);
			tail = o->ret;
		} else {
			reason = take_back(&owners, o->ret % group->count, o->no, tally);
		}
	}
	free(owners.given);
	free(owners.taken);
	return reason;
}

const struct check_kind check_frames = {
	.name = "frames",
	.blocks = IN_RING,
	.parse = parse_count,
	.count = count_frames,
};

const struct check_kind check_doorbells = {
	.name = "doorbells",
	.blocks = IN_RING,
	.parse = parse_doorbells,
	.count = count_doorbells,
	.group = judge_doorbells,
};

const struct check_kind check_indices = {
	.name = "indices",
	.blocks = IN_RING,
	.parse = parse_indices,
	.group = judge_indices,
};

const struct check_kind check_gives = {
	.name = "gives",
	.blocks = IN_RING,
	.parse = parse_gives,
	.group = judge_gives,
};

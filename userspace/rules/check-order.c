// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of how calls of several sets lie to each other, whatever packet, task or CPU they
 * belong to.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "rules/callset.h"
#include "rules/check.h"

static int parse_set(struct parser *p)
{
	struct callset *set = callset_parse(p);

	if (!set)
		return -1;
	ptrs_add(&p->check->sets, set);
	return 0;
}

static const char *set_name(const struct check *check, size_t i)
{
	const struct callset *set = check->sets.v[i];

	return set->name->names.v[0];
}

static const struct outcomes *seen_of(const struct tally *tally, size_t i)
{
	static const struct outcomes none;

	return i < tally->nr_seen ? &tally->seen[i] : &none;
}

/* Such as do_epoll_wait #412 +1.20 s. */
static void put_call(struct strbuf *sb, const char *name, const struct outcome *o, u64 began)
{
	char time[NS_TEXT];

	strbuf_addf(sb, "%s #%u +%s", name, o->no, format_ns(time, sizeof(time), o->start - began));
}

/* The first that begins behind another, NULL if none does. */
static const struct outcome *next_after(const struct outcomes *seen, const struct outcome *after)
{
	size_t i;

	for (i = 0; i < seen->n; i++)
		if (!after || seen->v[i].start > after->start ||
		    (seen->v[i].start == after->start && seen->v[i].no < after->no))
			return &seen->v[i];
	return NULL;
}

static int parse_order(struct parser *p)
{
	do {
		if (parse_set(p))
			return -1;
	} while (take(p, ","));
	return 0;
}

static char *judge_order(const struct check *check, const struct group *group, struct tally *tally)
{
	const struct outcome *last = NULL;
	struct strbuf sb = { 0 };
	size_t i;

	tally->judged++;
	for (i = 0; i < check->sets.n; i++) {
		const struct outcome *next = next_after(seen_of(tally, i), last);

		if (!next)
			break;
		numbers_add(&tally->calls, next->no);
		last = next;
	}
	if (i == check->sets.n)
		return NULL;
	if (!last)
		return xasprintf(_("there is no %s"), set_name(check, i));
	put_call(&sb, set_name(check, i - 1), last, group->began);
	strbuf_puts(&sb, ": ");
	strbuf_addf(&sb, _("no %s behind it"), set_name(check, i));
	return strbuf_take(&sb);
}

/* first|last SET [ends] before first|last SET; the first word is the check's name. */
static int parse_before(struct parser *p)
{
	p->check->last[0] = !strcmp(p->words[p->at - 1], "last");
	if (parse_set(p))
		return -1;
	p->check->ends = take(p, "ends");
	if (!take(p, "before"))
		return wrong(p, word_or_end(p), _("give before, or ends before, and another call"));
	p->check->last[1] = take(p, "last");
	if (!p->check->last[1])
		take(p, "first");
	return parse_set(p);
}

static char *judge_before(const struct check *check, const struct group *group, struct tally *tally)
{
	const struct outcome *found[2];
	struct strbuf sb = { 0 };
	bool holds;
	size_t i;

	tally->judged++;
	for (i = 0; i < 2; i++) {
		const struct outcomes *seen = seen_of(tally, i);

		if (!seen->n)
			return xasprintf(_("there is no %s"), set_name(check, i));
		found[i] = &seen->v[check->last[i] ? seen->n - 1 : 0];
		numbers_add(&tally->calls, found[i]->no);
	}
	holds = check->ends ? !found[0]->open && found[0]->end <= found[1]->start
			    : found[0]->start < found[1]->start;
	if (holds)
		return NULL;
	put_call(&sb, set_name(check, 1), found[1], group->began);
	strbuf_puts(&sb, check->ends ? _(" began before the end of ") : _(" before "));
	put_call(&sb, set_name(check, 0), found[0], group->began);
	return strbuf_take(&sb);
}

static int parse_how_many(struct parser *p, u64 *n)
{
	u32 number = take(p, "one") ? 1 : take(p, "two") ? 2 : 0;

	*n = number;
	if (number)
		return 0;
	if (!word(p) || parse_number(word(p), &number))
		return wrong(p, word_or_end(p), _("give a whole number"));
	p->at++;
	*n = number;
	return 0;
}

/* between each two SET at least one SET */
static int parse_between(struct parser *p)
{
	if (!take(p, "each") || parse_how_many(p, &p->check->apart) || p->check->apart < 2)
		return wrong(p, word_or_end(p),
			     _("give it as in between each two read at least one write"));
	if (parse_set(p))
		return -1;
	if (!take(p, "at") || !take(p, "least"))
		return wrong(p, word_or_end(p), _("give at least, how many, and a call"));
	return parse_how_many(p, &p->check->value) ? -1 : parse_set(p);
}

static char *judge_between(const struct check *check, const struct group *group,
			   struct tally *tally)
{
	const struct outcomes *outer = seen_of(tally, 0);
	const struct outcomes *inner = seen_of(tally, 1);
	struct strbuf sb = { 0 };
	size_t i;

	for (i = 0; i + check->apart <= outer->n; i++) {
		const struct outcome *from = &outer->v[i];
		const struct outcome *to = &outer->v[i + check->apart - 1];
		u64 n = 0;
		size_t k;

		tally->judged++;
		for (k = 0; k < inner->n; k++)
			n += inner->v[k].start > from->start && inner->v[k].start < to->start;
		if (n >= check->value)
			continue;
		numbers_add(&tally->calls, from->no);
		numbers_add(&tally->calls, to->no);
		if (sb.len)
			continue;
		put_call(&sb, set_name(check, 0), from, group->began);
		strbuf_puts(&sb, " ... ");
		put_call(&sb, set_name(check, 0), to, group->began);
		strbuf_puts(&sb, ": ");
		strbuf_addf(&sb, _("%llu %s between them"), n, set_name(check, 1));
	}
	return sb.s;
}

/* time from SET to [next] SET < 10ms */
static int parse_time_from(struct parser *p)
{
	if (!take(p, "from"))
		return wrong(p, word_or_end(p),
			     _("give it as in time from SYN to next accept < 10ms"));
	if (parse_set(p))
		return -1;
	if (!take(p, "to"))
		return wrong(p, word_or_end(p), _("give to, and a call"));
	take(p, "next");
	return parse_set(p) ? -1 : parse_duration(p);
}

static char *judge_time_from(const struct check *check, const struct group *group,
			     struct tally *tally)
{
	const struct outcomes *from = seen_of(tally, 0);
	struct strbuf sb = { 0 };
	char time[NS_TEXT];
	size_t i;

	for (i = 0; i < from->n; i++) {
		const struct outcome *next = next_after(seen_of(tally, 1), &from->v[i]);

		tally->judged++;
		if (next && check_compare(check, next->start - from->v[i].start))
			continue;
		numbers_add(&tally->calls, from->v[i].no);
		if (sb.len)
			continue;
		put_call(&sb, set_name(check, 0), &from->v[i], group->began);
		strbuf_puts(&sb, ": ");
		if (next)
			strbuf_addf(&sb, _("%s until the next %s"),
				    format_ns(time, sizeof(time), next->start - from->v[i].start),
				    set_name(check, 1));
		else
			strbuf_addf(&sb, _("no %s behind it"), set_name(check, 1));
	}
	return sb.s;
}

const struct check_kind check_order = {
	.name = "order",
	.blocks = IN_TRACE,
	.parse = parse_order,
	.group = judge_order,
};

const struct check_kind check_first = {
	.name = "first",
	.blocks = IN_TRACE,
	.parse = parse_before,
	.group = judge_before,
};

const struct check_kind check_last = {
	.name = "last",
	.blocks = IN_TRACE,
	.parse = parse_before,
	.group = judge_before,
};

const struct check_kind check_between = {
	.name = "between",
	.blocks = IN_TRACE,
	.parse = parse_between,
	.group = judge_between,
};

const struct check_kind check_time_from = {
	.name = "time",
	.blocks = IN_TRACE,
	.parse = parse_time_from,
	.group = judge_time_from,
};

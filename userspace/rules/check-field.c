// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of a field of all calls together: its largest value, its smallest, their sum.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/callset.h"
#include "rules/check.h"
#include "words/field.h"

static void collect(const struct check *check, const struct call *call, struct tally *tally)
{
	const struct field *field = field_find(call->ev.kind, check->with->field);
	s64 value;

	if (!field || field->type != FIELD_INT)
		return;
	if (call->flags & CALL_OPEN && !strcmp(check->with->field, "ret"))
		return;
	value = field_value(field, &call->ev);
	tally->number = field;
	tally->kind = call->ev.kind;
	if (!tally->judged || value < tally->least)
		tally->least = value;
	if (!tally->judged || value > tally->most)
		tally->most = value;
	tally->sum += value;
	tally->judged++;
}

static s64 most(const struct tally *tally)
{
	return tally->most;
}

static s64 least(const struct tally *tally)
{
	return tally->least;
}

static s64 sum(const struct tally *tally)
{
	return tally->sum;
}

static char *judge(const struct check *check, const struct group *group, struct tally *tally)
{
	s64 value = check->kind->number(tally);
	s64 wanted = 0;

	(void)group;
	if (!tally->judged)
		return NULL;
	if (!field_parse(tally->number, tally->kind, check->with->text, &wanted) &&
	    compare_values(check->with->compare, value, wanted))
		return NULL;
	return xasprintf("%lld", value);
}

static int parse_number_field(struct parser *p)
{
	p->check->with = xcalloc(1, sizeof(*p->check->with));
	return parse_with(p, p->check->with);
}

const struct check_kind check_max = {
	.name = "max",
	.blocks = IN_CALLS,
	.parse = parse_number_field,
	.group = judge,
	.number = most,
	.collect_call = collect,
};

const struct check_kind check_min = {
	.name = "min",
	.blocks = IN_CALLS,
	.parse = parse_number_field,
	.group = judge,
	.number = least,
	.collect_call = collect,
};

const struct check_kind check_sum = {
	.name = "sum",
	.blocks = IN_CALLS,
	.parse = parse_number_field,
	.group = judge,
	.number = sum,
	.collect_call = collect,
};

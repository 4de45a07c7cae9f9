// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of calls: how many, what they returned; of each of them, a field, how long it
 * took, where it ran, and in which call.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/callset.h"
#include "rules/check.h"
#include "words/text.h"

static u64 count_calls(const struct group *group)
{
	return group->calls.n;
}

static char *judge_return(const struct check *check, const struct group *group, struct tally *tally)
{
	tally->judged++;
	return results_wrong(check, &group->calls);
}

static int parse_field(struct parser *p)
{
	p->check->with = xcalloc(1, sizeof(*p->check->with));
	return parse_with(p, p->check->with);
}

static char *judge_with(const struct check *check, const struct call *call)
{
	return with_holds(check->with, call) ? NULL : with_found(check->with, call);
}

static char *judge_call_time(const struct check *check, const struct call *call)
{
	char time[NS_TEXT];

	if (call->flags & CALL_OPEN)
		return xstrdup(_("has not returned"));
	if (check_compare(check, call_duration(call)))
		return NULL;
	return xasprintf(_("took %s"), format_ns(time, sizeof(time), call_duration(call)));
}

static int parse_within(struct parser *p)
{
	struct hop *hop = parse_hop(p);

	if (!hop)
		return -1;
	ptrs_add(&p->check->list, hop);
	return 0;
}

static char *judge_within(const struct check *check, const struct call *call)
{
	if (hop_around(check->list.v[0], call))
		return NULL;
	if (!call->parent)
		return xstrdup(_("in no other call"));
	return xasprintf(_("in %s"), call_name(call->parent));
}

static int parse_in_context(struct parser *p)
{
	return parse_context(p, &p->check->number);
}

static char *judge_context(const struct check *check, const struct call *call)
{
	if (call->ev.ctx == check->number)
		return NULL;
	return xasprintf(_("in context %c (%s)"), context_letter(call->ev.ctx),
			 context_text(call->ev.ctx));
}

static int parse_on_cpu(struct parser *p)
{
	return parse_cpu(p, &p->check->number);
}

static char *judge_cpu(const struct check *check, const struct call *call)
{
	if (call->ev.cpu == check->number)
		return NULL;
	return xasprintf(_("on CPU %u"), call->ev.cpu);
}

const struct check_kind check_count = {
	.name = "count",
	.blocks = IN_CALLS,
	.parse = parse_count,
	.count = count_calls,
};

const struct check_kind check_return = {
	.name = "return",
	.blocks = IN_CALLS,
	.parse = parse_results,
	.group = judge_return,
};

const struct check_kind check_with = {
	.name = "with",
	.blocks = IN_CALLS,
	.parse = parse_field,
	.call = judge_with,
};

const struct check_kind check_call_time = {
	.name = "time",
	.blocks = IN_CALLS,
	.parse = parse_duration,
	.call = judge_call_time,
};

const struct check_kind check_within = {
	.name = "within",
	.blocks = IN_CALLS,
	.parse = parse_within,
	.call = judge_within,
	.takes_hops = true,
};

const struct check_kind check_context = {
	.name = "context",
	.blocks = IN_CALLS,
	.parse = parse_in_context,
	.call = judge_context,
};

const struct check_kind check_cpu = {
	.name = "on",
	.blocks = IN_CALLS,
	.parse = parse_on_cpu,
	.call = judge_cpu,
};

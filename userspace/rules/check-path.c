// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of a packet's way: the functions that it passed, and whether the trace has it
 * to its end.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "model/path.h"
#include "rules/callset.h"
#include "rules/check.h"

static char *hop_text(const struct hop *hop)
{
	struct strbuf sb = { 0 };
	size_t i;

	for (i = 0; i < hop->names.n; i++)
		strbuf_addf(&sb, "%s%s", i ? "|" : "", (char *)hop->names.v[i]);
	return strbuf_take(&sb);
}

static char *path_wrong(const struct check *check, const struct ptrs *path)
{
	const struct hop *hop;
	size_t at = 0;
	char *before;
	char *reason;
	char *name;
	size_t i;

	for (i = 0; i < path->n && at < check->list.n; i++)
		at += hop_is(check->list.v[at], path->v[i]);
	if (at == check->list.n)
		return NULL;
	hop = check->list.v[at];
	name = hop_text(hop);
	for (i = 0; i < path->n; i++)
		if (hop_is(hop, path->v[i]))
			break;
	before = at ? hop_text(check->list.v[at - 1]) : xstrdup("");
	if (i == path->n)
		reason = xasprintf(_("never came to %s"), name);
	else
		reason = xasprintf(_("%s not after %s"), name, before);
	free(before);
	free(name);
	return reason;
}

static char *never_wrong(const struct check *check, const struct ptrs *path)
{
	size_t i;
	size_t n;

	for (i = 0; i < check->list.n; i++)
		for (n = 0; n < path->n; n++)
			if (hop_is(check->list.v[i], path->v[n]))
				return xasprintf(_("came through %s"), call_name(path->v[n]));
	return NULL;
}

static char *calls_wrong(const struct check *check, const struct ptrs *path)
{
	u64 n = 0;
	size_t i;

	for (i = 0; i < path->n; i++)
		n += hop_is(check->list.v[0], path->v[i]);
	return check_compare(check, n) ? NULL : xasprintf(_("%llu calls"), n);
}

static char *with_path(const struct judge *j,
		       char *(*wrong_in)(const struct check *check, const struct ptrs *path))
{
	struct ptrs path = { 0 };
	char *reason;

	packet_path(j->p, &path);
	reason = wrong_in(j->check, &path);
	ptrs_free(&path);
	return reason;
}

static char *judge_path(struct judge *j)
{
	return with_path(j, path_wrong);
}

static char *judge_never(struct judge *j)
{
	return with_path(j, never_wrong);
}

static char *judge_calls(struct judge *j)
{
	return with_path(j, calls_wrong);
}

/* An incomplete packet has failed before it comes here. */
static char *judge_complete(struct judge *j)
{
	(void)j;
	return NULL;
}

static int parse_calls(struct parser *p)
{
	if (parse_hops(p))
		return -1;
	if (p->check->list.n > 1)
		return wrong(p, p->text, _("count one function at a time"));
	return parse_count(p);
}

static int parse_nothing(struct parser *p)
{
	(void)p;
	return 0;
}

const struct check_kind check_path = {
	.name = "path",
	.parse = parse_hops,
	.packet = judge_path,
	.takes_hops = true,
};

const struct check_kind check_never = {
	.name = "never",
	.parse = parse_hops,
	.packet = judge_never,
	.takes_hops = true,
};

const struct check_kind check_calls = {
	.name = "calls",
	.parse = parse_calls,
	.packet = judge_calls,
	.takes_hops = true,
};

const struct check_kind check_complete = {
	.name = "complete",
	.parse = parse_nothing,
	.packet = judge_complete,
	.never_incomplete = true,
};

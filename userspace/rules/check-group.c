// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of the packets together: how many, what was read, what calls returned; and of
 * the block and the trace.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/check.h"
#include "words/text.h"

static u64 count_packets(const struct group *group)
{
	return group->packets;
}

static u64 count_data(const struct group *group)
{
	return group->data;
}

static u64 count_wakeups(const struct group *group)
{
	return group->wakeups;
}

static u64 count_reads(const struct group *group)
{
	return group->reads.n;
}

static u64 count_waits(const struct group *group)
{
	return group->waits.n;
}

static u64 count_bytes(const struct group *group)
{
	u64 n = 0;
	size_t i;

	for (i = 0; i < group->reads.n; i++)
		n += group->reads.v[i].ret > 0 ? group->reads.v[i].ret : 0;
	return n;
}

static u64 total_groups(const struct trial *trial, u64 lost)
{
	(void)lost;
	return trial->groups.n;
}

static u64 total_lost(const struct trial *trial, u64 lost)
{
	(void)trial;
	return lost;
}

/* Those that returned. */
static char *results_text(const struct outcomes *calls)
{
	struct strbuf sb = { 0 };
	size_t shown = 0;
	size_t i;
	size_t n;

	for (i = 0; i < calls->n && shown < MAX_RESULTS; i += n, shown++) {
		s64 ret = calls->v[i].ret;

		for (n = 1; i + n < calls->n && calls->v[i + n].ret == ret; n++)
			;
		strbuf_puts(&sb, i ? ", " : "");
		if (n > 1)
			strbuf_addf(&sb, "%zux ", n);
		if (ret < 0)
			strbuf_puts(&sb, errno_text(ret));
		else
			strbuf_addf(&sb, "%lld", ret);
	}
	if (i < calls->n)
		strbuf_puts(&sb, ", ...");
	if (!calls->n)
		strbuf_puts(&sb, _("nothing"));
	return strbuf_take(&sb);
}

static bool result_fits(const struct result *result, s64 ret)
{
	if (result->error)
		return ret < 0 && !strcmp(errno_text(ret), result->error);
	return ret == result->value;
}

/**
 * results_wrong - what calls returned instead
 * @check: with a list of results
 * @calls: calls, in order
 *
 * Return: NULL if they returned what they should.
 */
char *results_wrong(const struct check *check, const struct outcomes *calls)
{
	struct outcomes done = { .v = xcalloc(calls->n, sizeof(*done.v)) };
	size_t at = 0;
	bool fits = true;
	char *reason = NULL;
	char *text;
	size_t i;
	u32 n;

	for (i = 0; i < calls->n; i++)
		if (!calls->v[i].open)
			done.v[done.n++] = calls->v[i];
	for (i = 0; fits && i < check->list.n; i++) {
		const struct result *result = check->list.v[i];

		for (n = 0; fits && n < result->times; n++, at++)
			fits = at < done.n && result_fits(result, done.v[at].ret);
	}
	if (!fits || (at < done.n && !check->open_end)) {
		text = results_text(&done);
		reason = xasprintf(_("returned %s"), text);
		free(text);
	}
	free(done.v);
	return reason;
}

static char *judge_reads(const struct check *check, const struct group *group, struct tally *tally)
{
	tally->judged++;
	return results_wrong(check, &group->reads);
}

static char *judge_waits(const struct check *check, const struct group *group, struct tally *tally)
{
	tally->judged++;
	return results_wrong(check, &group->waits);
}

static const struct check_kind reads_return = {
	.name = "reads",
	.group = judge_reads,
	.counts_calls = true,
	.lists_packets = true,
};

static const struct check_kind waits_return = {
	.name = "waits",
	.group = judge_waits,
	.counts_calls = true,
};

static int parse_reads(struct parser *p)
{
	if (!take(p, "return"))
		return parse_count(p);
	p->check->kind = &reads_return;
	return parse_results(p);
}

static int parse_waits(struct parser *p)
{
	if (!take(p, "return"))
		return parse_count(p);
	p->check->kind = &waits_return;
	return parse_results(p);
}

static int parse_groups(struct parser *p, enum block_subject subject)
{
	if (p->block->subject != subject)
		return wrong(p, p->words[0], _("counted in a block that is about them"));
	return parse_count(p);
}

static int parse_flows(struct parser *p)
{
	return parse_groups(p, ABOUT_FLOWS);
}

static int parse_connections(struct parser *p)
{
	return parse_groups(p, ABOUT_BOTH_WAYS);
}

static int parse_tasks(struct parser *p)
{
	return parse_groups(p, ABOUT_TASKS);
}

const struct check_kind check_packets = {
	.name = "packets",
	.parse = parse_count,
	.count = count_packets,
	.lists_packets = true,
};

const struct check_kind check_data = {
	.name = "data",
	.parse = parse_count,
	.count = count_data,
};

const struct check_kind check_wakeups = {
	.name = "wakeups",
	.parse = parse_count,
	.count = count_wakeups,
	.lists_packets = true,
	.lists_woken = true,
};

const struct check_kind check_reads = {
	.name = "reads",
	.parse = parse_reads,
	.count = count_reads,
	.counts_calls = true,
	.lists_packets = true,
};

const struct check_kind check_bytes = {
	.name = "bytes",
	.parse = parse_count,
	.count = count_bytes,
	.counts_calls = true,
};

const struct check_kind check_waits = {
	.name = "waits",
	.parse = parse_waits,
	.count = count_waits,
	.counts_calls = true,
};

const struct check_kind check_flows = {
	.name = "flows",
	.parse = parse_flows,
	.total = total_groups,
};

const struct check_kind check_tasks = {
	.name = "tasks",
	.parse = parse_tasks,
	.total = total_groups,
};

const struct check_kind check_connections = {
	.name = "connections",
	.parse = parse_connections,
	.total = total_groups,
};

const struct check_kind check_lost = {
	.name = "lost",
	.blocks = ~0U,
	.parse = parse_count,
	.total = total_lost,
};

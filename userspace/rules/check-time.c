// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of a packet's times: of each, or a percentile of all.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "rules/check.h"

/* How long the part that a check is about took; false where the packet has no such part. */
static bool time_of(const struct check *check, const struct packet *p, u64 *ns)
{
	struct stages stages;
	unsigned int i;

	stages_find(p, &stages);
	for (i = 0; check->stage >= 0 && i < stages.n; i++) {
		if ((int)stages.list[i].id != check->stage)
			continue;
		*ns = stages.list[i].end - stages.list[i].start;
		return true;
	}
	if (check->stage >= 0 || !stages.at[check->from] || !stages.at[check->to])
		return false;
	*ns = stages.at[check->to] - stages.at[check->from];
	return true;
}

static char *judge_time(struct judge *j)
{
	char time[NS_TEXT];
	u64 ns;

	j->applies = time_of(j->check, j->p, &ns);
	if (!j->applies || check_compare(j->check, ns))
		return NULL;
	return xasprintf(_("took %s"), format_ns(time, sizeof(time), ns));
}

static void add_time(struct tally *tally, u64 ns)
{
	if (tally->nr_times == tally->room) {
		tally->room = tally->room ? tally->room * 2 : 64;
		tally->times = xrealloc(tally->times, tally->room, sizeof(*tally->times));
	}
	tally->times[tally->nr_times++] = ns;
}

static void collect_time(const struct check *check, const struct packet *p, struct tally *tally)
{
	u64 ns;

	if (time_of(check, p, &ns))
		add_time(tally, ns);
}

static int compare_times(const void *x, const void *y)
{
	u64 a = *(const u64 *)x;
	u64 b = *(const u64 *)y;

	return a < b ? -1 : a > b;
}

/* The nearest rank: the smallest time that so many of a hundred do not exceed. */
static char *judge_percentile(const struct check *check, const struct group *group,
			      struct tally *tally)
{
	size_t n = tally->nr_times;
	char time[NS_TEXT];
	size_t rank;

	(void)group;
	tally->judged += n;
	if (!n)
		return NULL;
	qsort(tally->times, n, sizeof(*tally->times), compare_times);
	rank = (n * check->percentile + 99) / 100;
	if (check_compare(check, tally->times[rank - 1]))
		return NULL;
	format_ns(time, sizeof(time), tally->times[rank - 1]);
	return xasprintf(_("p%u of %zu packets: %s"), check->percentile, n, time);
}

static const struct check_kind time_percentile = {
	.name = "time",
	.group = judge_percentile,
	.collect = collect_time,
};

static int parse_stage(struct parser *p)
{
	struct check *check = p->check;
	const char *name = word(p);
	const char *dash;
	int from;
	int to;

	check->stage = stage_find(name);
	if (check->stage >= 0) {
		p->at++;
		return 0;
	}
	dash = strchr(name, '-');
	from = dash ? moment_find(name, dash - name) : -1;
	to = dash ? moment_find(dash + 1, strlen(dash + 1)) : -1;
	if (from < 0 || to < 0)
		return wrong(p, name, _("no stage of 'rxpath stats', nor moments as in irq-done"));
	if (from >= to)
		return wrong(p, name, _("the first moment is not before the second"));
	check->from = from;
	check->to = to;
	p->at++;
	return 0;
}

static int parse_part(struct parser *p)
{
	struct check *check = p->check;
	u32 percentile;

	check->stage = -1;
	check->from = AT_IRQ;
	check->to = AT_DONE;
	if (word(p) && !is_operator(word(p)) && !(*word(p) == 'p' && word(p)[1] <= '9') &&
	    parse_stage(p))
		return -1;
	if (word(p) && *word(p) == 'p') {
		if (parse_number(word(p) + 1, &percentile) || percentile > 100)
			return wrong(p, word(p), _("give a percentile from p1 to p100"));
		check->kind = &time_percentile;
		check->percentile = percentile;
		p->at++;
	}
	return parse_duration(p);
}

const struct check_kind check_time = {
	.name = "time",
	.parse = parse_part,
	.packet = judge_time,
};

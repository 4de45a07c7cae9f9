// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of when packets, or calls, came: the gaps between them, and how many came at once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "rules/check.h"

/* A timer of the kernel is late by up to two ticks of 4 ms. */
#define TIMER_NS (8 * NSEC_PER_MSEC)
#define PERCENT	 10
#define MAX_GAPS 16

static void add_time(struct check *check, u64 ns)
{
	u64 *time = xcalloc(1, sizeof(*time));

	*time = ns;
	ptrs_add(&check->times, time);
}

/* gaps 1s, 2s, 4s [within 10%] */
static int parse_gaps(struct parser *p)
{
	u64 ns;
	char *end;

	do {
		if (parse_time(p, &ns))
			return -1;
		add_time(p->check, ns);
	} while (take(p, ","));
	p->check->percent = PERCENT;
	if (!take(p, "within"))
		return 0;
	p->check->percent = word(p) ? strtoul(word(p), &end, 10) : 0;
	if (!word(p) || end == word(p) || strcmp(end, "%") || p->check->percent > 100)
		return wrong(p, word_or_end(p), _("give percent, as in within 10%"));
	p->at++;
	return 0;
}

static int compare_u64(const void *x, const void *y)
{
	u64 a = *(const u64 *)x;
	u64 b = *(const u64 *)y;

	return a < b ? -1 : a > b;
}

/* When they came, in order; to be freed. */
static u64 *times_of(const struct group *group)
{
	u64 *times = xcalloc(group->calls.n + 1, sizeof(*times));
	size_t i;

	for (i = 0; i < group->calls.n; i++)
		times[i] = group->calls.v[i].start;
	qsort(times, group->calls.n, sizeof(*times), compare_u64);
	return times;
}

static bool gap_fits(const struct check *check, u64 wanted, u64 gap)
{
	u64 off = gap > wanted ? gap - wanted : wanted - gap;
	u64 may = wanted / 100 * check->percent;

	return off <= (may > TIMER_NS ? may : TIMER_NS);
}

static char *gaps_text(const u64 *times, size_t n)
{
	struct strbuf sb = { 0 };
	char time[NS_TEXT];
	size_t i;

	for (i = 1; i < n && i <= MAX_GAPS; i++)
		strbuf_addf(&sb, "%s%s", i > 1 ? ", " : "",
			    format_ns(time, sizeof(time), times[i] - times[i - 1]));
	if (i < n)
		strbuf_puts(&sb, ", ...");
	if (n < 2)
		strbuf_puts(&sb, _("no gap"));
	return strbuf_take(&sb);
}

static char *judge_gaps(const struct check *check, const struct group *group, struct tally *tally)
{
	u64 *times = times_of(group);
	size_t n = group->calls.n;
	bool fits = n == check->times.n + 1;
	char *reason = NULL;
	size_t i;

	tally->judged++;
	for (i = 0; fits && i < check->times.n; i++)
		fits = gap_fits(check, *(const u64 *)check->times.v[i], times[i + 1] - times[i]);
	if (!fits)
		reason = gaps_text(times, n);
	free(times);
	return reason;
}

/* bursts 10, 20, 40 parted by 50ms */
static int parse_bursts(struct parser *p)
{
	u32 n;

	do {
		if (!word(p) || parse_number(word(p), &n))
			return wrong(p, word_or_end(p), _("give a whole number"));
		p->at++;
		add_time(p->check, n);
	} while (take(p, ","));
	if (!take(p, "parted") || !take(p, "by"))
		return wrong(p, word_or_end(p), _("give parted by, and a time"));
	return parse_time(p, &p->check->apart);
}

static char *judge_bursts(const struct check *check, const struct group *group, struct tally *tally)
{
	u64 *times = times_of(group);
	struct strbuf sb = { 0 };
	bool fits = true;
	size_t bursts = 0;
	size_t first = 0;
	size_t i;

	tally->judged++;
	for (i = 1; i <= group->calls.n; i++) {
		if (i < group->calls.n && times[i] - times[i - 1] < check->apart)
			continue;
		fits = fits && bursts < check->times.n &&
		       *(const u64 *)check->times.v[bursts] == i - first;
		strbuf_addf(&sb, "%s%zu", bursts ? ", " : "", i - first);
		first = i;
		bursts++;
	}
	free(times);
	if (!bursts)
		strbuf_puts(&sb, "0");
	if (!fits || bursts != check->times.n)
		return strbuf_take(&sb);
	strbuf_free(&sb);
	return NULL;
}

const struct check_kind check_gaps = {
	.name = "gaps",
	.blocks = IN_PACKETS | IN_CALLS,
	.parse = parse_gaps,
	.group = judge_gaps,
	.counts_times = true,
	.lists_packets = true,
};

const struct check_kind check_bursts = {
	.name = "bursts",
	.blocks = IN_PACKETS | IN_CALLS,
	.parse = parse_bursts,
	.group = judge_bursts,
	.counts_times = true,
	.lists_packets = true,
};

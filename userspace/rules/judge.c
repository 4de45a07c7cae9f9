// SPDX-License-Identifier: GPL-2.0
/*
 * Judging one check: of each packet, or of the packets of each group together.
 * What fails is told with the way of the packet, so that one sees why.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "model/path.h"
#include "rules/assert.h"
#include "words/text.h"

#define COLUMNS 96

struct judge {
	const struct model *m;
	const struct block *block;
	const struct check *check;
	struct tally *tally;
};

static void note_lines(struct strbuf *notes, const char *indent, const char *text)
{
	char *copy = xstrdup(text);
	char *rest = copy;
	char *line;

	while ((line = strsep(&rest, "\n")))
		strbuf_addf(notes, "%s%s\n", indent, line);
	free(copy);
}

/* Where what fails is @p, with the way that it took. */
static void offend(struct tally *tally, const char *title, const char *reason,
		   const struct packet *p)
{
	struct strbuf notes = { 0 };
	struct ptrs path = { 0 };
	char *text;

	if (++tally->offenders > MAX_SHOWN)
		return;
	if (title)
		note_lines(&notes, "", title);
	note_lines(&notes, title ? "  " : "", reason);
	if (p) {
		packet_path(p, &path);
		text = path_text(&path, COLUMNS);
		note_lines(&notes, "    ", text);
		free(text);
		ptrs_free(&path);
	}
	tally->shown[tally->offenders - 1] = strbuf_take(&notes);
}

static bool task_is(const struct model *m, const char *wanted, u32 pid, const char *comm)
{
	const struct task *task = model_task(m, pid);
	u32 number;

	if (!wanted)
		return true;
	if (!parse_number(wanted, &number))
		return number == pid;
	/* The kernel cuts a name off after 15 characters. */
	return (comm && !strncmp(comm, wanted, COMM_LEN - 1)) ||
	       (task && !strncmp(task->comm, wanted, COMM_LEN - 1));
}

static bool hop_is(const struct hop *hop, const struct call *call)
{
	size_t i;

	for (i = 0; i < hop->names.n; i++)
		if (path_is(call, hop->names.v[i]))
			return true;
	return false;
}

static char *hop_text(const struct hop *hop)
{
	struct strbuf sb = { 0 };
	size_t i;

	for (i = 0; i < hop->names.n; i++)
		strbuf_addf(&sb, "%s%s", i ? "|" : "", (char *)hop->names.v[i]);
	return strbuf_take(&sb);
}

static char *judge_path(const struct check *check, const struct ptrs *path)
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

static char *judge_never(const struct check *check, const struct ptrs *path)
{
	size_t i;
	size_t n;

	for (i = 0; i < check->list.n; i++)
		for (n = 0; n < path->n; n++)
			if (hop_is(check->list.v[i], path->v[n]))
				return xasprintf(_("came through %s"), call_name(path->v[n]));
	return NULL;
}

static char *judge_calls(const struct check *check, const struct ptrs *path)
{
	u64 n = 0;
	size_t i;

	for (i = 0; i < path->n; i++)
		n += hop_is(check->list.v[0], path->v[i]);
	return check_compare(check, n) ? NULL : xasprintf(_("%llu calls"), n);
}

/**
 * packet_woken - whom a packet woke
 * @m: model
 * @p: packet
 *
 * Return: the tasks' names, to be freed.
 */
char *packet_woken(const struct model *m, const struct packet *p)
{
	struct strbuf woken = { 0 };
	size_t i;

	for (i = 0; i < packet_end_of(p)->links.wakes.n; i++) {
		const struct wake *wake = packet_end_of(p)->links.wakes.v[i];

		if (!wake->waking)
			continue;
		strbuf_puts(&woken, woken.len ? ", " : "");
		task_text(&woken, m, wake->waking->ev.a.waking.pid);
	}
	if (!woken.len)
		strbuf_puts(&woken, _("nobody"));
	return strbuf_take(&woken);
}

static char *judge_wakes(const struct judge *j, const struct packet *p)
{
	u64 n = 0;
	char *woken;
	char *reason;
	size_t i;

	for (i = 0; i < packet_end_of(p)->links.wakes.n; i++) {
		const struct wake *wake = packet_end_of(p)->links.wakes.v[i];

		n += wake->waking && task_is(j->m, j->check->task, wake->waking->ev.a.waking.pid,
					     wake->waking->ev.a.waking.comm);
	}
	if (check_compare(j->check, n))
		return NULL;
	woken = packet_woken(j->m, p);
	reason = xasprintf(_("wakes %s"), woken);
	free(woken);
	return reason;
}

static char *judge_reader(const struct judge *j, const struct packet *p)
{
	const struct call *read = packet_end_of(p)->links.read;
	struct strbuf sb = { 0 };
	char *reason;

	if (!read)
		return xstrdup(_("not read"));
	if (task_is(j->m, j->check->task, read->ev.pid, NULL))
		return NULL;
	task_text(&sb, j->m, read->ev.pid);
	reason = xasprintf(_("read by %s"), sb.s);
	strbuf_free(&sb);
	return reason;
}

static char *judge_read(const struct check *check, const struct packet *p)
{
	const struct call *read = packet_end_of(p)->links.read;

	if (!read)
		return xstrdup(_("not read"));
	if (read->ev.ret >= 0 && check_compare(check, read->ev.ret))
		return NULL;
	return xasprintf(_("its read returned %lld bytes"), read->ev.ret);
}

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

static char *judge_time(const struct check *check, u64 ns)
{
	char time[NS_TEXT];

	if (check_compare(check, ns))
		return NULL;
	return xasprintf(_("took %s"), format_ns(time, sizeof(time), ns));
}

static void judge_packet(struct judge *j, const struct packet *p)
{
	const struct check *check = j->check;
	struct strbuf title = { 0 };
	struct ptrs path = { 0 };
	char *reason = NULL;
	char *verdict;
	u64 ns;

	if (!p->verdict.complete &&
	    (j->block->incomplete == INCOMPLETE_FAIL || check->type == CHECK_COMPLETE)) {
		j->tally->judged++;
		verdict = packet_verdict(p);
		reason = xasprintf(_("incomplete: %s"), verdict);
		free(verdict);
	} else if (check->type == CHECK_TIME) {
		if (!time_of(check, p, &ns))
			return;
		j->tally->judged++;
		reason = judge_time(check, ns);
	} else {
		j->tally->judged++;
		if (check->list.n)
			packet_path(p, &path);
		if (check->type == CHECK_PATH)
			reason = judge_path(check, &path);
		else if (check->type == CHECK_NEVER)
			reason = judge_never(check, &path);
		else if (check->type == CHECK_CALLS)
			reason = judge_calls(check, &path);
		else if (check->type == CHECK_WAKES)
			reason = judge_wakes(j, p);
		else if (check->type == CHECK_READER)
			reason = judge_reader(j, p);
		else if (check->type == CHECK_READ)
			reason = judge_read(check, p);
		ptrs_free(&path);
	}
	if (!reason)
		return;
	packet_title(&title, p);
	offend(j->tally, title.s, reason, p);
	strbuf_free(&title);
	free(reason);
}

static void add_time(struct tally *tally, u64 ns)
{
	if (tally->nr_times == tally->room) {
		tally->room = tally->room ? tally->room * 2 : 64;
		tally->times = xrealloc(tally->times, tally->room, sizeof(*tally->times));
	}
	tally->times[tally->nr_times++] = ns;
}

/**
 * check_packet - let a check look at a packet
 * @m: model
 * @block: the check's block
 * @check: check
 * @p: packet that the block has chosen, judged
 * @tally: what the check has found so far
 */
void check_packet(const struct model *m, const struct block *block, const struct check *check,
		  const struct packet *p, struct tally *tally)
{
	struct judge j = { .m = m, .block = block, .check = check, .tally = tally };
	u64 ns;

	if (check->type <= CHECK_READ)
		judge_packet(&j, p);
	else if (check->type == CHECK_PERCENTILE && time_of(check, p, &ns))
		add_time(tally, ns);
}

static int compare_times(const void *x, const void *y)
{
	u64 a = *(const u64 *)x;
	u64 b = *(const u64 *)y;

	return a < b ? -1 : a > b;
}

/* The nearest rank: the smallest time that so many of a hundred do not exceed. */
static char *judge_percentile(const struct check *check, struct tally *tally)
{
	size_t n = tally->nr_times;
	char time[NS_TEXT];
	size_t rank;

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

static u64 count_of(const struct check *check, const struct group *group)
{
	u64 n = 0;
	size_t i;

	switch (check->type) {
	case CHECK_PACKETS:
		return group->packets;
	case CHECK_DATA:
		return group->data;
	case CHECK_WAKEUPS:
		return group->wakeups;
	case CHECK_READS:
		return group->reads.n;
	case CHECK_WAITS:
		return group->waits.n;
	default:
		for (i = 0; i < group->reads.n; i++)
			n += group->reads.v[i].ret > 0 ? group->reads.v[i].ret : 0;
		return n;
	}
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

static char *judge_results(const struct check *check, const struct outcomes *calls)
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

/* Which packets a wrong number comes from: what each of them did. */
static void note_packets(const struct check *check, const struct group *group, struct strbuf *notes)
{
	size_t i;

	if (check->type != CHECK_WAKEUPS && check->type != CHECK_PACKETS &&
	    check->type != CHECK_READS && check->type != CHECK_READS_RETURN)
		return;
	for (i = 0; i < group->titles.n; i++) {
		struct strbuf line = { 0 };

		strbuf_puts(&line, group->titles.v[i]);
		if (check->type == CHECK_WAKEUPS) {
			strbuf_puts(&line, ": ");
			strbuf_addf(&line, _("wakes %s"), (char *)group->woken.v[i]);
		}
		note_lines(notes, "    ", line.s);
		strbuf_free(&line);
	}
	if (i < group->packets)
		strbuf_addf(notes, _("    and %llu more\n"), group->packets - i);
}

/* A check of the packets together; those of each packet have been judged by now. */
static void judge_group(const struct check *check, const struct group *group, struct tally *tally)
{
	struct strbuf notes = { 0 };
	char *reason;
	u64 n;

	switch (check->type) {
	case CHECK_PATH ... CHECK_READ:
		return;
	case CHECK_PERCENTILE:
		reason = judge_percentile(check, tally);
		break;
	case CHECK_READS_RETURN:
		tally->judged++;
		reason = judge_results(check, &group->reads);
		break;
	case CHECK_WAITS_RETURN:
		tally->judged++;
		reason = judge_results(check, &group->waits);
		break;
	default:
		tally->judged++;
		n = count_of(check, group);
		reason = check_compare(check, n) ? NULL : xasprintf("%llu", n);
	}
	if (!reason)
		return;
	offend(tally, group->title, reason, NULL);
	strbuf_puts(&notes, tally->shown[0]);
	free(tally->shown[0]);
	note_packets(check, group, &notes);
	tally->shown[0] = strbuf_take(&notes);
	free(reason);
}

static void take_over(struct finding *v, const struct tally *tally)
{
	unsigned int i;

	for (i = 0; i < MAX_SHOWN && tally->shown[i]; i++)
		if (v->offenders + i < MAX_SHOWN)
			strbuf_puts(&v->notes, tally->shown[i]);
	v->offenders += tally->offenders;
	v->failed |= tally->offenders;
}

static void judge_number(const struct check *check, u64 n, struct tally *tally)
{
	char *reason;

	tally->judged++;
	if (check_compare(check, n))
		return;
	reason = xasprintf("%llu", n);
	offend(tally, NULL, reason, NULL);
	free(reason);
}

/* Nothing that fails because nothing was looked at may pass. */
static void judge_nothing(const struct ptrs *groups, struct tally *tally)
{
	const struct group *group = groups->n ? groups->v[0] : NULL;

	if (group && group->packets)
		offend(tally, NULL, _("no packet has this stage"), NULL);
	else
		offend(tally, NULL, _("no packet was chosen: nothing was checked"), NULL);
}

/**
 * check_judge - does a check hold
 * @trial: the check's block, finished
 * @nr: its place in the block
 * @lost: events that the trace has lost
 * @v: result
 */
void check_judge(const struct trial *trial, size_t nr, u64 lost, struct finding *v)
{
	const struct check *check = trial->block->checks.v[nr];
	struct tally own = { 0 };
	size_t i;

	if (check->type == CHECK_GROUPS)
		judge_number(check, trial->groups.n, &own);
	else if (check->type == CHECK_LOST)
		judge_number(check, lost, &own);
	else
		for (i = 0; i < trial->groups.n; i++) {
			struct group *group = trial->groups.v[i];

			judge_group(check, group, &group->tallies[nr]);
			take_over(v, &group->tallies[nr]);
			own.judged += group->tallies[nr].judged;
		}
	if (!own.judged)
		judge_nothing(&trial->groups, &own);
	take_over(v, &own);
	for (i = 0; i < MAX_SHOWN; i++)
		free(own.shown[i]);
	if (v->offenders > MAX_SHOWN)
		strbuf_addf(&v->notes, _("and %u more\n"), v->offenders - MAX_SHOWN);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Judging one check: of each packet, or of the packets of each group together.
 * What fails is told with the way of the packet, so that one sees why.
 */
#include <stdlib.h>
#include <string.h>

#include "assert.h"
#include "cmd.h"
#include "lang.h"
#include "path.h"
#include "text.h"

/* Offenders that are shown; of more there is the number. */
#define MAX_SHOWN   3
#define MAX_RESULTS 24
#define COLUMNS	    96

struct judge {
	const struct model *m;
	const struct block *block;
	const struct check *check;
	struct verdict *v;
	unsigned int judged; /* packets that the check applies to */
};

static const struct packet *end_of(const struct packet *p)
{
	return p->join == JOIN_GRO && p->into ? p->into : p;
}

static void note_lines(struct verdict *v, const char *indent, const char *text)
{
	char *copy = xstrdup(text);
	char *rest = copy;
	char *line;

	while ((line = strsep(&rest, "\n")))
		strbuf_addf(&v->notes, "%s%s\n", indent, line);
	free(copy);
}

static void offend(struct judge *j, const char *title, const char *reason, const struct packet *p)
{
	struct ptrs path = { 0 };
	char *text;

	j->v->failed = true;
	if (++j->v->offenders > MAX_SHOWN)
		return;
	if (title)
		note_lines(j->v, "", title);
	note_lines(j->v, title ? "  " : "", reason);
	if (!p)
		return;
	packet_path(p, &path);
	text = path_text(&path, COLUMNS);
	note_lines(j->v, "    ", text);
	free(text);
	ptrs_free(&path);
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

static char *judge_wakes(const struct judge *j, const struct packet *p)
{
	struct strbuf woken = { 0 };
	u64 n = 0;
	char *reason;
	size_t i;

	for (i = 0; i < end_of(p)->wakes.n; i++) {
		const struct wake *wake = end_of(p)->wakes.v[i];

		if (!wake->waking)
			continue;
		strbuf_puts(&woken, woken.len ? ", " : "");
		task_text(&woken, j->m, wake->waking->ev.a.waking.pid);
		n += task_is(j->m, j->check->task, wake->waking->ev.a.waking.pid,
			     wake->waking->ev.a.waking.comm);
	}
	if (check_compare(j->check, n))
		reason = NULL;
	else
		reason = xasprintf(_("wakes %s"), woken.len ? woken.s : _("nobody"));
	strbuf_free(&woken);
	return reason;
}

static char *judge_reader(const struct judge *j, const struct packet *p)
{
	const struct call *read = end_of(p)->read;
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
	const struct call *read = end_of(p)->read;

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
	u64 ns;

	if (!p->complete &&
	    (j->block->incomplete == INCOMPLETE_FAIL || check->type == CHECK_COMPLETE)) {
		j->judged++;
		reason = xasprintf(_("incomplete: %s"), p->verdict);
	} else if (check->type == CHECK_TIME) {
		if (!time_of(check, p, &ns))
			return;
		j->judged++;
		reason = judge_time(check, ns);
	} else {
		j->judged++;
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
	offend(j, title.s, reason, p);
	strbuf_free(&title);
	free(reason);
}

static int compare_times(const void *x, const void *y)
{
	u64 a = *(const u64 *)x;
	u64 b = *(const u64 *)y;

	return a < b ? -1 : a > b;
}

/* The nearest rank: the smallest time that so many of a hundred do not exceed. */
static char *judge_percentile(struct judge *j, const struct group *group)
{
	const struct check *check = j->check;
	u64 *times = xcalloc(group->packets.n, sizeof(*times));
	char time[NS_TEXT];
	char *reason = NULL;
	size_t rank;
	size_t n = 0;
	size_t i;

	for (i = 0; i < group->packets.n; i++)
		n += time_of(check, group->packets.v[i], &times[n]);
	j->judged += n;
	if (n) {
		qsort(times, n, sizeof(*times), compare_times);
		rank = (n * check->percentile + 99) / 100;
		format_ns(time, sizeof(time), times[rank - 1]);
		if (!check_compare(check, times[rank - 1]))
			reason = xasprintf(_("p%u of %zu packets: %s"), check->percentile, n, time);
	}
	free(times);
	return reason;
}

static u64 count_of(const struct judge *j, const struct group *group)
{
	u64 n = 0;
	size_t i;
	size_t w;

	switch (j->check->type) {
	case CHECK_PACKETS:
		return group->packets.n;
	case CHECK_READS:
		return group->reads.n;
	case CHECK_WAITS:
		return group->waits.n;
	case CHECK_BYTES:
		for (i = 0; i < group->reads.n; i++) {
			const struct call *read = group->reads.v[i];

			n += read->ev.ret > 0 ? read->ev.ret : 0;
		}
		return n;
	default:
		break;
	}
	for (i = 0; i < group->packets.n; i++) {
		const struct packet *p = group->packets.v[i];

		/* Of a frame that GRO joined to another, both are that one's. */
		if (j->check->type == CHECK_DATA)
			n += p->payload;
		for (w = 0; j->check->type == CHECK_WAKEUPS && w < p->wakes.n; w++) {
			const struct wake *wake = p->wakes.v[w];

			n += wake->waking &&
			     (!group->pid || wake->waking->ev.a.waking.pid == group->pid);
		}
	}
	return n;
}

static char *results_text(const struct ptrs *calls)
{
	struct strbuf sb = { 0 };
	size_t shown = 0;
	size_t i;
	size_t n;

	for (i = 0; i < calls->n && shown < MAX_RESULTS; i += n, shown++) {
		const struct call *call = calls->v[i];

		for (n = 1; i + n < calls->n; n++) {
			const struct call *next = calls->v[i + n];

			if (next->ev.ret != call->ev.ret)
				break;
		}
		strbuf_puts(&sb, i ? ", " : "");
		if (n > 1)
			strbuf_addf(&sb, "%zux ", n);
		if (call->ev.ret < 0)
			strbuf_puts(&sb, errno_text(call->ev.ret));
		else
			strbuf_addf(&sb, "%lld", call->ev.ret);
	}
	if (i < calls->n)
		strbuf_puts(&sb, ", ...");
	if (!calls->n)
		strbuf_puts(&sb, _("nothing"));
	return strbuf_take(&sb);
}

static bool result_fits(const struct result *result, const struct call *call)
{
	if (result->error)
		return call->ev.ret < 0 && !strcmp(errno_text(call->ev.ret), result->error);
	return call->ev.ret == result->value;
}

static char *judge_results(const struct judge *j, const struct ptrs *calls)
{
	struct ptrs done = { 0 };
	size_t at = 0;
	bool fits = true;
	char *reason = NULL;
	char *text;
	size_t i;
	u32 n;

	for (i = 0; i < calls->n; i++) {
		const struct call *call = calls->v[i];

		if (!(call->flags & CALL_OPEN))
			ptrs_add(&done, calls->v[i]);
	}
	for (i = 0; fits && i < j->check->list.n; i++) {
		const struct result *result = j->check->list.v[i];

		for (n = 0; fits && n < result->times; n++, at++)
			fits = at < done.n && result_fits(result, done.v[at]);
	}
	if (!fits || (at < done.n && !j->check->open_end)) {
		text = results_text(&done);
		reason = xasprintf(_("returned %s"), text);
		free(text);
	}
	ptrs_free(&done);
	return reason;
}

/* Which packets a wrong number comes from: what each of them did. */
static void note_packets(struct judge *j, const struct group *group)
{
	size_t i;

	if (j->check->type != CHECK_WAKEUPS && j->check->type != CHECK_PACKETS &&
	    j->check->type != CHECK_READS && j->check->type != CHECK_READS_RETURN)
		return;
	for (i = 0; i < group->packets.n && i < MAX_RESULTS; i++) {
		struct strbuf title = { 0 };
		char *woken;

		packet_title(&title, group->packets.v[i]);
		if (j->check->type == CHECK_WAKEUPS) {
			const struct check none = { .compare = IS_LESS };
			const struct judge ask = { .m = j->m, .check = &none };

			woken = judge_wakes(&ask, group->packets.v[i]);
			strbuf_addf(&title, ": %s", woken);
			free(woken);
		}
		note_lines(j->v, "    ", title.s);
		strbuf_free(&title);
	}
	if (i < group->packets.n)
		strbuf_addf(&j->v->notes, _("    and %zu more\n"), group->packets.n - i);
}

static void judge_group(struct judge *j, const struct group *group)
{
	char *reason = NULL;
	size_t i;
	u64 n;

	switch (j->check->type) {
	case CHECK_PATH ... CHECK_READ:
		for (i = 0; i < group->packets.n; i++)
			judge_packet(j, group->packets.v[i]);
		return;
	case CHECK_PERCENTILE:
		reason = judge_percentile(j, group);
		break;
	case CHECK_READS_RETURN:
		j->judged++;
		reason = judge_results(j, &group->reads);
		break;
	case CHECK_WAITS_RETURN:
		j->judged++;
		reason = judge_results(j, &group->waits);
		break;
	default:
		j->judged++;
		n = count_of(j, group);
		if (!check_compare(j->check, n))
			reason = xasprintf("%llu", n);
	}
	if (!reason)
		return;
	offend(j, group->title, reason, NULL);
	if (j->v->offenders <= MAX_SHOWN)
		note_packets(j, group);
	free(reason);
}

static void judge_number(struct judge *j, u64 n)
{
	char *reason;

	j->judged++;
	if (check_compare(j->check, n))
		return;
	reason = xasprintf("%llu", n);
	offend(j, NULL, reason, NULL);
	free(reason);
}

/* Nothing that fails because nothing was looked at may pass. */
static void judge_nothing(struct judge *j, const struct ptrs *groups)
{
	const struct group *group = groups->n ? groups->v[0] : NULL;

	if (group && group->packets.n)
		offend(j, NULL, _("no packet has this stage"), NULL);
	else
		offend(j, NULL, _("no packet was chosen: nothing was checked"), NULL);
}

/**
 * check_judge - does a check hold
 * @m: model
 * @block: its block
 * @check: check
 * @groups: of groups_find()
 * @v: result
 */
void check_judge(const struct model *m, const struct block *block, const struct check *check,
		 const struct ptrs *groups, struct verdict *v)
{
	struct judge j = { .m = m, .block = block, .check = check, .v = v };
	size_t i;

	if (check->type == CHECK_GROUPS)
		judge_number(&j, groups->n);
	else if (check->type == CHECK_LOST)
		judge_number(&j, m->calls.lost > m->losses.n ? m->calls.lost : m->losses.n);
	else
		for (i = 0; i < groups->n; i++)
			judge_group(&j, groups->v[i]);
	if (!j.judged)
		judge_nothing(&j, groups);
	if (v->offenders > MAX_SHOWN)
		strbuf_addf(&v->notes, _("and %u more\n"), v->offenders - MAX_SHOWN);
}

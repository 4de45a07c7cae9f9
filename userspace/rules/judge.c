// SPDX-License-Identifier: GPL-2.0
/*
 * Holding a check to each packet, or to the packets of each group together. What
 * fails is told with the way of the packet, so that one sees why.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "model/path.h"
#include "rules/check.h"
#include "words/text.h"

#define COLUMNS 96

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

static char *why_incomplete(const struct packet *p)
{
	char *verdict = packet_verdict(p);
	char *reason = xasprintf(_("incomplete: %s"), verdict);

	free(verdict);
	return reason;
}

static void judge_packet(const struct block *block, struct judge *j, struct tally *tally)
{
	const struct check_kind *kind = j->check->kind;
	struct strbuf title = { 0 };
	char *reason;

	if (!j->p->verdict.complete &&
	    (block->incomplete == INCOMPLETE_FAIL || kind->never_incomplete))
		reason = why_incomplete(j->p);
	else
		reason = kind->packet(j);
	tally->judged += j->applies;
	if (!reason)
		return;
	packet_title(&title, j->p);
	offend(tally, title.s, reason, j->p);
	strbuf_free(&title);
	free(reason);
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
	struct judge j = { .m = m, .check = check, .p = p, .applies = true };

	if (check->kind->packet)
		judge_packet(block, &j, tally);
	else if (check->kind->collect)
		check->kind->collect(check, p, tally);
}

/* Which packets a wrong number comes from: what each of them did. */
static void note_packets(const struct check *check, const struct group *group, struct strbuf *notes)
{
	size_t i;

	if (!check->kind->lists_packets)
		return;
	for (i = 0; i < group->titles.n; i++) {
		struct strbuf line = { 0 };

		strbuf_puts(&line, group->titles.v[i]);
		if (check->kind->lists_woken) {
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

	if (check->kind->group) {
		reason = check->kind->group(check, group, tally);
	} else if (check->kind->count) {
		tally->judged++;
		n = check->kind->count(group);
		reason = check_compare(check, n) ? NULL : xasprintf("%llu", n);
	} else {
		return;
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

	if (check->kind->total)
		judge_number(check, check->kind->total(trial, lost), &own);
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

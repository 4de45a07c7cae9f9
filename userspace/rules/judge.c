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

/* Where what fails is @p, with the way that it took. */
static void offend_packet(struct tally *tally, const char *reason, const struct packet *p)
{
	struct strbuf title = { 0 };
	struct offence *offence;
	struct ptrs path = { 0 };

	packet_title(&title, p);
	offence = offend(tally, title.s, reason);
	strbuf_free(&title);
	numbers_add(&tally->packets, p->no);
	if (!offence)
		return;
	packet_path(p, &path);
	offence->way = path_text(&path, COLUMNS);
	ptrs_free(&path);
	offence->command = xasprintf("rxpath tree --packet %u", p->no);
}

static char *why_incomplete(const struct packet *p)
{
	char *verdict = packet_verdict(p);
	char *reason = xasprintf(_("incomplete: %s"), verdict);

	free(verdict);
	return reason;
}

/* Of what is judged one by one: what is said of it, by how many have to hold. */
static char *by_quantity(const struct check *check, struct tally *tally, char *reason)
{
	tally->held += !reason;
	if (check->quantity == EVERY)
		return reason;
	if (check->quantity == NO && !reason)
		return xstrdup(_("this one does"));
	free(reason);
	return NULL;
}

static void judge_packet(const struct block *block, struct judge *j, struct tally *tally)
{
	const struct check_kind *kind = j->check->kind;
	bool unknown = !j->p->verdict.complete &&
		       (block->incomplete == INCOMPLETE_FAIL || kind->never_incomplete);
	char *reason;

	reason = unknown ? why_incomplete(j->p) : kind->packet(j);
	tally->judged += j->applies;
	if (j->applies && !(unknown && j->check->quantity == NO))
		reason = by_quantity(j->check, tally, reason);
	if (!reason)
		return;
	offend_packet(tally, reason, j->p);
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

static void offend_call(const struct model *m, struct tally *tally, const char *reason,
			const struct call *call)
{
	struct strbuf title = { 0 };
	struct offence *offence;

	numbers_add(&tally->calls, call->ev.no);
	call_title(&title, m, call);
	offence = offend(tally, title.s, reason);
	strbuf_free(&title);
	if (!offence)
		return;
	if (call->packet)
		offence->command = xasprintf("rxpath tree --packet %u", call->packet);
	else if (call->ev.ctx == CTX_TASK && call->ev.pid)
		offence->command = xasprintf("rxpath tree --pid %u", call->ev.pid);
}

/**
 * check_call - let a check look at a call
 * @m: model
 * @check: check
 * @call: call that the block has chosen
 * @tally: what the check has found so far
 */
void check_call(const struct model *m, const struct check *check, const struct call *call,
		struct tally *tally)
{
	char *reason;

	if (check->kind->collect_call)
		check->kind->collect_call(check, call, tally);
	if (!check->kind->call)
		return;
	tally->judged++;
	reason = by_quantity(check, tally, check->kind->call(check, call));
	if (!reason)
		return;
	offend_call(m, tally, reason, call);
	free(reason);
}

/* Which packets a wrong number comes from: what each of them did. */
static char *packets_text(const struct check *check, const struct group *group)
{
	struct strbuf sb = { 0 };
	size_t i;

	for (i = 0; i < group->titles.n; i++) {
		strbuf_addf(&sb, "%s%s", i ? "\n" : "", (char *)group->titles.v[i]);
		if (check->kind->lists_woken) {
			strbuf_puts(&sb, ": ");
			strbuf_addf(&sb, _("wakes %s"), (char *)group->woken.v[i]);
		}
	}
	if (i < group->packets) {
		strbuf_puts(&sb, i ? "\n" : "");
		strbuf_addf(&sb, _("and %llu more"), group->packets - i);
	}
	return sb.s;
}

/* What shows a group: its title is of packet_ends(). */
static char *group_command(const struct group *group)
{
	const char *arrow = group->title ? strstr(group->title, " → ") : NULL;

	if (group->pid)
		return xasprintf("rxpath tree --pid %u", group->pid);
	if (arrow)
		return xasprintf("rxpath tree --flow %.*s-%s", (int)(arrow - group->title),
				 group->title, arrow + strlen(" → "));
	if (group->first.n)
		return xasprintf("rxpath tree --packet %u", group->first.v[0]);
	return NULL;
}

static void calls_list(struct numbers *numbers, const struct outcomes *calls)
{
	size_t i;

	for (i = 0; i < calls->n; i++)
		numbers_add(numbers, calls->v[i].no);
}

/* A check of the packets together; those of each packet have been judged by now. */
static void judge_group(const struct check *check, const struct group *group, struct tally *tally)
{
	struct offence *offence;
	char *reason;
	u64 n;

	if (check->kind->group) {
		reason = check->kind->group(check, group, tally);
	} else if (check->kind->count) {
		tally->judged++;
		n = check->kind->count(group);
		reason = check_compare(check, n) ? NULL : xasprintf("%llu", n);
	} else if (check->quantity == SOME && tally->judged && !tally->held) {
		reason = xasprintf(_("none of %u does"), tally->judged);
	} else {
		return;
	}
	if (!reason)
		return;
	offence = offend(tally, group->title, reason);
	free(reason);
	if (group->calls.n && !tally->calls.n)
		calls_list(&tally->calls, &group->calls);
	tally->packets = group->first;
	if (!offence)
		return;
	if (check->kind->lists_packets)
		offence->way = packets_text(check, group);
	offence->command = group_command(group);
}

static void judge_number(const struct check *check, u64 n, struct tally *tally)
{
	char *reason;

	tally->judged++;
	if (check_compare(check, n))
		return;
	reason = xasprintf("%llu", n);
	offend(tally, NULL, reason);
	free(reason);
}

/* Nothing that fails because nothing was looked at may pass. */
static void judge_nothing(const struct block *block, const struct ptrs *groups, struct tally *tally)
{
	const struct group *group = groups->n ? groups->v[0] : NULL;

	if (block->subject == ABOUT_RING)
		offend(tally, NULL, _("no ring of our driver was seen: nothing was checked"));
	else if (block->subject == ABOUT_SOCKS)
		offend(tally, NULL, _("no socket was chosen: nothing was checked"));
	else if (block->subject == ABOUT_CALLS || block->subject == ABOUT_TRACE)
		offend(tally, NULL, _("there was no such call: nothing was checked"));
	else if (group && group->packets)
		offend(tally, NULL, _("no packet has this stage"));
	else
		offend(tally, NULL, _("no packet was chosen: nothing was checked"));
}

/* Of several groups it is their sum, of a largest the largest. */
static void take_value(const struct trial *trial, size_t nr, u64 lost, struct finding *v)
{
	const struct check_kind *kind = ((const struct check *)trial->block->checks.v[nr])->kind;
	size_t i;

	v->valued = kind->total || kind->count;
	if (kind->total)
		v->value = kind->total(trial, lost);
	for (i = 0; i < trial->groups.n; i++) {
		const struct group *group = trial->groups.v[i];
		const struct tally *tally = &group->tallies[nr];

		if (kind->count)
			v->value += kind->count(group);
		if (!kind->number || !tally->judged)
			continue;
		v->value = kind->number(tally);
		v->valued = true;
	}
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

	if (check->answer) {
		take_value(trial, nr, lost, v);
		return;
	}
	if (check->kind->total)
		judge_number(check, check->kind->total(trial, lost), &own);
	else
		for (i = 0; i < trial->groups.n; i++) {
			struct group *group = trial->groups.v[i];

			judge_group(check, group, &group->tallies[nr]);
			finding_take(v, &group->tallies[nr]);
			own.judged += group->tallies[nr].judged;
		}
	if (!own.judged)
		judge_nothing(trial->block, &trial->groups, &own);
	finding_take(v, &own);
	tally_free(&own);
}

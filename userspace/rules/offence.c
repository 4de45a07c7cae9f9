// SPDX-License-Identifier: GPL-2.0
/*
 * What breaks a rule, and what is kept of it: the first offenders in words, the numbers
 * of the first packets, and how many there are.
 */
#include <stdlib.h>
#include <string.h>

#include "rules/assert.h"

/**
 * offend - something breaks a rule
 * @tally: what the check has found so far
 * @title: whose offence it is, or NULL
 * @reason: what is wrong
 *
 * Return: where to say more of it, NULL if enough are shown.
 */
struct offence *offend(struct tally *tally, const char *title, const char *reason)
{
	struct offence *offence;

	if (++tally->offenders > MAX_SHOWN)
		return NULL;
	offence = &tally->shown[tally->offenders - 1];
	offence->title = title ? xstrdup(title) : NULL;
	offence->reason = xstrdup(reason);
	return offence;
}

/**
 * numbers_add - keep a number if it is one of the first
 * @numbers: those that are kept
 * @number: number
 */
void numbers_add(struct numbers *numbers, u32 number)
{
	unsigned int i;

	for (i = 0; i < numbers->n; i++)
		if (numbers->v[i] == number)
			return;
	if (numbers->n < MAX_RESULTS)
		numbers->v[numbers->n++] = number;
}

static void offence_free(struct offence *offence)
{
	free(offence->title);
	free(offence->reason);
	free(offence->way);
	free(offence->command);
	memset(offence, 0, sizeof(*offence));
}

/**
 * finding_take - a group's offences become a check's
 * @v: what is found of the check
 * @tally: what was found in the group; what is shown of it is moved
 */
void finding_take(struct finding *v, struct tally *tally)
{
	unsigned int i;

	for (i = 0; i < MAX_SHOWN && tally->shown[i].reason; i++) {
		if (v->nr_shown == MAX_SHOWN)
			break;
		v->shown[v->nr_shown++] = tally->shown[i];
		memset(&tally->shown[i], 0, sizeof(tally->shown[i]));
	}
	for (i = 0; i < tally->packets.n; i++)
		numbers_add(&v->packets, tally->packets.v[i]);
	for (i = 0; i < tally->calls.n; i++)
		numbers_add(&v->calls, tally->calls.v[i]);
	v->offenders += tally->offenders;
	if (tally->offenders)
		v->verdict = RULE_BROKEN;
}

/**
 * finding_note - a line behind the offenders
 * @v: what is found of the check
 * @text: line without its end
 */
void finding_note(struct finding *v, const char *text)
{
	strbuf_addf(&v->notes, "%s\n", text);
}

/**
 * tally_free - drop what was found in a group
 * @tally: it
 */
void tally_free(struct tally *tally)
{
	unsigned int i;
	size_t n;

	for (i = 0; i < MAX_SHOWN; i++)
		offence_free(&tally->shown[i]);
	for (n = 0; n < tally->nr_seen; n++)
		free(tally->seen[n].v);
	free(tally->seen);
	free(tally->times);
}

/**
 * finding_free - drop what was found of a check
 * @v: it
 */
void finding_free(struct finding *v)
{
	unsigned int i;

	for (i = 0; i < v->nr_shown; i++)
		offence_free(&v->shown[i]);
	strbuf_free(&v->notes);
	free(v->reason);
}

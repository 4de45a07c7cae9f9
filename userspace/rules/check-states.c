// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of the states that a TCP socket came into.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/check.h"
#include "words/text.h"

#define MAX_STATE 13

/* Without the prefix that all have. */
static const char *state_name(s64 state)
{
	const char *name = tcp_state_text(state);

	return strncmp(name, "TCP_", 4) ? name : name + 4;
}

static int parse_state(struct parser *p, s64 *state)
{
	const char *wanted = word(p);
	s64 i;

	if (wanted && !strncmp(wanted, "TCP_", 4))
		wanted += 4;
	for (i = 1; wanted && i < MAX_STATE; i++) {
		if (strcmp(state_name(i), wanted))
			continue;
		*state = i;
		p->at++;
		return 0;
	}
	return wrong(p, word_or_end(p), _("give a state of TCP, such as CLOSE_WAIT"));
}

/* states A, B, C[, ...] */
static int parse_states(struct parser *p)
{
	do {
		struct result *result;

		if (take(p, "...")) {
			p->check->open_end = true;
			return 0;
		}
		result = xcalloc(1, sizeof(*result));
		ptrs_add(&p->check->list, result);
		if (parse_state(p, &result->value))
			return -1;
	} while (take(p, ","));
	return 0;
}

static char *states_text(const struct group *group)
{
	struct strbuf sb = { 0 };
	size_t i;

	for (i = 0; i < group->calls.n; i++)
		strbuf_addf(&sb, "%s%s", i ? ", " : "", state_name(group->calls.v[i].ret));
	return strbuf_take(&sb);
}

/* From the first that is named on: all, in order. */
static char *judge_states(const struct check *check, const struct group *group, struct tally *tally)
{
	const struct outcomes *states = &group->calls;
	const struct result *result = check->list.v[0];
	size_t first = 0;
	size_t i;

	tally->judged++;
	while (first < states->n && states->v[first].ret != result->value)
		first++;
	for (i = 0; i < check->list.n; i++) {
		result = check->list.v[i];
		if (first + i >= states->n || states->v[first + i].ret != result->value)
			return states_text(group);
	}
	if (first + i < states->n && !check->open_end)
		return states_text(group);
	return NULL;
}

static int parse_in(struct parser *p)
{
	s64 state;

	if (!take(p, "in"))
		return wrong(p, word_or_end(p), _("give in, and a state of TCP"));
	if (parse_state(p, &state))
		return -1;
	p->check->number = state;
	return 0;
}

static char *judge_ends(const struct check *check, const struct group *group, struct tally *tally)
{
	tally->judged++;
	if (group->calls.v[group->calls.n - 1].ret == check->number)
		return NULL;
	return states_text(group);
}

/* never in X [longer than D] */
static int parse_never_in(struct parser *p)
{
	if (parse_in(p))
		return -1;
	if (!take(p, "longer"))
		return 0;
	if (!take(p, "than"))
		return wrong(p, word_or_end(p), _("give than, and a time"));
	return parse_time(p, &p->check->apart);
}

static char *judge_never_in(const struct check *check, const struct group *group,
			    struct tally *tally)
{
	const struct outcomes *states = &group->calls;
	char time[NS_TEXT];
	size_t i;

	tally->judged++;
	for (i = 0; i < states->n; i++) {
		u64 end = i + 1 < states->n ? states->v[i + 1].start : group->ended;
		u64 long_in = end > states->v[i].start ? end - states->v[i].start : 0;

		if (states->v[i].ret != check->number || (check->apart && long_in <= check->apart))
			continue;
		return xasprintf(_("%s for %s"), state_name(check->number),
				 format_ns(time, sizeof(time), long_in));
	}
	return NULL;
}

/* at the end none in X */
static int parse_at_the_end(struct parser *p)
{
	if (!take(p, "the") || !take(p, "end") || !take(p, "none"))
		return wrong(p, word_or_end(p), _("give it as in at the end none in CLOSE_WAIT"));
	return parse_in(p);
}

static char *judge_at_the_end(const struct check *check, const struct group *group,
			      struct tally *tally)
{
	tally->judged++;
	if (group->calls.v[group->calls.n - 1].ret != check->number)
		return NULL;
	return states_text(group);
}

static u64 total_sockets(const struct trial *trial, u64 lost)
{
	(void)lost;
	return trial->groups.n;
}

const struct check_kind check_states = {
	.name = "states",
	.blocks = IN_SOCKS,
	.parse = parse_states,
	.group = judge_states,
};

const struct check_kind check_ends = {
	.name = "ends",
	.blocks = IN_SOCKS,
	.parse = parse_in,
	.group = judge_ends,
};

const struct check_kind check_never_in = {
	.name = "never",
	.blocks = IN_SOCKS,
	.parse = parse_never_in,
	.group = judge_never_in,
};

const struct check_kind check_at_the_end = {
	.name = "at",
	.blocks = IN_SOCKS,
	.parse = parse_at_the_end,
	.group = judge_at_the_end,
};

const struct check_kind check_sockets = {
	.name = "sockets",
	.blocks = IN_SOCKS,
	.parse = parse_count,
	.total = total_sockets,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of how a packet ended.
 */
#include <string.h>

#include "base/lang.h"
#include "rules/check.h"
#include "words/text.h"

static int parse_dropped(struct parser *p)
{
	if (!word(p))
		return 0;
	p->check->name = xstrdup(word(p));
	p->at++;
	return 0;
}

/* A packet that joined another in GRO was dropped with it. */
static char *judge_dropped(struct judge *j)
{
	const struct packet *end = packet_end_of(j->p);
	const char *reason = end->verdict.kind == VERDICT_DROPPED ? end->verdict.reason : NULL;

	if (reason && (!j->check->name || !strcmp(reason, j->check->name)))
		return NULL;
	return packet_verdict(j->p);
}

const struct check_kind check_dropped = {
	.name = "dropped",
	.parse = parse_dropped,
	.packet = judge_dropped,
};

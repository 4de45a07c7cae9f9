// SPDX-License-Identifier: GPL-2.0
/*
 * The checks of rule files: rxpath-rules(5).
 */
#include "rules/check.h"

static const struct check_kind *const rows[] = {
	&check_path,	  &check_never,	    &check_complete,   &check_calls,   &check_time,
	&check_wakes,	  &check_read,	    &check_dropped,    &check_packets, &check_data,
	&check_wakeups,	  &check_reads,	    &check_bytes,      &check_waits,   &check_flows,
	&check_tasks,	  &check_count,	    &check_return,     &check_with,    &check_call_time,
	&check_within,	  &check_context,   &check_cpu,	       &check_max,     &check_min,
	&check_sum,	  &check_order,	    &check_first,      &check_last,    &check_between,
	&check_time_from, &check_overlap,   &check_gaps,       &check_bursts,  &check_states,
	&check_ends,	  &check_never_in,  &check_at_the_end, &check_sockets, &check_connections,
	&check_frames,	  &check_doorbells, &check_indices,    &check_gives,   &check_lost,
};

static bool may_be_in(const struct check_kind *kind, enum block_subject subject)
{
	return (kind->blocks ? kind->blocks : IN_PACKETS) & 1U << subject;
}

/**
 * check_find - a kind of check by the word that its line begins with
 * @name: word
 * @subject: of the block that it is in
 *
 * Return: the kind, or NULL.
 */
const struct check_kind *check_find(const char *name, enum block_subject subject)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!strcmp(rows[i]->name, name) && may_be_in(rows[i], subject))
			return rows[i];
	return NULL;
}

static const char *list_names(struct strbuf *names, enum block_subject subject, bool numbers)
{
	size_t i;

	names->len = 0;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct check_kind *kind = rows[i];

		if (!may_be_in(kind, subject) ||
		    (numbers && !kind->count && !kind->total && !kind->number))
			continue;
		strbuf_addf(names, "%s%s", names->len ? ", " : "", kind->name);
	}
	return names->s;
}

/**
 * check_names - the checks that a block may have
 * @subject: of the block
 *
 * Return: their names, separated by commas; valid until the next call.
 */
const char *check_names(enum block_subject subject)
{
	static struct strbuf names;

	return list_names(&names, subject, false);
}

/**
 * check_numbers - those of them that compare a number
 * @subject: of the block
 *
 * Return: their names, separated by commas; valid until the next call.
 */
const char *check_numbers(enum block_subject subject)
{
	static struct strbuf names;

	return list_names(&names, subject, true);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The checks of rule files: rxpath-rules(5).
 */
#include "rules/check.h"

static const struct check_kind *const rows[] = {
	&check_path,  &check_never,   &check_complete, &check_calls, &check_time,    &check_wakes,
	&check_read,  &check_dropped, &check_packets,  &check_data,  &check_wakeups, &check_reads,
	&check_bytes, &check_waits,   &check_flows,    &check_tasks, &check_lost,
};

static const char *row_name(size_t i)
{
	return i < ARRAY_SIZE(rows) ? rows[i]->name : NULL;
}

const struct choices check_kinds = { row_name, NULL };

/**
 * check_find - a kind of check by the word that its line begins with
 * @name: word
 *
 * Return: the kind, or NULL.
 */
const struct check_kind *check_find(const char *name)
{
	int i = choice_find(&check_kinds, name);

	return i < 0 ? NULL : rows[i];
}

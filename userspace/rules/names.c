// SPDX-License-Identifier: GPL-2.0
/*
 * Names that rules use and the trace does not: a misspelt function would never be passed,
 * and 'never' would always hold.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "base/nearest.h"
#include "base/say.h"
#include "model/path.h"
#include "rules/callset.h"
#include "rules/check.h"

static int check_hop(const char *file, unsigned int line, const struct hop *hop)
{
	size_t i;

	for (i = 0; hop && i < hop->names.n; i++) {
		const char *name = hop->names.v[i];

		if (path_knows(name))
			continue;
		error_line("%s:%u: '%s': no function or event of that name: is it %s?", file, line,
			   name, path_nearest(name));
		return EXIT_USAGE;
	}
	return EXIT_OK;
}

static int check_hops(const char *file, unsigned int line, const struct ptrs *hops)
{
	int ret = EXIT_OK;
	size_t i;

	for (i = 0; !ret && i < hops->n; i++)
		ret = check_hop(file, line, hops->v[i]);
	return ret;
}

static int check_with_names(const char *file, unsigned int line, const struct with *with,
			    const struct hop *name)
{
	char *right = NULL;
	const char *wrong = with_wrong(with, name, &right);

	if (wrong)
		error_line("%s:%u: '%s': no field or value of that name: is it %s?", file, line,
			   wrong, right);
	free(right);
	return wrong ? EXIT_USAGE : EXIT_OK;
}

static int check_callset(const char *file, unsigned int line, const struct callset *set)
{
	int ret = check_hop(file, line, set->name);
	size_t i;

	if (!ret)
		ret = check_hop(file, line, set->within);
	for (i = 0; !ret && i < set->withs.n; i++)
		ret = check_with_names(file, line, set->withs.v[i], set->name);
	return ret;
}

static int check_check(const struct block *block, const struct check *check)
{
	int ret = EXIT_OK;
	size_t i;

	if (check->kind->takes_hops)
		ret = check_hops(check->file, check->line, &check->list);
	for (i = 0; !ret && i < check->sets.n; i++)
		ret = check_callset(check->file, check->line, check->sets.v[i]);
	for (i = 0; !ret && check->with && i < check->sets.n; i++)
		ret = check_with_names(check->file, check->line, check->with,
				       ((const struct callset *)check->sets.v[i])->name);
	if (!ret && check->with && block->calls)
		ret = check_with_names(check->file, check->line, check->with, block->calls->name);
	return ret;
}

static int check_block(const struct block *block)
{
	int ret = check_hops(block->file, block->line, &block->through);
	size_t i;

	if (!ret)
		ret = check_hops(block->file, block->line, &block->around);
	if (!ret && block->calls)
		ret = check_callset(block->file, block->line, block->calls);
	for (i = 0; !ret && i < block->checks.n; i++)
		ret = check_check(block, block->checks.v[i]);
	return ret;
}

/**
 * names_check - are the names of functions and fields such that there are
 * @rules: rules, the trace read to its end: some names it alone has
 *
 * Return: 0, or EXIT_USAGE after one line with the nearest name.
 */
int names_check(const struct rules *rules)
{
	int ret = EXIT_OK;
	size_t i;

	for (i = 0; !ret && i < rules->blocks.n; i++)
		ret = check_block(rules->blocks.v[i]);
	return ret;
}

static bool has_task(const struct model *m, const char *wanted)
{
	size_t i;

	for (i = 0; i < m->order.n; i++)
		if (task_is(m, ((const struct task *)m->order.v[i])->pid, wanted))
			return true;
	return false;
}

/**
 * task_unknown - is a task nowhere in the trace
 * @m: model, the trace read to its end
 * @wanted: its name; a pid is as good as any
 *
 * Return: what is wrong, to be freed, with the nearest name; NULL if nothing is.
 */
char *task_unknown(const struct model *m, const char *wanted)
{
	struct nearest nearest;
	u32 number;
	size_t i;

	if (!wanted || !parse_number(wanted, &number) || has_task(m, wanted))
		return NULL;
	nearest_begin(&nearest);
	for (i = 0; i < m->order.n; i++) {
		const struct task *task = m->order.v[i];

		if (task->comm[0])
			nearest_try(&nearest, wanted, task->comm);
	}
	return xasprintf(_("no task '%s' is in the trace: is it %s?"), wanted, nearest.name);
}

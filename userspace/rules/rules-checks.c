// SPDX-License-Identifier: GPL-2.0
/*
 * Reading the checks of a rule file: one function for each form.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/args.h"
#include "base/lang.h"
#include "rules/rules-parse.h"

static int parse_compare(struct parser *p)
{
	static const char *const names[] = {
		[IS_EQUAL] = "=",    [IS_NOT] = "!=", [IS_LESS] = "<",
		[IS_AT_MOST] = "<=", [IS_MORE] = ">", [IS_AT_LEAST] = ">=",
	};
	size_t i;

	for (i = 0; word(p) && i < ARRAY_SIZE(names); i++) {
		if (strcmp(word(p), names[i]) && !(i == IS_EQUAL && !strcmp(word(p), "==")))
			continue;
		p->check->compare = i;
		p->at++;
		return 0;
	}
	return wrong(p, word_or_end(p), _("give one of = != < <= > >= and a number"));
}

static int parse_count(struct parser *p)
{
	char *end;

	if (parse_compare(p))
		return -1;
	if (!word(p) || *word(p) < '0' || *word(p) > '9')
		return wrong(p, word_or_end(p), _("give a whole number"));
	errno = 0;
	p->check->value = strtoull(word(p), &end, 10);
	if (errno || *end)
		return wrong(p, word(p), _("give a whole number"));
	p->at++;
	return 0;
}

static int parse_duration(struct parser *p)
{
	struct moment moment = { 0 };
	size_t digits;

	if (parse_compare(p))
		return -1;
	digits = word(p) ? strspn(word(p), "0123456789.") : 0;
	if (!digits || !word(p)[digits] || parse_moment(word(p), &moment))
		return wrong(p, word_or_end(p), _("give a time with its unit, such as 5ms"));
	p->check->value = moment.ns;
	p->at++;
	return 0;
}

/* Hops, parted by commas; alternatives, by '|'. */
static int parse_hops(struct parser *p)
{
	do {
		struct hop *hop = xcalloc(1, sizeof(*hop));
		char *copy;
		char *rest;
		char *name;

		ptrs_add(&p->check->list, hop);
		if (!word(p) || !strcmp(word(p), ",") || is_operator(word(p)))
			return wrong(p, word_or_end(p), _("give the name of a function"));
		copy = xstrdup(word(p));
		rest = copy;
		while ((name = strsep(&rest, "|")))
			if (*name)
				ptrs_add(&hop->names, xstrdup(name));
		free(copy);
		if (!hop->names.n)
			return wrong(p, word(p), _("give the name of a function"));
		p->at++;
	} while (take(p, ","));
	return 0;
}

static int parse_result(struct parser *p)
{
	struct result *result = xcalloc(1, sizeof(*result));
	char *end;

	ptrs_add(&p->check->list, result);
	result->times = 1;
	if (word(p) && *word(p) != 'x' && word(p)[strspn(word(p), "0123456789")] == 'x') {
		result->times = strtoul(word(p), &end, 10);
		if (strcmp(end, "x") || !result->times || result->times > 1000000)
			return wrong(p, word(p), _("give how many times, such as 3x 200"));
		p->at++;
	}
	if (word(p) && *word(p) == 'E') {
		result->error = xstrdup(word(p));
		p->at++;
		return 0;
	}
	if (!word(p) || *word(p) < '0' || *word(p) > '9')
		return wrong(p, word_or_end(p), _("give a number or an error such as EAGAIN"));
	errno = 0;
	result->value = strtoll(word(p), &end, 10);
	if (errno || *end)
		return wrong(p, word(p), _("give a number or an error such as EAGAIN"));
	p->at++;
	return 0;
}

static int parse_results(struct parser *p)
{
	do {
		if (take(p, "...")) {
			p->check->open_end = true;
			return 0;
		}
		if (parse_result(p))
			return -1;
	} while (take(p, ","));
	return 0;
}

static int parse_stage(struct parser *p)
{
	struct check *check = p->check;
	const char *name = word(p);
	const char *dash;
	int from;
	int to;

	check->stage = stage_find(name);
	if (check->stage >= 0) {
		p->at++;
		return 0;
	}
	dash = strchr(name, '-');
	from = dash ? moment_find(name, dash - name) : -1;
	to = dash ? moment_find(dash + 1, strlen(dash + 1)) : -1;
	if (from < 0 || to < 0)
		return wrong(p, name, _("no stage of 'rxpath stats', nor moments as in irq-done"));
	if (from >= to)
		return wrong(p, name, _("the first moment is not before the second"));
	check->from = from;
	check->to = to;
	p->at++;
	return 0;
}

static int parse_time(struct parser *p)
{
	struct check *check = p->check;
	u32 percentile;

	check->stage = -1;
	check->from = AT_IRQ;
	check->to = AT_DONE;
	if (word(p) && !is_operator(word(p)) && !(*word(p) == 'p' && word(p)[1] <= '9') &&
	    parse_stage(p))
		return -1;
	if (word(p) && *word(p) == 'p') {
		if (parse_number(word(p) + 1, &percentile) || percentile > 100)
			return wrong(p, word(p), _("give a percentile from p1 to p100"));
		check->type = CHECK_PERCENTILE;
		check->percentile = percentile;
		p->at++;
	}
	return parse_duration(p);
}

static int parse_wakes(struct parser *p)
{
	struct check *check = p->check;

	check->compare = IS_AT_LEAST;
	check->value = 1;
	if (take(p, "nobody")) {
		check->compare = IS_EQUAL;
		check->value = 0;
		return 0;
	}
	if (word(p) && !is_operator(word(p))) {
		check->task = xstrdup(word(p));
		p->at++;
		if (!word(p))
			return 0;
	}
	return parse_count(p);
}

static int parse_read(struct parser *p)
{
	if (!take(p, "by"))
		return parse_count(p);
	p->check->type = CHECK_READER;
	if (!word(p))
		return wrong(p, word_or_end(p), _("give the name or the pid of a task"));
	p->check->task = xstrdup(word(p));
	p->at++;
	return 0;
}

static int parse_reads(struct parser *p)
{
	if (!take(p, "return"))
		return parse_count(p);
	p->check->type = CHECK_READS_RETURN;
	return parse_results(p);
}

static int parse_waits(struct parser *p)
{
	if (!take(p, "return"))
		return parse_count(p);
	p->check->type = CHECK_WAITS_RETURN;
	return parse_results(p);
}

static int parse_calls(struct parser *p)
{
	if (parse_hops(p))
		return -1;
	if (p->check->list.n > 1)
		return wrong(p, p->text, _("count one function at a time"));
	return parse_count(p);
}

static int parse_nothing(struct parser *p)
{
	(void)p;
	return 0;
}

static const struct {
	const char *name;
	enum check_type type;
	int (*parse)(struct parser *p);
} checks[] = {
	{ "path", CHECK_PATH, parse_hops },
	{ "never", CHECK_NEVER, parse_hops },
	{ "complete", CHECK_COMPLETE, parse_nothing },
	{ "calls", CHECK_CALLS, parse_calls },
	{ "time", CHECK_TIME, parse_time },
	{ "wakes", CHECK_WAKES, parse_wakes },
	{ "read", CHECK_READ, parse_read },
	{ "packets", CHECK_PACKETS, parse_count },
	{ "data", CHECK_DATA, parse_count },
	{ "wakeups", CHECK_WAKEUPS, parse_count },
	{ "reads", CHECK_READS, parse_reads },
	{ "bytes", CHECK_BYTES, parse_count },
	{ "waits", CHECK_WAITS, parse_waits },
	{ "flows", CHECK_GROUPS, parse_count },
	{ "tasks", CHECK_GROUPS, parse_count },
	{ "lost", CHECK_LOST, parse_count },
};

static int no_check(const struct parser *p)
{
	struct strbuf sb = { 0 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(checks); i++)
		strbuf_addf(&sb, "%s%s", i ? ", " : "", checks[i].name);
	error_line("%s:%u: '%s': no check: give one of %s", p->rules->name, p->line, word(p), sb.s);
	strbuf_free(&sb);
	return -1;
}

static enum block_subject subject_of(const char *counted)
{
	return strcmp(counted, "flows") ? ABOUT_TASKS : ABOUT_FLOWS;
}

/**
 * parse_check - read a check
 * @p: parser, at the first word of a line
 *
 * Return: 0, or -1 after one line.
 */
int parse_check(struct parser *p)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(checks); i++)
		if (!strcmp(word(p), checks[i].name))
			break;
	if (i == ARRAY_SIZE(checks))
		return no_check(p);
	if (!p->block)
		return wrong(p, word(p), _("begin with what it is about: packets, flows or tasks"));
	if (checks[i].type == CHECK_GROUPS && p->block->subject != subject_of(word(p)))
		return wrong(p, word(p), _("counted in a block that is about them"));
	p->check = xcalloc(1, sizeof(*p->check));
	p->check->type = checks[i].type;
	p->check->line = p->line;
	p->check->text = xstrdup(p->text);
	p->check->why = p->why ? xstrdup(p->why) : NULL;
	ptrs_add(&p->block->checks, p->check);
	p->rules->nr_checks++;
	p->at++;
	return checks[i].parse(p);
}

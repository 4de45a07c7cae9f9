// SPDX-License-Identifier: GPL-2.0
/*
 * What checks are made of: numbers and times that are compared, hops, results.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/parse.h"

/**
 * parse_end_of - one end of a connection
 * @p: parser
 * @end: result
 *
 * Return: 0, or -1 after one line.
 */
int parse_end_of(struct parser *p, struct endpoint *end)
{
	struct selection sel = { 0 };

	if (!word(p) || parse_flow(word(p), &sel) || sel.nr_ends != 1)
		return wrong(p, word_or_end(p), _("give an end, as in 192.0.2.1:7000 or :7000"));
	*end = sel.ends[0];
	p->at++;
	return 0;
}

/**
 * parse_operator - how values are compared
 * @p: parser
 * @compare: result
 *
 * Return: 0, or -1 after one line.
 */
int parse_operator(struct parser *p, enum compare *compare)
{
	static const char *const names[] = {
		[IS_EQUAL] = "=",    [IS_NOT] = "!=", [IS_LESS] = "<",
		[IS_AT_MOST] = "<=", [IS_MORE] = ">", [IS_AT_LEAST] = ">=",
	};
	size_t i;

	for (i = 0; word(p) && i < ARRAY_SIZE(names); i++) {
		if (strcmp(word(p), names[i]) && !(i == IS_EQUAL && !strcmp(word(p), "==")))
			continue;
		*compare = i;
		p->at++;
		return 0;
	}
	return wrong(p, word_or_end(p), _("give one of = != < <= > >= and a number"));
}

/**
 * parse_count - how a number is compared, and with which
 * @p: parser
 *
 * Return: 0, or -1 after one line.
 */
int parse_count(struct parser *p)
{
	char *end;

	if (parse_operator(p, &p->check->compare))
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

/**
 * parse_time - a time with its unit
 * @p: parser
 * @ns: result
 *
 * Return: 0, or -1 after one line.
 */
int parse_time(struct parser *p, u64 *ns)
{
	struct moment moment = { 0 };
	size_t digits;

	digits = word(p) ? strspn(word(p), "0123456789.") : 0;
	if (!digits || !word(p)[digits] || parse_moment(word(p), &moment))
		return wrong(p, word_or_end(p), _("give a time with its unit, such as 5ms"));
	*ns = moment.ns;
	p->at++;
	return 0;
}

/**
 * parse_duration - how a time is compared, and with which
 * @p: parser
 *
 * Return: 0, or -1 after one line.
 */
int parse_duration(struct parser *p)
{
	if (parse_operator(p, &p->check->compare))
		return -1;
	return parse_time(p, &p->check->value);
}

/**
 * parse_hop - a function or an event, or several of which any will do
 * @p: parser, at a|b
 *
 * Return: it; NULL after one line.
 */
struct hop *parse_hop(struct parser *p)
{
	struct hop *hop;
	char *copy;
	char *rest;
	char *name;

	if (!word(p) || !strcmp(word(p), ",") || is_operator(word(p))) {
		wrong(p, word_or_end(p), _("give the name of a function"));
		return NULL;
	}
	hop = xcalloc(1, sizeof(*hop));
	copy = xstrdup(word(p));
	rest = copy;
	while ((name = strsep(&rest, "|")))
		if (*name)
			ptrs_add(&hop->names, xstrdup(name));
	free(copy);
	if (!hop->names.n) {
		wrong(p, word(p), _("give the name of a function"));
		hop_free(hop);
		return NULL;
	}
	p->at++;
	return hop;
}

/**
 * hop_free - drop names
 * @hop: names, or NULL
 */
void hop_free(struct hop *hop)
{
	size_t i;

	if (!hop)
		return;
	for (i = 0; i < hop->names.n; i++)
		free(hop->names.v[i]);
	ptrs_free(&hop->names);
	free(hop);
}

/**
 * parse_hops - hops, parted by commas; alternatives, by '|'
 * @p: parser
 *
 * Return: 0, or -1 after one line.
 */
int parse_hops(struct parser *p)
{
	do {
		struct hop *hop = parse_hop(p);

		if (!hop)
			return -1;
		ptrs_add(&p->check->list, hop);
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

/**
 * parse_results - what calls in a row return
 * @p: parser
 *
 * Return: 0, or -1 after one line.
 */
int parse_results(struct parser *p)
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

/**
 * compare_values - do two numbers compare so
 * @compare: how
 * @value: the one
 * @with: the other
 *
 * Return: true if they do.
 */
bool compare_values(enum compare compare, s64 value, s64 with)
{
	switch (compare) {
	case IS_EQUAL:
		return value == with;
	case IS_NOT:
		return value != with;
	case IS_LESS:
		return value < with;
	case IS_AT_MOST:
		return value <= with;
	case IS_MORE:
		return value > with;
	case IS_AT_LEAST:
		return value >= with;
	default:
		return (value & with) == with;
	}
}

/**
 * check_compare - does a value hold
 * @check: what it is compared with
 * @value: value; past what is signed counts as the largest
 *
 * Return: true if it does.
 */
bool check_compare(const struct check *check, u64 value)
{
	const u64 most = ~0ULL >> 1;

	return compare_values(check->compare, value < most ? value : most,
			      check->value < most ? check->value : most);
}

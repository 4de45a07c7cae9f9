// SPDX-License-Identifier: GPL-2.0
/*
 * How many are between two calls at once: each from the end of the one to the beginning of
 * the next other of its task.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/callset.h"
#include "rules/check.h"

struct span {
	u64 from;
	u64 to;
	s64 key;
	u32 no; /* of the call that it begins with */
};

/* overlap from SET to SET [same FIELD] op N */
static int parse_overlap(struct parser *p)
{
	static const char *const words[] = { "from", "to" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		struct callset *set;

		if (!take(p, words[i]))
			return wrong(p, word_or_end(p),
				     _("give it as in overlap from accept to close <= 1"));
		set = callset_parse(p);
		if (!set)
			return -1;
		ptrs_add(&p->check->sets, set);
	}
	if (take(p, "same")) {
		if (!word(p))
			return wrong(p, word_or_end(p), _("give the name of a field"));
		p->check->with = xcalloc(1, sizeof(*p->check->with));
		p->check->with->field = xstrdup(word(p));
		p->at++;
	}
	return parse_count(p);
}

static struct span span_from(const struct check *check, const struct outcome *from,
			     const struct outcomes *ends)
{
	struct span span = { .from = from->end, .to = ~0ULL, .key = from->key, .no = from->no };
	size_t i;

	for (i = 0; i < ends->n; i++) {
		const struct outcome *to = &ends->v[i];

		if (to->pid != from->pid || to->start < from->end ||
		    (check->with && to->key != from->key))
			continue;
		span.to = to->start;
		break;
	}
	return span;
}

/* Those that are open where one begins, it among them. */
static u64 at_once(const struct check *check, const struct span *spans, size_t n, size_t one,
		   struct numbers *numbers)
{
	u64 count = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (spans[i].from > spans[one].from || spans[i].to <= spans[one].from ||
		    (check->with && spans[i].key != spans[one].key))
			continue;
		count++;
		if (numbers)
			numbers_add(numbers, spans[i].no);
	}
	return count;
}

static char *judge_overlap(const struct check *check, const struct group *group,
			   struct tally *tally)
{
	const struct outcomes *begins = tally->nr_seen ? &tally->seen[0] : NULL;
	size_t n = begins ? begins->n : 0;
	struct span *spans = xcalloc(n + 1, sizeof(*spans));
	char *reason = NULL;
	size_t most = 0;
	u64 max = 0;
	size_t i;

	(void)group;
	for (i = 0; i < n; i++)
		spans[i] = span_from(check, &begins->v[i], &tally->seen[1]);
	for (i = 0; i < n; i++) {
		u64 count = at_once(check, spans, n, i, NULL);

		if (count <= max)
			continue;
		max = count;
		most = i;
	}
	tally->judged += n;
	if (n && !check_compare(check, max)) {
		at_once(check, spans, n, most, &tally->calls);
		reason = xasprintf(_("%llu at once"), max);
	}
	free(spans);
	return reason;
}

const struct check_kind check_overlap = {
	.name = "overlap",
	.blocks = IN_TRACE,
	.parse = parse_overlap,
	.group = judge_overlap,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of a block: its checks, and what is like them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/say.h"
#include "rules/callset.h"
#include "rules/check.h"

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

/**
 * parse_incomplete - what a block does with packets whose way is not known to its end
 * @p: parser, behind the word
 *
 * Return: 0, or -1 after one line.
 */
int parse_incomplete(struct parser *p)
{
	static const char *const names[] = { "fail", "skip", "judge" };
	size_t i;

	if (p->block->checks.n)
		return wrong(p, p->text, _("say it before the block's first check"));
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!take(p, names[i]))
			continue;
		p->block->incomplete = i;
		return 0;
	}
	return wrong(p, word_or_end(p), _("give one of fail, skip, judge"));
}

static void parse_quantity(struct parser *p, enum quantity *quantity)
{
	static const struct {
		const char *word;
		enum quantity quantity;
	} words[] = {
		{ "every", EVERY }, { "every:", EVERY }, { "each", EVERY }, { "each:", EVERY },
		{ "some", SOME },   { "some:", SOME },	 { "no", NO },	    { "no:", NO },
	};
	size_t i;

	*quantity = EVERY;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (take(p, words[i].word)) {
			*quantity = words[i].quantity;
			return;
		}
}

/* In a block of calls a field that is compared is a check, too. */
static const struct check_kind *find_kind(struct parser *p)
{
	const struct check_kind *kind;
	const char *next = p->words[p->at + 1];

	kind = check_find(word(p), p->block ? p->block->subject : ABOUT_PACKETS);
	if (kind) {
		p->at++;
		return kind;
	}
	if (p->block && p->block->subject == ABOUT_CALLS && next &&
	    (is_operator(next) || !strcmp(next, "has")))
		return check_find("with", ABOUT_CALLS);
	return NULL;
}

static struct check *check_add(struct parser *p, const struct check_kind *kind)
{
	struct check *check = xcalloc(1, sizeof(*check));

	check->kind = kind;
	check->file = p->file;
	check->line = p->line;
	check->text = xstrdup(p->text);
	check->why = p->why ? xstrdup(p->why) : NULL;
	ptrs_add(&p->block->checks, check);
	p->rules->nr_checks++;
	p->check = check;
	return check;
}

static int no_check(struct parser *p)
{
	error_line("%s:%u: '%s': no check: give one of %s", p->file, p->line, word_or_end(p),
		   check_names(p->block ? p->block->subject : ABOUT_PACKETS));
	return -1;
}

/**
 * parse_check - a check of a block
 * @p: parser, at its first word
 *
 * Return: 0, or -1 after one line.
 */
int parse_check(struct parser *p)
{
	const struct check_kind *kind;
	struct check kernels = { 0 };
	enum quantity quantity;
	unsigned int at;

	if (parse_kernels(p, &kernels))
		return -1;
	at = p->at;
	parse_quantity(p, &quantity);
	kind = word(p) ? find_kind(p) : NULL;
	if (!kind)
		return no_check(p);
	if (!p->block)
		return wrong(p, p->words[0],
			     _("begin with packets, flows, tasks, calls, trace, ring or sockets"));
	check_add(p, kind);
	p->check->quantity = quantity;
	p->check->on = kernels.on;
	p->check->since = kernels.since;
	p->check->before = kernels.before;
	if (kind->parse(p))
		return -1;
	kind = p->check->kind;
	if (!strchr("esn", *p->words[at]) || check_find(p->words[at], p->block->subject) ||
	    kind->packet || kind->call)
		return 0;
	return wrong(p, p->words[at], _("it belongs to a check of each packet, or of each call"));
}

/**
 * parse_figure - a number of a block: what a check would compare
 * @p: parser
 * @name: that it is given
 *
 * Return: 0, or -1 after one line.
 */
int parse_figure(struct parser *p, const char *name)
{
	const struct check_kind *kind;

	kind = word(p) ? check_find(word(p), p->block->subject) : NULL;
	if (!kind || !(kind->count || kind->total || kind->number)) {
		error_line("%s:%u: '%s': no number of the block: give one of %s", p->file, p->line,
			   word_or_end(p), check_numbers(p->block->subject));
		return -1;
	}
	p->at++;
	check_add(p, kind)->answer = xstrdup(name);
	if (!kind->number)
		return 0;
	if (!word(p))
		return wrong(p, word_or_end(p), _("give the name of a field"));
	p->check->with = xcalloc(1, sizeof(*p->check->with));
	p->check->with->field = xstrdup(word(p));
	p->at++;
	return 0;
}

/**
 * parse_value - value NAME = what a check would compare
 * @p: parser, behind the word value
 *
 * Return: 0, or -1 after one line.
 */
int parse_value(struct parser *p)
{
	char *name;

	if (!p->block || !word(p) || !p->words[p->at + 1] || strcmp(p->words[p->at + 1], "="))
		return wrong(p, word_or_end(p),
			     _("give a name and a number of the block, as in value n = packets"));
	name = p->words[p->at];
	if (name[strspn(name, NAME_CHARACTERS)])
		return wrong(p, name, _("a name is of letters, digits and '_'"));
	p->at += 2;
	return parse_figure(p, name);
}

/**
 * number_at - where a question's number begins
 * @p: parser, its line split
 * @subject: that the question is about
 *
 * Return: the last word that names a number, 0 if none does.
 */
unsigned int number_at(const struct parser *p, enum block_subject subject)
{
	unsigned int i = p->nr_words;

	while (i-- > 1) {
		const struct check_kind *kind = check_find(p->words[i], subject);

		if (kind && (kind->count || kind->total || kind->number))
			return i;
	}
	return 0;
}

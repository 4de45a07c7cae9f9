// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a rule file. A line is a block's head, one of its checks, or empty; the
 * first wrong one is told with its number and what would be right.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/args.h"
#include "base/lang.h"
#include "rules/check.h"

/* More is no rule file: a trace named in its place, say. */
#define MAX_RULES 1048576

static const char *const subjects[] = { "packets", "flows", "tasks" };

/* Words end at blanks; commas and operators are words of their own. */
static int split(struct parser *p)
{
	char *at = p->text;

	p->nr_words = 0;
	p->at = 0;
	while (*at) {
		size_t len = strspn(at, " \t");

		at += len;
		if (!*at)
			break;
		if (p->nr_words == MAX_WORDS)
			return wrong(p, p->words[MAX_WORDS - 1], _("too long a line"));
		if (*at == ',')
			len = 1;
		else if (strspn(at, "<>=!"))
			len = strspn(at, "<>=!");
		else
			len = strcspn(at, " \t,<>=!");
		p->words[p->nr_words++] = xasprintf("%.*s", (int)len, at);
		at += len;
	}
	p->words[p->nr_words] = NULL;
	return 0;
}

static void drop_words(struct parser *p)
{
	while (p->nr_words)
		free(p->words[--p->nr_words]);
	p->words[0] = NULL;
}

static int parse_time_of(struct parser *p, struct moment *moment)
{
	if (!word(p) || parse_moment(word(p), moment))
		return wrong(p, word_or_end(p),
			     _("give seconds as in 'trace-cmd report', or +20ms since the start"));
	p->at++;
	return 0;
}

static int parse_number_of(struct parser *p, u32 *number)
{
	if (!word(p) || parse_number(word(p), number))
		return wrong(p, word_or_end(p), _("give a whole number"));
	p->at++;
	return 0;
}

static int parse_toward(struct parser *p)
{
	struct selection sel = { 0 };

	if (!word(p) || parse_flow(word(p), &sel) || sel.nr_ends != 1)
		return wrong(p, word_or_end(p), _("give an end, as in 192.0.2.1:7000 or :7000"));
	p->block->toward = sel.ends[0];
	p->block->directed = true;
	p->at++;
	return 0;
}

static int parse_with(struct parser *p)
{
	static const struct {
		const char *name;
		u16 bit;
	} flags[] = {
		{ "FIN", 0x01 }, { "SYN", 0x02 }, { "RST", 0x04 }, { "PSH", 0x08 }, { "ACK", 0x10 },
	};
	size_t i;

	if (take(p, "data")) {
		p->block->with_data = true;
		return 0;
	}
	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		if (!take(p, flags[i].name))
			continue;
		p->block->flags |= flags[i].bit;
		return 0;
	}
	return wrong(p, word_or_end(p), _("give data or one of FIN, SYN, RST, PSH, ACK"));
}

/* What the options --flow, --pid, --packet, --from and --to are on a command line. */
static int parse_choice(struct parser *p)
{
	struct selection *sel = &p->block->sel;

	if (take(p, "flow")) {
		if (!word(p) || parse_flow(word(p), sel))
			return wrong(p, word_or_end(p),
				     _("give an end or two, as in 192.0.2.2:40000-192.0.2.1:7000"));
		p->at++;
		return 0;
	}
	if (take(p, "pid"))
		return parse_number_of(p, &sel->pid);
	if (take(p, "packet"))
		return parse_number_of(p, &sel->packet);
	if (take(p, "from"))
		return parse_time_of(p, &sel->from);
	if (take(p, "to"))
		return parse_time_of(p, &sel->to);
	if (take(p, "toward"))
		return parse_toward(p);
	if (take(p, "with"))
		return parse_with(p);
	if (p->block->subject == ABOUT_TASKS && !p->block->task) {
		p->block->task = xstrdup(word(p));
		p->at++;
		return 0;
	}
	return wrong(p, word(p), _("choose by flow, toward, pid, packet, from, to or with"));
}

static int parse_head(struct parser *p, enum block_subject subject)
{
	struct block *block = xcalloc(1, sizeof(*block));

	block->subject = subject;
	block->line = p->line;
	block->text = xstrdup(p->text);
	ptrs_add(&p->rules->blocks, block);
	p->block = block;
	while (word(p))
		if (parse_choice(p))
			return -1;
	return 0;
}

static int parse_incomplete(struct parser *p)
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

static int parse_check(struct parser *p)
{
	const struct check_kind *kind = check_find(word(p));

	if (!kind) {
		error_line("%s:%u: '%s': no check: give one of %s", p->rules->name, p->line,
			   word(p), choice_names(&check_kinds));
		return -1;
	}
	if (!p->block)
		return wrong(p, word(p), _("begin with what it is about: packets, flows or tasks"));
	p->check = xcalloc(1, sizeof(*p->check));
	p->check->kind = kind;
	p->check->line = p->line;
	p->check->text = xstrdup(p->text);
	p->check->why = p->why ? xstrdup(p->why) : NULL;
	ptrs_add(&p->block->checks, p->check);
	p->rules->nr_checks++;
	p->at++;
	return kind->parse(p);
}

static int parse_words(struct parser *p)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(subjects); i++)
		/* With an operator behind it, it is a check. */
		if (!strcmp(word(p), subjects[i]) && !is_operator(p->words[1])) {
			p->at++;
			return parse_head(p, i);
		}
	if (p->block && take(p, "incomplete"))
		return parse_incomplete(p);
	return parse_check(p);
}

static void trim_end(char *text)
{
	char *end = text + strlen(text);

	while (end > text && strchr(" \t\r", end[-1]))
		*--end = '\0';
}

/* Cuts remarks off: "# ..." and, for the report, "-- ...". */
static void trim(struct parser *p)
{
	char *at;

	p->text += strspn(p->text, " \t");
	for (at = p->text; *at; at++)
		/* skb#12 is no remark. */
		if (*at == '#' && (at == p->text || strchr(" \t", at[-1]))) {
			*at = '\0';
			break;
		}
	trim_end(p->text);
	p->why = strstr(p->text, "-- ");
	if (!p->why)
		return;
	*p->why = '\0';
	p->why += 3 + strspn(p->why + 3, " \t");
	trim_end(p->text);
}

static int parse_line(struct parser *p, char *line)
{
	int ret;

	p->line++;
	p->text = line;
	trim(p);
	if (!*p->text)
		return 0;
	ret = split(p);
	if (!ret)
		ret = parse_words(p);
	if (!ret && word(p))
		ret = wrong(p, word(p), _("nothing may follow here"));
	drop_words(p);
	return ret;
}

/**
 * rules_parse - rules from their text
 * @text: of the file
 * @name: that errors are told with
 *
 * Return: the rules, NULL after one line that says what is wrong.
 */
struct rules *rules_parse(const char *text, const char *name)
{
	struct parser p = { .rules = xcalloc(1, sizeof(*p.rules)) };
	char *copy = xstrdup(text);
	char *rest = copy;
	char *line;
	int ret = 0;

	p.rules->name = xstrdup(name);
	while (!ret && (line = strsep(&rest, "\n")))
		ret = parse_line(&p, line);
	free(copy);
	if (!ret && !p.rules->nr_checks)
		ret = error_line("%s: no check in it: see rxpath-rules(5)", name);
	if (!ret)
		return p.rules;
	rules_free(p.rules);
	return NULL;
}

/**
 * rules_read - rules from a file
 * @path: the file, "-" for standard input
 *
 * Return: the rules, NULL after one line that says what is wrong.
 */
struct rules *rules_read(const char *path)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *file = is_stdin ? stdin : fopen(path, "r");
	const char *name = is_stdin ? _("standard input") : path;
	struct rules *rules = NULL;
	char *text;
	size_t len;

	if (!file) {
		error_line("%s: %s: name a rule file, or - for standard input", path,
			   strerror(errno));
		return NULL;
	}
	text = xcalloc(MAX_RULES + 1, 1);
	len = fread(text, 1, MAX_RULES, file);
	if (ferror(file))
		error_line("%s: %s: name a rule file, or - for standard input", name,
			   strerror(errno));
	else if (len == MAX_RULES || strlen(text) != len)
		error_line("%s: no rule file: is it a trace? RULES comes before TRACE", name);
	else
		rules = rules_parse(text, name);
	free(text);
	if (!is_stdin)
		fclose(file);
	return rules;
}

static void check_free(struct check *check)
{
	size_t i;
	size_t n;

	for (i = 0; i < check->list.n; i++) {
		if (check->kind->takes_hops) {
			struct hop *hop = check->list.v[i];

			for (n = 0; n < hop->names.n; n++)
				free(hop->names.v[n]);
			ptrs_free(&hop->names);
		} else {
			free(((struct result *)check->list.v[i])->error);
		}
		free(check->list.v[i]);
	}
	ptrs_free(&check->list);
	free(check->text);
	free(check->why);
	free(check->name);
	free(check);
}

/**
 * rules_free - drop rules
 * @rules: rules, or NULL
 */
void rules_free(struct rules *rules)
{
	size_t i;
	size_t c;

	if (!rules)
		return;
	for (i = 0; i < rules->blocks.n; i++) {
		struct block *block = rules->blocks.v[i];

		for (c = 0; c < block->checks.n; c++)
			check_free(block->checks.v[c]);
		ptrs_free(&block->checks);
		free(block->text);
		free(block->task);
		free(block);
	}
	ptrs_free(&rules->blocks);
	free(rules->name);
	free(rules);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a rule file. A line is a block's head, one of its checks, or empty; the
 * first wrong one is told with its number and what would be right.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/say.h"
#include "base/lang.h"
#include "rules/callset.h"
#include "rules/check.h"

/* More is no rule file: a trace named in its place, say. */
#define MAX_RULES 1048576
#define MAX_DEPTH 16

static int parse_include(struct parser *p);

static int parse_words(struct parser *p, struct label *label)
{
	int ret;

	if (!label->id) {
		if (is_head(p))
			return parse_head(p);
		if (take(p, "parent"))
			return parse_parent(p);
		if (take(p, "value"))
			return parse_value(p);
		if (p->block && take(p, "incomplete"))
			return parse_incomplete(p);
	} else if (!word(p)) {
		return wrong(p, label->id, _("an id stands before a check, on its line"));
	}
	ret = parse_check(p);
	return ret ? ret : check_label(p, label);
}

static void trim_end(char *text)
{
	char *end = text + strlen(text);

	while (end > text && strchr(" \t\r", end[-1]))
		*--end = '\0';
}

/*
 * Cuts remarks off: "# ..." and, for the report, "-- ...". In quotes stands a mark, in
 * which nothing is one.
 */
static void trim(struct parser *p)
{
	bool quoted = false;
	char *at;

	p->why = NULL;
	p->text += strspn(p->text, " \t");
	for (at = p->text; *at; at++) {
		if (*at == '"' && !p->why)
			quoted = !quoted;
		if (quoted)
			continue;
		/* skb#12 is no remark. */
		if (*at == '#' && (at == p->text || strchr(" \t", at[-1])))
			break;
		if (!p->why && !strncmp(at, "-- ", 3))
			p->why = at;
	}
	*at = '\0';
	trim_end(p->text);
	if (!p->why)
		return;
	*p->why = '\0';
	p->why += 3 + strspn(p->why + 3, " \t");
	trim_end(p->text);
}

static int parse_rule(struct parser *p)
{
	struct label label;
	int ret;

	ret = parse_label(p, &label);
	if (!ret)
		ret = split(p);
	if (!ret)
		ret = parse_words(p, &label);
	if (!ret && word(p))
		ret = wrong(p, word(p), _("nothing may follow here"));
	drop_words(p);
	free(label.id);
	return ret;
}

static bool begins_with(const char *line, const char *first)
{
	size_t len = strlen(first);

	return !strncmp(line, first, len) && (!line[len] || strchr(" \t\r", line[len]));
}

static int parse_line(struct parser *p, char *line)
{
	char *text;
	char *why;
	int ret;

	p->line++;
	line += strspn(line, " \t");
	/* In its quotes nothing is a remark or a name. */
	if (begins_with(line, "hint"))
		return parse_hint(p, line + strlen("hint"));
	p->text = line;
	trim(p);
	if (!*p->text)
		return 0;
	text = expand(p, p->text);
	why = text && p->why ? expand(p, p->why) : NULL;
	ret = !text || (p->why && !why) ? -1 : 0;
	p->text = text;
	p->why = why;
	if (!ret && begins_with(text, "let"))
		ret = parse_let(p);
	else if (!ret && begins_with(text, "include"))
		ret = parse_include(p);
	else if (!ret)
		ret = parse_rule(p);
	free(text);
	free(why);
	return ret;
}

static int parse_text(struct parser *p, const char *text)
{
	char *copy = xstrdup(text);
	char *rest = copy;
	char *line;
	int ret = 0;

	while (!ret && (line = strsep(&rest, "\n")))
		ret = parse_line(p, line);
	free(copy);
	return ret;
}

/**
 * rules_new - begin to read rules
 *
 * Return: no rules yet.
 */
struct rules *rules_new(void)
{
	return xcalloc(1, sizeof(struct rules));
}

static void parser_init(struct parser *p, struct rules *rules, const char *name)
{
	char *copy = xstrdup(name);

	memset(p, 0, sizeof(*p));
	p->rules = rules;
	p->file = copy;
	ptrs_add(&rules->files, copy);
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
	struct rules *rules = rules_new();
	struct parser p;

	parser_init(&p, rules, name);
	if (!parse_text(&p, text))
		return rules;
	rules_free(rules);
	return NULL;
}

static int parse_question(struct parser *p)
{
	enum block_subject subject = head_subject(p);
	unsigned int at;
	char *number;
	int ret;

	if (!is_head(p))
		return wrong(p, word_or_end(p),
			     _("begin with packets, flows, tasks, calls, trace, ring or sockets"));
	at = number_at(p, subject);
	if (!at) {
		error_line("%s:%u: '%s': no number of the block: give one of %s", p->file, p->line,
			   p->words[p->nr_words - 1], check_numbers(subject));
		return -1;
	}
	number = p->words[at];
	p->words[at] = NULL;
	ret = parse_head(p);
	p->words[at] = number;
	if (ret)
		return ret;
	p->at = at;
	return parse_figure(p, "answer");
}

/**
 * rules_ask - a question as rules: a block, and a value of it
 * @rules: no rules yet
 * @question: the block's head, and behind it the number
 *
 * Return: 0, or -1 after one line that says what is wrong.
 */
int rules_ask(struct rules *rules, const char *question)
{
	struct parser p;
	char *text;
	int ret;

	parser_init(&p, rules, _("question"));
	p.line = 1;
	text = expand(&p, question);
	p.text = text;
	ret = text ? split(&p) : -1;
	if (!ret)
		ret = parse_question(&p);
	if (!ret && word(&p))
		ret = wrong(&p, word(&p), _("nothing may follow here"));
	drop_words(&p);
	free(text);
	return ret;
}

static int cannot_open(const struct parser *outer, const char *path)
{
	const char *why = strerror(errno);

	if (outer)
		wrong(outer, path, why);
	else
		error_line("%s: %s: name a rule file, or - for standard input", path, why);
	return -1;
}

/* What may block for ever, or has no end, is no file to include. */
static FILE *open_rules(const struct parser *outer, const char *path)
{
	FILE *file = fopen(path, "re");
	struct stat st;

	if (!file) {
		cannot_open(outer, path);
		return NULL;
	}
	if (outer && (fstat(fileno(file), &st) || !S_ISREG(st.st_mode))) {
		wrong(outer, path, _("not a file"));
		fclose(file);
		return NULL;
	}
	return file;
}

static int read_rules(struct parser *p, FILE *file)
{
	char *text = xcalloc(MAX_RULES + 1, 1);
	size_t len = fread(text, 1, MAX_RULES, file);
	int ret = -1;

	if (ferror(file))
		error_line("%s: %s: name a rule file, or - for standard input", p->file,
			   strerror(errno));
	else if (len == MAX_RULES || strlen(text) != len)
		error_line("%s: no rule file: is it a trace? RULES comes before TRACE", p->file);
	else
		ret = parse_text(p, text);
	free(text);
	return ret;
}

/* Its names are known behind it; its last block ends with it. */
static int parse_file(struct parser *outer, const char *path)
{
	FILE *file = open_rules(outer, path);
	struct parser p;
	int ret;

	if (!file)
		return -1;
	parser_init(&p, outer->rules, path);
	p.depth = outer->depth + 1;
	ret = read_rules(&p, file);
	fclose(file);
	return ret;
}

static int parse_include(struct parser *p)
{
	const char *name = p->text + strlen("include");
	const char *slash = strrchr(p->file, '/');
	char *path;
	int ret;

	name += strspn(name, " \t");
	if (!*name)
		return wrong(p, p->text, _("give the file to include"));
	if (p->depth >= MAX_DEPTH)
		return wrong(p, name, _("too many files in each other: does it include itself?"));
	if (*name != '/' && slash)
		path = xasprintf("%.*s%s", (int)(slash + 1 - p->file), p->file, name);
	else
		path = xstrdup(name);
	ret = parse_file(p, path);
	free(path);
	return ret;
}

/**
 * rules_read - the rules of a file
 * @rules: where they go, behind those of other files
 * @path: the file, "-" for standard input
 *
 * Return: 0, or -1 after one line that says what is wrong.
 */
int rules_read(struct rules *rules, const char *path)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *file = is_stdin ? stdin : open_rules(NULL, path);
	size_t before = rules->nr_checks;
	struct parser p;
	int ret;

	if (!file)
		return -1;
	parser_init(&p, rules, is_stdin ? _("standard input") : path);
	ret = read_rules(&p, file);
	if (!is_stdin)
		fclose(file);
	if (ret || rules->nr_checks > before)
		return ret;
	error_line("%s: no check in it: see rxpath-rules(5)", p.file);
	return -1;
}

static void check_free(struct check *check)
{
	size_t i;

	for (i = 0; i < check->list.n; i++) {
		if (check->kind->takes_hops) {
			hop_free(check->list.v[i]);
			continue;
		}
		free(((struct result *)check->list.v[i])->error);
		free(check->list.v[i]);
	}
	ptrs_free(&check->list);
	if (check->with)
		with_free(check->with);
	free(check->with);
	for (i = 0; i < check->sets.n; i++)
		callset_free(check->sets.v[i]);
	for (i = 0; i < check->times.n; i++)
		free(check->times.v[i]);
	ptrs_free(&check->sets);
	ptrs_free(&check->times);
	free(check->answer);
	free(check->text);
	free(check->why);
	free(check->id);
	texts_free(&check->title);
	texts_free(&check->hint);
	free(check->name);
	free(check);
}

static void block_free(struct block *block)
{
	size_t i;

	for (i = 0; i < block->checks.n; i++)
		check_free(block->checks.v[i]);
	for (i = 0; i < block->through.n; i++)
		hop_free(block->through.v[i]);
	for (i = 0; i < block->around.n; i++)
		hop_free(block->around.v[i]);
	ptrs_free(&block->checks);
	ptrs_free(&block->through);
	ptrs_free(&block->around);
	callset_free(block->calls);
	free(block->ring);
	free(block->after);
	free(block->before);
	free(block->text);
	free(block->task);
	free(block);
}

/**
 * rules_free - drop rules
 * @rules: rules, or NULL
 */
void rules_free(struct rules *rules)
{
	size_t i;

	if (!rules)
		return;
	for (i = 0; i < rules->blocks.n; i++)
		block_free(rules->blocks.v[i]);
	for (i = 0; i < rules->files.n; i++)
		free(rules->files.v[i]);
	ptrs_free(&rules->files);
	ptrs_free(&rules->blocks);
	lets_free(rules);
	free(rules);
}

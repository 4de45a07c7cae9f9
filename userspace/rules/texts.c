// SPDX-License-Identifier: GPL-2.0
/*
 * What a check is called and what it is worth: [ID POINTS], its title and its hint in
 * two languages, and the check without which it is not judged.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "base/say.h"
#include "rules/parse.h"

#define ID_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"

static struct check *check_by_id(const struct rules *rules, const char *id)
{
	size_t i;
	size_t c;

	for (i = 0; i < rules->blocks.n; i++) {
		const struct block *block = rules->blocks.v[i];

		for (c = 0; c < block->checks.n; c++) {
			struct check *check = block->checks.v[c];

			if (check->id && !strcmp(check->id, id))
				return check;
		}
	}
	return NULL;
}

static int parse_label_word(struct parser *p, struct label *label, const char *word)
{
	if (!label->id) {
		if (!*word || word[strspn(word, ID_CHARACTERS)])
			return wrong(p, word, _("an id is of letters, digits, '.', '-' and '_'"));
		label->id = xstrdup(word);
		return 0;
	}
	if (!strcmp(word, "hidden")) {
		label->hidden = true;
		return 0;
	}
	if (!strcmp(word, "0")) {
		label->points = 0;
		return 0;
	}
	if (parse_number(word, &label->points))
		return wrong(p, word, _("behind the id may stand its points, and hidden"));
	return 0;
}

/**
 * parse_label - [ID POINTS hidden] at the beginning of a line
 * @p: parser, its line not split yet; goes on behind it
 * @label: what it says; its id is NULL where there is none
 *
 * Return: 0, or -1 after one line.
 */
int parse_label(struct parser *p, struct label *label)
{
	char *close;
	char *rest;
	char *word;

	*label = (struct label){ .points = 1 };
	if (*p->text != '[')
		return 0;
	close = strchr(p->text, ']');
	if (!close)
		return wrong(p, p->text, _("an id ends with ']', as in [et.loop 2]"));
	*close = '\0';
	rest = p->text + 1;
	while ((word = strsep(&rest, " \t")))
		if (*word && parse_label_word(p, label, word))
			return -1;
	if (!label->id)
		return wrong(p, "[]", _("an id is of letters, digits, '.', '-' and '_'"));
	p->text = close + 1;
	p->text += strspn(p->text, " \t");
	return 0;
}

/**
 * check_label - give a check what its label says
 * @p: parser, at the check
 * @label: label; its id goes to the check
 *
 * Return: 0, or -1 after one line.
 */
int check_label(struct parser *p, struct label *label)
{
	const struct check *other;

	if (!label->id)
		return 0;
	other = check_by_id(p->rules, label->id);
	if (other) {
		error_line("%s:%u: '%s': the id of %s:%u, too: an id stands for one check", p->file,
			   p->line, label->id, other->file, other->line);
		return -1;
	}
	p->check->id = label->id;
	label->id = NULL;
	p->check->points = label->points;
	p->check->hidden = label->hidden;
	if (p->why)
		texts_split(&p->check->title, p->why);
	return 0;
}

/**
 * texts_split - a text in two languages
 * @texts: result
 * @text: ENGLISH | CHINESE, or one for both
 */
void texts_split(struct texts *texts, const char *text)
{
	const char *bar = strstr(text, " | ");
	size_t len = bar ? (size_t)(bar - text) : strlen(text);

	while (len && strchr(" \t", text[len - 1]))
		len--;
	texts->en = xasprintf("%.*s", (int)len, text);
	if (bar)
		bar += 3 + strspn(bar + 3, " \t");
	texts->zh = xstrdup(bar && *bar ? bar : texts->en);
}

/* "...", in which \" is a quotation mark. */
static char *take_quoted(const char **at)
{
	struct strbuf sb = { 0 };
	const char *text = *at + strspn(*at, " \t");

	if (*text != '"')
		return NULL;
	strbuf_puts(&sb, "");
	for (text++; *text && *text != '"'; text++) {
		if (*text == '\\' && (text[1] == '"' || text[1] == '\\'))
			text++;
		strbuf_add(&sb, text, 1);
	}
	if (!*text) {
		strbuf_free(&sb);
		return NULL;
	}
	*at = text + 1 + strspn(text + 1, " \t");
	return strbuf_take(&sb);
}

/**
 * parse_hint - hint "ENGLISH" | "CHINESE"
 * @p: parser, at the check that it belongs to
 * @text: behind the word hint, as it stands in the file
 *
 * Return: 0, or -1 after one line.
 */
int parse_hint(struct parser *p, const char *text)
{
	struct texts *hint;

	if (!p->check || !p->check->id)
		return wrong(p, "hint", _("say it behind a check that has an id, as [et.loop 2]"));
	hint = &p->check->hint;
	if (hint->en)
		return wrong(p, "hint", _("this check has one already"));
	hint->en = take_quoted(&text);
	if (hint->en && *text == '|') {
		text++;
		hint->zh = take_quoted(&text);
	} else if (hint->en) {
		hint->zh = xstrdup(hint->en);
	}
	text += strspn(text, " \t\r");
	if (!hint->en || !hint->zh || (*text && *text != '#'))
		return wrong(p, "hint", _("give it in quotes: \"in English\" | \"in Chinese\""));
	return 0;
}

/**
 * parse_parent - parent ID
 * @p: parser, at the check that it belongs to
 *
 * Return: 0, or -1 after one line.
 */
int parse_parent(struct parser *p)
{
	const struct check *parent;

	if (!p->check || !p->check->id)
		return wrong(p, "parent",
			     _("say it behind a check that has an id, as [et.loop 2]"));
	if (p->check->parent)
		return wrong(p, "parent", _("this check has one already"));
	parent = word(p) ? check_by_id(p->rules, word(p)) : NULL;
	if (!parent || parent == p->check)
		return wrong(p, word_or_end(p), _("give the id of a check that stands before it"));
	p->check->parent = parent;
	p->at++;
	return 0;
}

/**
 * texts_pick - a text in the language that is spoken
 * @texts: texts
 *
 * Return: the text, NULL if there is none.
 */
const char *texts_pick(const struct texts *texts)
{
	return strcmp(lang_name(), "zh") ? texts->en : texts->zh;
}

/**
 * texts_free - drop a text
 * @texts: texts
 */
void texts_free(struct texts *texts)
{
	free(texts->en);
	free(texts->zh);
}

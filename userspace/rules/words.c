// SPDX-License-Identifier: GPL-2.0
/*
 * The words of a line of a rule file, one after the other.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/say.h"
#include "rules/parse.h"

/**
 * split - take a line apart
 * @p: parser
 *
 * Words end at blanks; commas and operators are words of their own, and what stands in
 * quotes is one word, which begins with the mark.
 *
 * Return: 0, or -1 after one line.
 */
int split(struct parser *p)
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
		if (*at == '"') {
			len = strcspn(at + 1, "\"") + 1;
			if (!at[len])
				return wrong(p, at, _("the quotes do not end"));
			p->words[p->nr_words++] = xasprintf("%.*s", (int)len, at);
			at += len + 1;
			continue;
		}
		if (*at == ',')
			len = 1;
		else if (strspn(at, "<>=!"))
			len = strspn(at, "<>=!");
		else
			len = strcspn(at, " \t,<>=!\"");
		p->words[p->nr_words++] = xasprintf("%.*s", (int)len, at);
		at += len;
	}
	p->words[p->nr_words] = NULL;
	return 0;
}

/**
 * drop_words - the line is over
 * @p: parser
 */
void drop_words(struct parser *p)
{
	while (p->nr_words)
		free(p->words[--p->nr_words]);
	p->words[0] = NULL;
}

/**
 * wrong - say what is wrong with a line
 * @p: parser
 * @what: the word that is
 * @right: what would be right
 *
 * Return: -1, so that a parser can return it at once.
 */
int wrong(const struct parser *p, const char *what, const char *right)
{
	error_line("%s:%u: '%s': %s", p->file, p->line, what, right);
	return -1;
}

/**
 * word - the word that comes next
 * @p: parser
 *
 * Return: the word, NULL at the end of the line.
 */
const char *word(const struct parser *p)
{
	return p->words[p->at];
}

/**
 * word_or_end - the word that comes next, to be named in an error
 * @p: parser
 *
 * Return: never NULL.
 */
const char *word_or_end(const struct parser *p)
{
	return word(p) ? word(p) : _("end of the line");
}

/**
 * take - step over a word if it is the wanted one
 * @p: parser
 * @wanted: word
 *
 * Return: true if it was.
 */
bool take(struct parser *p, const char *wanted)
{
	if (!word(p) || strcmp(word(p), wanted))
		return false;
	p->at++;
	return true;
}

/**
 * is_operator - is a word one that compares
 * @text: word, or NULL
 *
 * Return: true for = and the like.
 */
bool is_operator(const char *text)
{
	return text && strspn(text, "<>=!") == strlen(text) && *text;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The words of a line of a rule file, one after the other.
 */
#include <string.h>

#include "base/lang.h"
#include "base/say.h"
#include "rules/parse.h"

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
	error_line("%s:%u: '%s': %s", p->rules->name, p->line, what, right);
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

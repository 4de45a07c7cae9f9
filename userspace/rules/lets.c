// SPDX-License-Identifier: GPL-2.0
/*
 * Names for what rules have in common: let NAME = VALUE, and $NAME.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/say.h"
#include "rules/parse.h"

/* Longer than any line: a name that doubles itself ends here. */
#define MAX_VALUE 8192

static size_t name_length(const char *text)
{
	size_t len = 0;

	if (isalpha((unsigned char)*text) || *text == '_')
		while (isalnum((unsigned char)text[len]) || text[len] == '_')
			len++;
	return len;
}

static struct let *let_find(const struct rules *rules, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < rules->lets.n; i++) {
		struct let *let = rules->lets.v[i];

		if (strlen(let->name) == len && !strncmp(let->name, name, len))
			return let;
	}
	return NULL;
}

static void let_set(struct rules *rules, const char *name, size_t len, const char *value,
		    bool given)
{
	struct let *let = let_find(rules, name, len);

	if (!let) {
		let = xcalloc(1, sizeof(*let));
		let->name = xasprintf("%.*s", (int)len, name);
		ptrs_add(&rules->lets, let);
	} else if (let->given && !given) {
		return;
	}
	free(let->value);
	let->value = xstrdup(value);
	let->given = given;
}

/**
 * rules_set - a name from outside of the rule files
 * @rules: rules that are to be read
 * @assignment: NAME=VALUE
 *
 * Return: 0, or -1 if it is no assignment.
 */
int rules_set(struct rules *rules, const char *assignment)
{
	size_t len = name_length(assignment);

	if (!len || assignment[len] != '=' || strlen(assignment) > MAX_VALUE)
		return -1;
	let_set(rules, assignment, len, assignment + len + 1, true);
	return 0;
}

/**
 * parse_let - let NAME = VALUE, the value being the rest of the line
 * @p: parser, its line not split yet
 *
 * Return: 0, or -1 after one line.
 */
int parse_let(struct parser *p)
{
	const char *name = p->text + strlen("let");
	const char *value;
	size_t len;

	name += strspn(name, " \t");
	len = name_length(name);
	value = name + len + strspn(name + len, " \t");
	if (!len || *value != '=')
		return wrong(p, p->text, _("give a name and a value, as in let port = 7000"));
	value++;
	value += strspn(value, " \t");
	if (!*value)
		return wrong(p, p->text, _("give a name and a value, as in let port = 7000"));
	let_set(p->rules, name, len, value, false);
	return 0;
}

static int replace(const struct parser *p, struct strbuf *sb, const char **at)
{
	const char *name = *at + 1;
	bool braced = *name == '{';
	const struct let *let;
	char *shown;
	size_t len;

	name += braced;
	len = name_length(name);
	if (braced && name[len] != '}')
		len = 0;
	if (!len) {
		/* A dollar that is one. */
		*at += 1 + (*name == '$' && !braced);
		strbuf_add(sb, "$", 1);
		return 0;
	}
	let = let_find(p->rules, name, len);
	if (!let) {
		shown = xasprintf("$%.*s", (int)len, name);
		wrong(p, shown, _("no such name: say it with 'let', or give it with --set"));
		free(shown);
		return -1;
	}
	strbuf_puts(sb, let->value);
	*at = name + len + braced;
	return 0;
}

/**
 * expand - put the values of names in their places
 * @p: parser
 * @text: text with $names
 *
 * Return: the text, to be freed; NULL after one line.
 */
char *expand(const struct parser *p, const char *text)
{
	struct strbuf sb = { 0 };

	strbuf_puts(&sb, "");
	while (*text) {
		size_t len = strcspn(text, "$");

		strbuf_add(&sb, text, len);
		text += len;
		if (*text && replace(p, &sb, &text)) {
			strbuf_free(&sb);
			return NULL;
		}
		if (sb.len > MAX_VALUE) {
			strbuf_free(&sb);
			wrong(p, p->words[0] ? p->words[0] : "let", _("too long a line"));
			return NULL;
		}
	}
	return strbuf_take(&sb);
}

/**
 * lets_free - drop the names
 * @rules: rules
 */
void lets_free(struct rules *rules)
{
	size_t i;

	for (i = 0; i < rules->lets.n; i++) {
		struct let *let = rules->lets.v[i];

		free(let->name);
		free(let->value);
		free(let);
	}
	ptrs_free(&rules->lets);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * A field that is compared: with op = ADD, events has ONESHOT, ret < 0.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "model/path.h"
#include "rules/callset.h"
#include "rules/parse.h"
#include "words/field.h"

/**
 * parse_with - a field, how it is compared, and with what
 * @p: parser, at the field
 * @with: result, to be freed with with_free()
 *
 * Return: 0, or -1 after one line.
 */
int parse_with(struct parser *p, struct with *with)
{
	if (!word(p) || is_operator(word(p)))
		return wrong(p, word_or_end(p), _("give the name of a field"));
	with->field = xstrdup(word(p));
	p->at++;
	if (take(p, "has"))
		with->compare = HAS_BITS;
	else if (parse_operator(p, &with->compare))
		return -1;
	if (!word(p))
		return wrong(p, word_or_end(p),
			     _("give a number, or a name of the field's values"));
	with->text = xstrdup(word(p));
	p->at++;
	return 0;
}

/**
 * with_free - drop what it holds
 * @with: it
 */
void with_free(struct with *with)
{
	free(with->field);
	free(with->text);
}

/**
 * with_holds - does a call's field compare so
 * @with: field and value
 * @call: call
 *
 * Return: false, too, where the call has no such field.
 */
bool with_holds(const struct with *with, const struct call *call)
{
	const struct event *ev = &call->ev;
	const struct field *field = field_find(ev->kind, with->field);
	s64 wanted = 0;

	if (!field || field_parse(field, ev->kind, with->text, &wanted))
		return false;
	/* What it returns is not known yet. */
	if (call->flags & CALL_OPEN && !strcmp(with->field, "ret"))
		return false;
	if (field->type != FIELD_INT)
		return field_is(field, ev, with->text) == (with->compare == IS_EQUAL);
	return compare_values(with->compare, field_value(field, ev), wanted);
}

/**
 * with_found - what a call's field is instead
 * @with: field and value
 * @call: call
 *
 * Return: a text, to be freed.
 */
char *with_found(const struct with *with, const struct call *call)
{
	const struct field *field = field_find(call->ev.kind, with->field);
	char *value;
	char *text;

	if (!field)
		return xasprintf(_("has no %s"), with->field);
	if (call->flags & CALL_OPEN && !strcmp(with->field, "ret"))
		return xstrdup(_("has not returned"));
	value = field_text(field, call->ev.kind, &call->ev);
	text = xasprintf("%s %s", with->field, value);
	free(value);
	return text;
}

/* Of a kind of calls: the wrong word, or NULL. */
static const char *wrong_of_kind(const struct with *with, u16 kind, char **right)
{
	const struct field *field = field_find(kind, with->field);
	s64 value;
	bool plain;

	if (!field) {
		*right = xstrdup(field_nearest(kind, with->field));
		return with->field;
	}
	/* Its number alone is asked for. */
	if (!with->text)
		return NULL;
	plain = field->type == FIELD_INT || with->compare == IS_EQUAL || with->compare == IS_NOT;
	if (plain && !field_parse(field, kind, with->text, &value))
		return NULL;
	*right = field_names(field, kind);
	if (!*right)
		*right = xstrdup(field->type == FIELD_INT ? _("a number") : _("= or !="));
	return with->text;
}

/**
 * with_wrong - does it name what is not
 * @with: field and value
 * @name: of the calls
 * @right: what may have been meant, to be freed
 *
 * One of the calls' kinds has to have the field, and its values the name.
 *
 * Return: the wrong name, NULL if all are right.
 */
const char *with_wrong(const struct with *with, const struct hop *name, char **right)
{
	const char *wrong = NULL;
	size_t n;
	u16 i;

	for (n = 0; n < name->names.n; n++)
		for (i = 0; i < kind_count(); i++) {
			const char *own = kind_get(i)->name;
			size_t len = strcspn(own, " ");

			if (strncmp(own, name->names.v[n], len) ||
			    ((const char *)name->names.v[n])[len])
				continue;
			free(*right);
			*right = NULL;
			wrong = wrong_of_kind(with, i, right);
			if (!wrong)
				return NULL;
		}
	return wrong;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What the formats of a report have in common: a ruling in words.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/report.h"

/**
 * verdict_name - a verdict as programs read it
 * @verdict: verdict
 *
 * Return: its name.
 */
const char *verdict_name(enum verdict_of verdict)
{
	static const char *const names[] = { "pass", "fail", "skip", "error" };

	return names[verdict];
}

/**
 * ruling_name - what a check is called
 * @ruling: ruling
 *
 * Return: the name, to be freed; by its id if it has one, else by its place.
 */
char *ruling_name(const struct ruling *ruling)
{
	const struct check *check = ruling->check;
	const char *title = texts_pick(&check->title);

	if (check->id)
		return xasprintf("%s: %s", check->id, title ? title : check->text);
	return xasprintf("%s:%u: %s: %s", check->file, check->line, ruling->block->text,
			 check->why ? check->why : check->text);
}

/**
 * ruling_found - what was found instead
 * @ruling: ruling
 *
 * Return: the reason of the first offender, to be freed; NULL if there is none.
 */
char *ruling_found(const struct ruling *ruling)
{
	const struct finding *v = &ruling->finding;

	return v->nr_shown ? xstrdup(v->shown[0].reason) : NULL;
}

/**
 * ruling_message - what is wrong, in one line
 * @ruling: ruling
 *
 * Return: the line, to be freed; NULL if nothing is.
 */
char *ruling_message(const struct ruling *ruling)
{
	const struct finding *v = &ruling->finding;
	struct strbuf sb = { 0 };

	if (v->verdict == RULE_HOLDS)
		return NULL;
	if (v->reason) {
		strbuf_puts(&sb, v->reason);
	} else if (v->nr_shown) {
		const char *reason = v->shown[0].reason;

		if (v->shown[0].title)
			strbuf_addf(&sb, "%s: ", v->shown[0].title);
		/* A number alone says nothing. */
		if (reason[strspn(reason, "0123456789")])
			strbuf_puts(&sb, reason);
		else
			strbuf_addf(&sb, _("%s does not hold: %s"), ruling->check->text, reason);
		if (v->offenders > 1) {
			strbuf_puts(&sb, "; ");
			strbuf_addf(&sb, _("and %u more"), v->offenders - 1);
		}
	}
	return strbuf_take(&sb);
}

static void put_lines(struct strbuf *sb, const char *indent, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		strbuf_addf(sb, "%s%.*s\n", indent, (int)len, text);
		text += len + (text[len] == '\n');
	}
}

/**
 * ruling_details - all that was found
 * @ruling: ruling
 *
 * Return: lines, to be freed; NULL if there are none.
 */
char *ruling_details(const struct ruling *ruling)
{
	const struct finding *v = &ruling->finding;
	struct strbuf sb = { 0 };
	unsigned int i;

	if (v->reason)
		put_lines(&sb, "", v->reason);
	for (i = 0; i < v->nr_shown; i++) {
		const struct offence *offence = &v->shown[i];

		if (offence->title)
			put_lines(&sb, "", offence->title);
		put_lines(&sb, offence->title ? "  " : "", offence->reason);
		if (offence->way)
			put_lines(&sb, "    ", offence->way);
	}
	if (v->offenders > MAX_SHOWN) {
		strbuf_addf(&sb, _("and %u more"), v->offenders - MAX_SHOWN);
		strbuf_puts(&sb, "\n");
	}
	if (v->notes.len)
		put_lines(&sb, "", v->notes.s);
	return sb.s;
}

/**
 * ruling_command - what draws the first offender
 * @ruling: ruling
 *
 * Return: a command but for the trace's name, or NULL.
 */
const char *ruling_command(const struct ruling *ruling)
{
	return ruling->finding.nr_shown ? ruling->finding.shown[0].command : NULL;
}

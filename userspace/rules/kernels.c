// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of some kernels alone: on 6.1:, since 6.5:, before 6.12:.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/assert.h"
#include "rules/parse.h"

/**
 * kernel_parse - a version, or a release that begins with one
 * @text: such as 6.1 or 6.1.0-56-amd64
 *
 * Return: what versions are compared by, 0 if it is none.
 */
u32 kernel_parse(const char *text)
{
	unsigned int major;
	unsigned int minor;

	if (sscanf(text, "%4u.%4u", &major, &minor) != 2 || major > 999)
		return 0;
	return KERNEL(major, minor);
}

static bool is_condition(const struct parser *p)
{
	const char *next = word(p) ? p->words[p->at + 1] : NULL;

	return next && strlen(next) > 1 && next[strlen(next) - 1] == ':';
}

/**
 * parse_kernels - the kernels that a check is for
 * @p: parser, where the check begins; goes on behind it
 * @check: result: its on, since and before
 *
 * Return: 0, or -1 after one line.
 */
int parse_kernels(struct parser *p, struct check *check)
{
	while (is_condition(p)) {
		u32 *to = NULL;
		char *version;

		if (!strcmp(word(p), "on"))
			to = &check->on;
		else if (!strcmp(word(p), "since"))
			to = &check->since;
		else if (!strcmp(word(p), "before"))
			to = &check->before;
		if (!to)
			return 0;
		version = xasprintf("%.*s", (int)strlen(p->words[p->at + 1]) - 1,
				    p->words[p->at + 1]);
		*to = version[strspn(version, "0123456789.")] ? 0 : kernel_parse(version);
		free(version);
		if (!*to)
			return wrong(p, p->words[p->at + 1], _("give a kernel, as in since 6.5:"));
		p->at += 2;
	}
	return 0;
}

/**
 * kernel_rules_out - is a check of other kernels
 * @check: check
 * @release: of the kernel that the trace was recorded on
 * @v: what is found of it: the reason, if so
 *
 * Return: true if it is.
 */
bool kernel_rules_out(const struct check *check, const char *release, struct finding *v)
{
	u32 kernel = kernel_parse(release);

	if (!check->on && !check->since && !check->before)
		return false;
	if (!kernel) {
		v->verdict = RULE_UNKNOWN;
		v->reason = xstrdup(_("the trace does not say which kernel it is of"));
		return true;
	}
	if ((!check->on || check->on == kernel) && (!check->since || kernel >= check->since) &&
	    (!check->before || kernel < check->before))
		return false;
	v->verdict = RULE_SKIPPED;
	v->reason = xasprintf(_("not on this kernel, %s"), release);
	return true;
}

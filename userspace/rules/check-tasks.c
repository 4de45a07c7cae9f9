// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of whom a packet wakes, and who reads it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "rules/check.h"
#include "words/text.h"

/* Or it had the name when it was woken. */
static bool wakes_task(const struct model *m, const char *wanted, const struct call *waking)
{
	u32 number;

	if (task_is(m, waking->ev.a.waking.pid, wanted))
		return true;
	return parse_number(wanted, &number) &&
	       !strncmp(waking->ev.a.waking.comm, wanted, COMM_LEN - 1);
}

/**
 * packet_woken - whom a packet woke
 * @m: model
 * @p: packet
 *
 * Return: the tasks' names, to be freed.
 */
char *packet_woken(const struct model *m, const struct packet *p)
{
	struct strbuf woken = { 0 };
	size_t i;

	for (i = 0; i < packet_end_of(p)->links.wakes.n; i++) {
		const struct wake *wake = packet_end_of(p)->links.wakes.v[i];

		if (!wake->waking)
			continue;
		strbuf_puts(&woken, woken.len ? ", " : "");
		task_text(&woken, m, wake->waking->ev.a.waking.pid);
	}
	if (!woken.len)
		strbuf_puts(&woken, _("nobody"));
	return strbuf_take(&woken);
}

static char *judge_wakes(struct judge *j)
{
	u64 n = 0;
	char *woken;
	char *reason;
	size_t i;

	for (i = 0; i < packet_end_of(j->p)->links.wakes.n; i++) {
		const struct wake *wake = packet_end_of(j->p)->links.wakes.v[i];

		n += wake->waking && wakes_task(j->m, j->check->name, wake->waking);
	}
	if (check_compare(j->check, n))
		return NULL;
	woken = packet_woken(j->m, j->p);
	reason = xasprintf(_("wakes %s"), woken);
	free(woken);
	return reason;
}

static char *judge_reader(struct judge *j)
{
	const struct call *read = packet_end_of(j->p)->links.read;
	struct strbuf sb = { 0 };
	char *reason;

	if (!read)
		return xstrdup(_("not read"));
	if (task_is(j->m, read->ev.pid, j->check->name))
		return NULL;
	task_text(&sb, j->m, read->ev.pid);
	reason = xasprintf(_("read by %s"), sb.s);
	strbuf_free(&sb);
	return reason;
}

static char *judge_read(struct judge *j)
{
	const struct call *read = packet_end_of(j->p)->links.read;

	if (!read)
		return xstrdup(_("not read"));
	if (read->ev.ret >= 0 && check_compare(j->check, read->ev.ret))
		return NULL;
	return xasprintf(_("its read returned %lld bytes"), read->ev.ret);
}

static const struct check_kind reader = {
	.name = "read",
	.packet = judge_reader,
	.names_task = true,
};

static int parse_wakes(struct parser *p)
{
	struct check *check = p->check;

	check->compare = IS_AT_LEAST;
	check->value = 1;
	if (take(p, "nobody")) {
		check->compare = IS_EQUAL;
		check->value = 0;
		return 0;
	}
	if (word(p) && !is_operator(word(p))) {
		check->name = xstrdup(word(p));
		p->at++;
		if (!word(p))
			return 0;
	}
	return parse_count(p);
}

static int parse_read(struct parser *p)
{
	if (!take(p, "by"))
		return parse_count(p);
	p->check->kind = &reader;
	if (!word(p))
		return wrong(p, word_or_end(p), _("give the name or the pid of a task"));
	p->check->name = xstrdup(word(p));
	p->at++;
	return 0;
}

const struct check_kind check_wakes = {
	.name = "wakes",
	.parse = parse_wakes,
	.packet = judge_wakes,
	.names_task = true,
};

const struct check_kind check_read = {
	.name = "read",
	.parse = parse_read,
	.packet = judge_read,
};

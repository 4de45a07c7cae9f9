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

static bool task_is(const struct model *m, const char *wanted, u32 pid, const char *comm)
{
	const struct task *task = model_task(m, pid);
	u32 number;

	if (!wanted)
		return true;
	if (!parse_number(wanted, &number))
		return number == pid;
	/* The kernel cuts a name off after 15 characters. */
	return (comm && !strncmp(comm, wanted, COMM_LEN - 1)) ||
	       (task && !strncmp(task->comm, wanted, COMM_LEN - 1));
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

		n += wake->waking && task_is(j->m, j->check->name, wake->waking->ev.a.waking.pid,
					     wake->waking->ev.a.waking.comm);
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
	if (task_is(j->m, j->check->name, read->ev.pid, NULL))
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
};

const struct check_kind check_read = {
	.name = "read",
	.parse = parse_read,
	.packet = judge_read,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * Which calls a line means, as it is read and as a call is held against it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "model/path.h"
#include "rules/callset.h"
#include "rules/parse.h"
#include "words/field.h"

/**
 * hop_is - is a call one of these
 * @hop: names
 * @call: call
 *
 * Return: true if it is.
 */
bool hop_is(const struct hop *hop, const struct call *call)
{
	size_t i;

	for (i = 0; i < hop->names.n; i++)
		if (path_is(call, hop->names.v[i]))
			return true;
	return false;
}

/**
 * hop_around - was a call made in one of these
 * @hop: names
 * @call: call
 *
 * Return: true if it was, however far below.
 */
bool hop_around(const struct hop *hop, const struct call *call)
{
	const struct call *parent;

	for (parent = call->parent; parent; parent = parent->parent)
		if (hop_is(hop, parent))
			return true;
	return false;
}

/**
 * parse_context - H, S or T
 * @p: parser
 * @context: result
 *
 * Return: 0, or -1 after one line.
 */
int parse_context(struct parser *p, int *context)
{
	static const char letters[] = "HST";
	const char *found = word(p) && *word(p) && !word(p)[1] ? strchr(letters, *word(p)) : NULL;

	if (!found)
		return wrong(p, word_or_end(p),
			     _("give H (hard interrupt), S (softirq) or T (task)"));
	*context = found - letters;
	p->at++;
	return 0;
}

/**
 * parse_cpu - cpu N
 * @p: parser
 * @cpu: result
 *
 * Return: 0, or -1 after one line.
 */
int parse_cpu(struct parser *p, int *cpu)
{
	u32 number = 0;

	if (!take(p, "cpu") || !word(p) || (strcmp(word(p), "0") && parse_number(word(p), &number)))
		return wrong(p, word_or_end(p), _("give a processor, as in on cpu 1"));
	*cpu = number & 0xffff;
	p->at++;
	return 0;
}

static int parse_task(struct parser *p, struct callset *set)
{
	if (!word(p) || set->task)
		return wrong(p, word_or_end(p), _("give the name or the pid of a task"));
	set->task = xstrdup(word(p));
	p->at++;
	return 0;
}

/**
 * callset_choice - one of the choosers of calls
 * @p: parser, at a word
 * @set: what it narrows
 *
 * Return: 1 if it was one, 0 if it is another word, -1 after one line.
 */
int callset_choice(struct parser *p, struct callset *set)
{
	if (take(p, "by"))
		return parse_task(p, set) ? -1 : 1;
	if (take(p, "toward")) {
		set->directed = true;
		return parse_end_of(p, &set->toward) ? -1 : 1;
	}
	if (take(p, "with")) {
		struct with *with = xcalloc(1, sizeof(*with));

		ptrs_add(&set->withs, with);
		return parse_with(p, with) ? -1 : 1;
	}
	if (take(p, "within")) {
		hop_free(set->within);
		set->within = parse_hop(p);
		return set->within ? 1 : -1;
	}
	if (take(p, "context"))
		return parse_context(p, &set->context) ? -1 : 1;
	if (take(p, "on"))
		return parse_cpu(p, &set->cpu) ? -1 : 1;
	return 0;
}

/**
 * callset_parse - calls by their name, and what narrows them
 * @p: parser, at the name
 *
 * Return: the set, to be freed with callset_free(); NULL after one line.
 */
struct callset *callset_parse(struct parser *p)
{
	struct callset *set = xcalloc(1, sizeof(*set));
	int ret = 1;

	set->context = -1;
	set->cpu = -1;
	set->name = parse_hop(p);
	while (set->name && ret > 0 && word(p))
		ret = callset_choice(p, set);
	if (set->name && ret >= 0)
		return set;
	callset_free(set);
	return NULL;
}

/**
 * callset_free - drop it
 * @set: set, or NULL
 */
void callset_free(struct callset *set)
{
	size_t i;

	if (!set)
		return;
	for (i = 0; i < set->withs.n; i++) {
		with_free(set->withs.v[i]);
		free(set->withs.v[i]);
	}
	ptrs_free(&set->withs);
	hop_free(set->name);
	hop_free(set->within);
	free(set->task);
	free(set);
}

/* The ports that a call names itself. */
static bool ports_of(const struct call *call, u16 *sport, u16 *dport)
{
	u16 kind = call->ev.kind;
	const struct field *to = field_find(kind, "dport");
	const struct field *from = field_find(kind, "sport");

	if (!to)
		return false;
	*dport = field_value(to, &call->ev);
	*sport = from ? field_value(from, &call->ev) : 0;
	return *dport;
}

/* 1 goes there, 0 goes elsewhere, -1 does not say. */
static int goes_toward(const struct endpoint *end, const struct model *m, const struct call *call)
{
	const struct packet *p = call->packet ? model_packet(m, call->packet) : NULL;
	u16 sport;
	u16 dport;

	if (p && packet_ip(p))
		return end_fits(end, p, true);
	/* A socket names its own end. */
	if (end->len || !ports_of(call, &sport, &dport))
		return -1;
	return end->port == dport;
}

static int below_goes_toward(const struct endpoint *end, const struct model *m,
			     const struct call *call)
{
	const struct call *child;
	int found = -1;

	for (child = call->child; child && found < 1; child = child->next) {
		int it = goes_toward(end, m, child);

		if (it < 0)
			it = below_goes_toward(end, m, child);
		if (it > found)
			found = it;
	}
	return found;
}

/*
 * What does not say itself where it goes is toward what it was called for, as a callback
 * is, or toward what it calls, as epoll_ctl asks the socket whether it is ready.
 */
static bool is_toward(const struct endpoint *end, const struct model *m, const struct call *call)
{
	const struct call *above;
	int found = goes_toward(end, m, call);

	for (above = call->parent; found < 0 && above; above = above->parent)
		found = goes_toward(end, m, above);
	if (found < 0)
		found = below_goes_toward(end, m, call);
	return found > 0;
}

/**
 * callset_fits - is a call one of the set
 * @set: set
 * @m: model
 * @call: call; whether a task of its pid has the name is known at the end of the trace
 *
 * Return: true if it is.
 */
bool callset_fits(const struct callset *set, const struct model *m, const struct call *call)
{
	size_t i;

	if (!hop_is(set->name, call))
		return false;
	if (!callset_may_be(set, call->ev.pid) || (set->task && call->ev.ctx != CTX_TASK))
		return false;
	if (set->context >= 0 && set->context != call->ev.ctx)
		return false;
	if (set->cpu >= 0 && set->cpu != call->ev.cpu)
		return false;
	for (i = 0; i < set->withs.n; i++)
		if (!with_holds(set->withs.v[i], call))
			return false;
	if (set->within && !hop_around(set->within, call))
		return false;
	return !set->directed || is_toward(&set->toward, m, call);
}

/**
 * callset_may_be - may a task be the one that is meant
 * @set: set
 * @pid: its pid; a name is known at the end alone
 *
 * Return: false if it cannot.
 */
bool callset_may_be(const struct callset *set, u32 pid)
{
	u32 number;

	return !set->task || parse_number(set->task, &number) || number == pid;
}

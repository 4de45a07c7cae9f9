// SPDX-License-Identifier: GPL-2.0
/*
 * The head of a block: what it is about, and how that is chosen.
 */
#include <stdlib.h>
#include <string.h>

#include "base/args.h"
#include "base/lang.h"
#include "rules/callset.h"
#include "rules/parse.h"

static const char *const subjects[] = { "packets", "flows",	  "tasks", "calls",
					"trace",   "connections", "ring",  "sockets" };

static int parse_time_of(struct parser *p, struct moment *moment)
{
	if (!word(p) || parse_moment(word(p), moment))
		return wrong(p, word_or_end(p),
			     _("give seconds as in 'trace-cmd report', or +20ms since the start"));
	p->at++;
	return 0;
}

static int parse_number_of(struct parser *p, u32 *number)
{
	if (!word(p) || parse_number(word(p), number))
		return wrong(p, word_or_end(p), _("give a whole number"));
	p->at++;
	return 0;
}

static int parse_toward(struct parser *p)
{
	p->block->directed = true;
	return parse_end_of(p, &p->block->toward);
}

static int parse_through(struct parser *p, struct ptrs *hops)
{
	struct hop *hop = parse_hop(p);

	if (!hop)
		return -1;
	ptrs_add(hops, hop);
	return 0;
}

/* One of those that all else has chosen. */
static int parse_nth(struct parser *p)
{
	struct block *block = p->block;

	if (block->nth || block->last)
		return wrong(p, word_or_end(p), _("give one of first, last, nth"));
	if (take(p, "first")) {
		block->nth = 1;
		return 0;
	}
	if (take(p, "last")) {
		block->last = true;
		return 0;
	}
	p->at++;
	return parse_number_of(p, &block->nth);
}

static bool is_word(const struct parser *p, const char *text)
{
	return word(p) && !strcmp(word(p), text);
}

static int parse_packet_with(struct parser *p)
{
	static const struct {
		const char *name;
		u16 bit;
	} flags[] = {
		{ "FIN", 0x01 }, { "SYN", 0x02 }, { "RST", 0x04 }, { "PSH", 0x08 }, { "ACK", 0x10 },
	};
	size_t i;

	if (take(p, "data")) {
		p->block->with_data = true;
		return 0;
	}
	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		if (!take(p, flags[i].name))
			continue;
		p->block->flags |= flags[i].bit;
		return 0;
	}
	return wrong(p, word_or_end(p), _("give data or one of FIN, SYN, RST, PSH, ACK"));
}

static int parse_mark(struct parser *p, char **mark)
{
	const char *text;

	if (!take(p, "mark") || !word(p) || *mark)
		return wrong(p, word_or_end(p), _("give a mark, as in after mark \"second\""));
	text = word(p);
	*mark = xstrdup(text + (*text == '"'));
	p->at++;
	return 0;
}

/* between mark A and mark B, after mark A, before mark B: 1 if it is one of these. */
static int parse_window(struct parser *p)
{
	struct block *block = p->block;

	if (take(p, "after"))
		return parse_mark(p, &block->after) ? -1 : 1;
	if (take(p, "before"))
		return parse_mark(p, &block->before) ? -1 : 1;
	if (!take(p, "between"))
		return 0;
	if (parse_mark(p, &block->after))
		return -1;
	if (!take(p, "and"))
		return wrong(p, word_or_end(p), _("give two marks: between mark A and mark B"));
	return parse_mark(p, &block->before) ? -1 : 1;
}

/* An event of a state tells ports alone. */
static int parse_socket_choice(struct parser *p)
{
	struct endpoint end;

	if (take(p, "toward")) {
		if (parse_toward(p))
			return -1;
		end = p->block->toward;
	} else if (take(p, "peer")) {
		if (parse_end_of(p, &end))
			return -1;
		p->block->peer = end.port;
	} else {
		return wrong(p, word(p), _("choose with toward or peer and a port, from, to"));
	}
	if (end.len || !end.port)
		return wrong(p, p->words[p->at - 1], _("give a port, as in :7000"));
	return 0;
}

/* What the options --flow, --pid, --packet, --from and --to are on a command line. */
static int parse_choice(struct parser *p)
{
	struct selection *sel = &p->block->sel;
	bool packets = is_about_packets(p->block->subject);
	int ret = parse_window(p);

	if (ret)
		return ret < 0 ? ret : 0;

	if (packets && take(p, "flow")) {
		if (!word(p) || parse_flow(word(p), sel))
			return wrong(p, word_or_end(p),
				     _("give an end or two, as in 192.0.2.2:40000-192.0.2.1:7000"));
		p->at++;
		return 0;
	}
	if (take(p, "pid"))
		return parse_number_of(p, &sel->pid);
	if (packets && take(p, "packet"))
		return parse_number_of(p, &sel->packet);
	if (take(p, "from"))
		return parse_time_of(p, &sel->from);
	if (take(p, "to"))
		return parse_time_of(p, &sel->to);
	if (p->block->subject == ABOUT_SOCKS)
		return parse_socket_choice(p);
	if (p->block->subject == ABOUT_RING && !p->block->ring) {
		p->block->ring = xstrdup(word(p));
		p->at++;
		return 0;
	}
	if (!packets)
		return wrong(p, word(p), _("choose with by, toward, with, within, context, on"));
	if (take(p, "toward"))
		return parse_toward(p);
	if (take(p, "with"))
		return parse_packet_with(p);
	if (take(p, "through"))
		return parse_through(p, &p->block->through);
	if (take(p, "not")) {
		if (take(p, "through"))
			return parse_through(p, &p->block->around);
		return wrong(p, word_or_end(p), _("give through and a function"));
	}
	if (is_word(p, "first") || is_word(p, "last") || is_word(p, "nth"))
		return parse_nth(p);
	if (p->block->subject == ABOUT_TASKS && !p->block->task) {
		p->block->task = xstrdup(word(p));
		p->at++;
		return 0;
	}
	return wrong(p, word(p), _("choose by flow, toward, pid, packet, from, to, with, through"));
}

static int parse_block(struct parser *p, enum block_subject subject)
{
	struct block *block = xcalloc(1, sizeof(*block));

	block->subject = subject;
	block->file = p->file;
	block->line = p->line;
	block->text = xstrdup(p->text);
	ptrs_add(&p->rules->blocks, block);
	p->block = block;
	p->check = NULL;
	if (subject == ABOUT_CALLS) {
		block->calls = callset_parse(p);
		if (!block->calls)
			return -1;
	}
	while (word(p)) {
		int ret = subject == ABOUT_CALLS ? callset_choice(p, block->calls) : 0;

		if (ret < 0 || (!ret && parse_choice(p)))
			return -1;
	}
	return 0;
}

static int subject_find(const struct parser *p)
{
	size_t i;

	/* With an operator behind it, it is a check; that of calls has a function first. */
	for (i = 0; i < ARRAY_SIZE(subjects); i++)
		if (p->words[0] && !strcmp(p->words[0], subjects[i]))
			break;
	if (i == ARRAY_SIZE(subjects) || is_operator(p->words[1]))
		return -1;
	if (i == ABOUT_CALLS && p->words[1] &&
	    (is_operator(p->words[2]) || (p->words[2] && !strcmp(p->words[2], ","))))
		return -1;
	return i;
}

/**
 * is_head - is a line the head of a block
 * @p: parser, its line split
 *
 * Return: true if it is.
 */
bool is_head(const struct parser *p)
{
	return subject_find(p) >= 0;
}

/**
 * head_subject - what the head of a block is about
 * @p: parser, its line split
 *
 * Return: the subject, that of packets if it is no head.
 */
enum block_subject head_subject(const struct parser *p)
{
	int subject = subject_find(p);

	return subject < 0 ? ABOUT_PACKETS : subject;
}

/**
 * parse_head - the head of a block
 * @p: parser, at the line's first word
 *
 * Return: 0, or -1 after one line.
 */
int parse_head(struct parser *p)
{
	int subject = subject_find(p);

	p->at++;
	return parse_block(p, subject);
}

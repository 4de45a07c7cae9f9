// SPDX-License-Identifier: GPL-2.0
/*
 * Choosing packets and calls by number, connection, task and time.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/args.h"
#include "base/lang.h"
#include "model/select.h"

enum {
	OPT_FLOW = 0x100,
	OPT_PID,
	OPT_FROM,
	OPT_TO,
};

static const struct argp_option options[] = {
	{ 0, 0, 0, 0, N_("Which packets:"), 1 },
	{ "packet", 'p', "N", 0, N_("Packet N (as in skb#N)"), 1 },
	{ "flow", OPT_FLOW, "END[-END]", 0,
	  N_("Packets of a connection; END is ADDRESS, PORT, ADDRESS:PORT or [IPV6]:PORT"), 1 },
	{ "pid", OPT_PID, "PID", 0, N_("Packets that woke task PID, or that it read"), 1 },
	{ "from", OPT_FROM, "TIME", 0,
	  N_("Not what came before TIME: as in 'trace-cmd report', or +20ms since the start"), 1 },
	{ "to", OPT_TO, "TIME", 0, N_("Not what came after TIME"), 1 },
	{ 0 },
};

static int parse_address(const char *text, int family, struct endpoint *end)
{
	if (inet_pton(family, text, end->addr) != 1)
		return -1;
	end->len = family == AF_INET6 ? 16 : 4;
	return 0;
}

static int parse_port(const char *text, struct endpoint *end)
{
	u32 port;

	if (parse_number(text, &port) || port > 0xffff)
		return -1;
	end->port = port;
	return 0;
}

/* [ADDRESS] or [ADDRESS]:PORT, as in a URL. */
static int parse_bracketed(char *text, struct endpoint *end)
{
	char *close = strchr(text, ']');

	if (!close)
		return -1;
	*close = '\0';
	if (parse_address(text + 1, AF_INET6, end))
		return -1;
	if (!close[1])
		return 0;
	return close[1] == ':' ? parse_port(close + 2, end) : -1;
}

static int parse_end(const char *text, size_t len, struct endpoint *end)
{
	char part[64];
	char *colon;

	if (!len || len >= sizeof(part))
		return -1;
	memcpy(part, text, len);
	part[len] = '\0';
	if (*part == '[')
		return parse_bracketed(part, end);
	colon = strchr(part, ':');
	/* Two colons: an address of IPv6 alone. */
	if (colon && strchr(colon + 1, ':'))
		return parse_address(part, AF_INET6, end);
	if (!colon && !strchr(part, '.'))
		return parse_port(part, end);
	if (colon)
		*colon = '\0';
	if (colon != part && parse_address(part, AF_INET, end))
		return -1;
	return colon ? parse_port(colon + 1, end) : 0;
}

/**
 * parse_flow - one or both ends of a connection
 * @text: such as 192.0.2.2:40000-192.0.2.1:7000, [2001:db8::1]:7000, 192.0.2.2 or :7000
 * @sel: where to put them
 *
 * Return: 0, or -1 if @text is no flow.
 */
int parse_flow(const char *text, struct selection *sel)
{
	const char *dash = strchr(text, '-');

	memset(sel->ends, 0, sizeof(sel->ends));
	sel->nr_ends = 0;
	if (parse_end(text, dash ? (size_t)(dash - text) : strlen(text), &sel->ends[0]))
		return -1;
	if (dash && parse_end(dash + 1, strlen(dash + 1), &sel->ends[1]))
		return -1;
	sel->nr_ends = dash ? 2 : 1;
	return 0;
}

/**
 * parse_moment - a time of the trace
 * @text: seconds, or a number with s, ms, us or ns; with "+" since the first event
 * @moment: result
 *
 * Return: 0, or -1 if @text is no time.
 */
int parse_moment(const char *text, struct moment *moment)
{
	static const struct {
		const char *name;
		double ns;
	} units[] = {
		{ "", NSEC_PER_SEC },	 { "s", NSEC_PER_SEC }, { "ms", NSEC_PER_MSEC },
		{ "us", NSEC_PER_USEC }, { "ns", 1 },
	};
	double value;
	char *end;
	size_t i;

	moment->relative = *text == '+';
	text += moment->relative;
	if (*text < '0' || *text > '9')
		return -1;
	errno = 0;
	value = strtod(text, &end);
	for (i = 0; i < ARRAY_SIZE(units); i++) {
		if (strcmp(end, units[i].name))
			continue;
		value = value * units[i].ns + 0.5;
		/* Past this no clock goes: 292 years. */
		if (errno || !(value < 9.2e18))
			return -1;
		moment->ns = value;
		moment->given = true;
		return 0;
	}
	return -1;
}

static void wrong(const char *option, const char *arg, const char *what)
{
	error_line("%s %s: give %s", option, arg, what);
	exit(EXIT_USAGE);
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	static const char time_form[] =
		N_("seconds as in 'trace-cmd report', or +20ms since the start");
	struct trace_args *args = state->input;
	struct selection *sel = &args->sel;

	switch (key) {
	case ARGP_KEY_ARG:
		if (args->path)
			argp_usage(state);
		args->path = arg;
		return 0;
	case ARGP_KEY_END:
		if (!args->path)
			args->path = "trace.dat";
		return 0;
	case 'p':
		if (parse_number(arg, &sel->packet))
			wrong("--packet", arg, _("the number of a packet, as in skb#12"));
		return 0;
	case OPT_FLOW:
		if (parse_flow(arg, sel))
			wrong("--flow", arg,
			      _("an end or two, as in 192.0.2.2:40000-:7000, [2001:db8::1]:7000"));
		return 0;
	case OPT_PID:
		if (parse_number(arg, &sel->pid))
			wrong("--pid", arg, _("the number of a task"));
		return 0;
	case OPT_FROM:
		if (parse_moment(arg, &sel->from))
			wrong("--from", arg, _(time_form));
		return 0;
	case OPT_TO:
		if (parse_moment(arg, &sel->to))
			wrong("--to", arg, _(time_form));
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp trace_argp = {
	.options = options,
	.parser = parse_option,
	.args_doc = N_("[TRACE]"),
	.argp_domain = LANG_DOMAIN,
};

const struct argp_child trace_children[] = {
	{ &trace_argp, 0, NULL, 0 },
	{ &lang_argp, 0, NULL, 0 },
	{ 0 },
};

/**
 * select_empty - is everything chosen
 * @sel: choice
 *
 * Return: true if no option narrowed it.
 */
bool select_empty(const struct selection *sel)
{
	return !sel->packet && !sel->pid && !sel->nr_ends && !sel->from.given && !sel->to.given;
}

static u64 moment_time(const struct moment *moment, u64 first)
{
	return moment->relative ? first + moment->ns : moment->ns;
}

/**
 * select_time - is a time within the chosen ones
 * @sel: choice
 * @first: time of the trace's first event
 * @time: time
 *
 * Return: true if it is.
 */
bool select_time(const struct selection *sel, u64 first, u64 time)
{
	if (sel->from.given && time < moment_time(&sel->from, first))
		return false;
	return !sel->to.given || time <= moment_time(&sel->to, first);
}

/**
 * end_fits - is a packet from, or to, an end
 * @end: end
 * @p: packet with addresses
 * @to: is it to it
 *
 * Return: true if it is.
 */
bool end_fits(const struct endpoint *end, const struct packet *p, bool to)
{
	const u8 *addr = to ? p->daddr : p->saddr;
	u8 len = sizeof(p->daddr);
	u16 port = to ? p->dport : p->sport;

	if (p->ip6) {
		addr = to ? p->daddr6 : p->saddr6;
		len = sizeof(p->daddr6);
	}
	if (end->len && (end->len != len || memcmp(end->addr, addr, len)))
		return false;
	return !end->port || end->port == port;
}

static bool flow_fits(const struct selection *sel, const struct packet *p)
{
	const struct endpoint *a = &sel->ends[0];
	const struct endpoint *b = &sel->ends[1];

	/* A missing second end fits any. */
	return (end_fits(a, p, false) && end_fits(b, p, true)) ||
	       (end_fits(b, p, false) && end_fits(a, p, true));
}

static bool task_fits(u32 pid, const struct packet *p)
{
	size_t i;

	if (p->links.read && p->links.read->ev.pid == pid)
		return true;
	for (i = 0; i < p->links.wakes.n; i++) {
		const struct wake *wake = p->links.wakes.v[i];

		if (wake->waking && wake->waking->ev.a.waking.pid == pid)
			return true;
	}
	return false;
}

/**
 * select_packet - is a packet chosen
 * @sel: choice
 * @p: packet, judged
 * @first: time of the trace's first event
 *
 * A frame that GRO joined to another went to whom that one went.
 *
 * Return: true if it is.
 */
bool select_packet(const struct selection *sel, const struct packet *p, u64 first)
{
	const struct packet *end = packet_end_of(p);

	if (sel->packet && sel->packet != p->no)
		return false;
	if (sel->pid && !task_fits(sel->pid, end))
		return false;
	if (sel->nr_ends && !(packet_ip(end) && flow_fits(sel, end)))
		return false;
	return select_time(sel, first, packet_wire(p));
}

/**
 * select_call - is a program's own call chosen
 * @sel: choice; its packet and flow do not matter
 * @call: call
 * @first: time of the trace's first event
 *
 * Return: true if it is.
 */
bool select_call(const struct selection *sel, const struct call *call, u64 first)
{
	if (sel->pid && sel->pid != call->ev.pid)
		return false;
	return select_time(sel, first, call->ev.start);
}

/**
 * select_text - the choice as its options
 * @sel: choice
 *
 * Return: the names of the options that narrow it, to be freed.
 */
char *select_text(const struct selection *sel)
{
	struct strbuf sb = { 0 };

	if (sel->packet)
		strbuf_addf(&sb, " --packet %u", sel->packet);
	if (sel->nr_ends)
		strbuf_puts(&sb, " --flow");
	if (sel->pid)
		strbuf_addf(&sb, " --pid %u", sel->pid);
	if (sel->from.given)
		strbuf_puts(&sb, " --from");
	if (sel->to.given)
		strbuf_puts(&sb, " --to");
	/* Without the first blank. */
	if (sb.len)
		memmove(sb.s, sb.s + 1, sb.len--);
	return strbuf_take(&sb);
}

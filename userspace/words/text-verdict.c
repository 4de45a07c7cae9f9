// SPDX-License-Identifier: GPL-2.0
/*
 * Words for how a packet ended.
 */
#include "base/lang.h"
#include "words/text.h"

#define ETH_ARP	 0x0806
#define ETH_IPV6 0x86dd

static const char *protocol_text(u16 protocol)
{
	switch (protocol) {
	case ETH_ARP:
		return "ARP";
	case ETH_IPV6:
		return "IPv6";
	default:
		return _("another protocol");
	}
}

static void lost_text(struct strbuf *sb, const struct verdict *v)
{
	if (v->events)
		strbuf_addf(sb, _("%u events lost on CPU %u on the way"), v->events, v->cpu);
	else
		strbuf_addf(sb, _("events lost on CPU %u on the way"), v->cpu);
}

/**
 * verdict_text - how a packet ended
 * @sb: where to append; nothing where it is not judged yet
 * @p: packet
 */
void verdict_text(struct strbuf *sb, const struct packet *p)
{
	const struct verdict *v = &p->verdict;
	const char *at = v->at ?: _("nothing");
	char flags[32];

	tcp_flags_text(flags, sizeof(flags), p->tcp_flags);
	switch (v->kind) {
	case VERDICT_NONE:
		break;
	case VERDICT_LOST:
		lost_text(sb, v);
		break;
	case VERDICT_HEADLESS:
		strbuf_addf(sb, _("the trace begins inside its %s"), at);
		break;
	case VERDICT_OPEN:
		strbuf_addf(sb, _("its %s had not returned when the trace ended"), at);
		break;
	case VERDICT_NO_IP:
		strbuf_addf(sb, _("no ip_rcv: the last hop seen is %s"), at);
		break;
	case VERDICT_NO_TRANSPORT:
		strbuf_addf(sb, _("no transport protocol took it: the last hop seen is %s"), at);
		break;
	case VERDICT_NO_SOCKET:
		strbuf_addf(sb, _("no socket took it: %s found none or dropped it"), at);
		break;
	case VERDICT_NOT_QUEUED:
		strbuf_addf(sb, _("%u bytes never queued: the last hop seen is %s"), v->bytes, at);
		break;
	case VERDICT_UNREAD:
		strbuf_addf(sb, _("%u bytes queued, not read before the trace ended"), v->bytes);
		break;
	case VERDICT_GIVEN_UP:
		strbuf_addf(sb, _("%u bytes queued, given up: not read for too long"), v->bytes);
		break;
	case VERDICT_JOINED:
		strbuf_addf(sb, _("joined skb#%u in GRO: %s"), p->into->no, "");
		verdict_text(sb, p->into);
		break;
	case VERDICT_DROPPED:
		strbuf_addf(sb, _("dropped: %s"), v->reason);
		break;
	case VERDICT_OTHER_PROTOCOL:
		strbuf_addf(sb, _("not IPv4: %s"), protocol_text(v->protocol));
		break;
	case VERDICT_FORWARDED:
		strbuf_puts(sb, _("forwarded to another host"));
		break;
	case VERDICT_ANSWERED:
		strbuf_addf(sb, _("answered by the kernel: echo reply %u sent by %s"), v->bytes,
			    at);
		break;
	case VERDICT_CLONED:
		strbuf_puts(sb, _("echo reply: a raw socket has taken its clone"));
		break;
	case VERDICT_CONSUMED:
		strbuf_addf(sb, _("ends in %s"), at);
		break;
	case VERDICT_TIME_WAIT:
		strbuf_addf(sb, _("taken by what is left of a closed connection: %s"), flags);
		break;
	case VERDICT_NO_DATA:
		strbuf_addf(sb, _("no data: %s"), flags);
		break;
	case VERDICT_READ:
		strbuf_addf(sb, _("%u bytes read by %s/%u"), v->bytes,
			    v->comm[0] ? v->comm : _("task"), v->pid);
		break;
	}
}

/**
 * packet_verdict - how a packet ended, as a string of its own
 * @p: packet
 *
 * Return: the text, to be freed.
 */
char *packet_verdict(const struct packet *p)
{
	struct strbuf sb = { 0 };

	verdict_text(&sb, p);
	return strbuf_take(&sb);
}

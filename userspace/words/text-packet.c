// SPDX-License-Identifier: GPL-2.0
/*
 * Words for a packet: where it comes from and goes to, over IPv4 or IPv6.
 */
#include <arpa/inet.h>

#include "base/lang.h"
#include "words/text.h"

/**
 * packet_address - an address of a packet
 * @p: packet
 * @to: that of its destination
 * @text: where to write, INET6_ADDRSTRLEN bytes
 *
 * Return: @text; empty where the trace does not tell.
 */
const char *packet_address(const struct packet *p, bool to, char *text)
{
	*text = '\0';
	if (p->ip6)
		inet_ntop(AF_INET6, to ? p->daddr6 : p->saddr6, text, INET6_ADDRSTRLEN);
	else if (p->ip)
		inet_ntop(AF_INET, to ? p->daddr : p->saddr, text, INET6_ADDRSTRLEN);
	return text;
}

static void put_end(struct strbuf *sb, const struct packet *p, bool to)
{
	u16 port = to ? p->dport : p->sport;
	char text[INET6_ADDRSTRLEN];

	packet_address(p, to, text);
	if (!port)
		strbuf_puts(sb, text);
	else
		strbuf_addf(sb, p->ip6 ? "[%s]:%u" : "%s:%u", text, port);
}

/**
 * packet_ends - from where to where a packet goes
 * @sb: where to append; such as 192.0.2.2:40000 → 192.0.2.1:7000
 * @p: packet with addresses
 */
void packet_ends(struct strbuf *sb, const struct packet *p)
{
	put_end(sb, p, false);
	strbuf_puts(sb, " → ");
	put_end(sb, p, true);
}

/**
 * packet_title - a packet in one line
 * @sb: where to append
 * @p: packet
 */
void packet_title(struct strbuf *sb, const struct packet *p)
{
	char flags[32];

	strbuf_addf(sb, "skb#%u", p->no);
	if (packet_ip(p)) {
		strbuf_puts(sb, "  ");
		packet_ends(sb, p);
	}
	if (p->tcp)
		strbuf_addf(sb, _("  %s, %u bytes of data"),
			    tcp_flags_text(flags, sizeof(flags), p->tcp_flags), p->payload);
	else if (p->len)
		strbuf_addf(sb, _("  %u bytes"), p->len);
}

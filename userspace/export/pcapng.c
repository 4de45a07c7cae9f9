// SPDX-License-Identifier: GPL-2.0
/*
 * pcapng (draft-ietf-opsawg-pcapng): frames with a comment on each packet's way.
 *
 * A trace holds no frame's bytes. With a capture of the wire its frames are
 * written, those that the trace knows with a comment. Without one the headers
 * are made from what the events tell, cut off where the events end, and each
 * comment says so.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/lang.h"
#include "export/export.h"
#include "model/stages.h"
#include "model/wire.h"
#include "words/text.h"

#define BLOCK_SECTION	0x0a0d0d0a
#define BLOCK_INTERFACE 1
#define BLOCK_PACKET	6
#define OPT_COMMENT	1
#define OPT_NAME	2
#define OPT_TSRESOL	9
#define ETH_HEADER	14
#define IP_HEADER	20
#define IP6_HEADER	40
#define TCP_HEADER	20
#define UDP_HEADER	8
#define PROTO_TCP	6
#define PROTO_UDP	17

struct pcapng {
	struct wire *wire;
	struct strbuf block; /* scratch */
	struct strbuf frame;
	struct strbuf comment;
	struct ptrs comments; /* of the wire's frames, by their place */
	u64 unmatched;
};

static void put_u8(struct strbuf *sb, u8 value)
{
	strbuf_add(sb, (char *)&value, sizeof(value));
}

/* Of the section: in this machine's order, as its header tells. */
static void put_u16(struct strbuf *sb, u16 value)
{
	strbuf_add(sb, (char *)&value, sizeof(value));
}

static void put_u32(struct strbuf *sb, u32 value)
{
	strbuf_add(sb, (char *)&value, sizeof(value));
}

static void put_be16(struct strbuf *sb, u16 value)
{
	put_u16(sb, htons(value));
}

static void put_be32(struct strbuf *sb, u32 value)
{
	put_u32(sb, htonl(value));
}

static void pad(struct strbuf *sb)
{
	strbuf_add(sb, "\0\0\0", -sb->len & 3);
}

static void put_option(struct strbuf *sb, u16 code, const void *value, u16 len)
{
	put_u16(sb, code);
	put_u16(sb, len);
	strbuf_add(sb, value, len);
	pad(sb);
}

static void put_block(FILE *out, u32 type, struct strbuf *body)
{
	u32 len = body->len + 12;

	fwrite(&type, sizeof(type), 1, out);
	fwrite(&len, sizeof(len), 1, out);
	fwrite(body->s, 1, body->len, out);
	fwrite(&len, sizeof(len), 1, out);
	body->len = 0;
}

static void put_frame(struct exporter *x, u64 time, const void *bytes, u32 caplen, u32 len,
		      const char *comment)
{
	struct pcapng *ng = x->priv;
	struct strbuf *body = &ng->block;
	size_t size;

	put_u32(body, 0);
	put_u32(body, time >> 32);
	put_u32(body, time);
	put_u32(body, caplen);
	put_u32(body, len);
	strbuf_add(body, bytes, caplen);
	pad(body);
	if (comment) {
		size = strlen(comment);
		put_option(body, OPT_COMMENT, comment, size > 0xfff0 ? 0xfff0 : size);
		put_option(body, 0, "", 0);
	}
	put_block(x->out, BLOCK_PACKET, body);
}

static void comment_text(struct exporter *x, struct strbuf *sb, const struct packet *p, bool made)
{
	const struct packet *end = packet_end_of(p);
	struct stages stages;
	char time[NS_TEXT];
	unsigned int i;

	sb->len = 0;
	strbuf_addf(sb, "rxpath skb#%u: %s", p->no, p->verdict.complete ? "" : "INCOMPLETE: ");
	verdict_text(sb, p);
	stages_find(p, &stages);
	for (i = 0; i < stages.n; i++) {
		const struct stage_time *stage = &stages.list[i];

		strbuf_addf(sb, "%s%s %s", i ? ", " : "\n", stage_name(stage->id),
			    format_ns(time, sizeof(time), stage->end - stage->start));
	}
	for (i = 0; i < end->links.wakes.n; i++) {
		const struct wake *wake = end->links.wakes.v[i];

		if (!wake->waking)
			continue;
		strbuf_puts(sb, _("\nwoke "));
		task_text(sb, x->m, wake->waking->ev.a.waking.pid);
		if (wake->callback)
			strbuf_addf(sb, _(" by %s"), call_name(wake->callback));
	}
	if (made)
		strbuf_puts(sb, _("\nheaders made from the trace's events: no frame was captured"));
}

static void put_ip4(struct strbuf *sb, const union event_args *a, u32 len)
{
	put_u8(sb, 0x45);
	put_u8(sb, 0);
	put_be16(sb, len);
	put_be16(sb, a->ip.id);
	put_be16(sb, 0);
	put_u8(sb, a->ip.ttl);
	put_u8(sb, a->ip.proto);
	put_be16(sb, 0);
	strbuf_add(sb, (char *)a->ip.saddr, 4);
	strbuf_add(sb, (char *)a->ip.daddr, 4);
}

static void put_ip6(struct strbuf *sb, const union event_args *a, u32 len)
{
	put_be32(sb, 6U << 28);
	put_be16(sb, len - IP6_HEADER);
	put_u8(sb, a->ip6.proto);
	put_u8(sb, a->ip6.hops);
	strbuf_add(sb, (char *)a->ip6.saddr, 16);
	strbuf_add(sb, (char *)a->ip6.daddr, 16);
}

static void put_tcp(struct strbuf *sb, const union event_args *a, u32 len)
{
	put_be16(sb, a->tcp.sport);
	put_be16(sb, a->tcp.dport);
	put_be32(sb, a->tcp.seq);
	put_be32(sb, a->tcp.ack);
	/* The length of the options is the only trace of them. */
	put_u8(sb, len >= TCP_HEADER + a->tcp.len ? ((len - a->tcp.len) / 4) << 4 : 0x50);
	put_u8(sb, a->tcp.flags);
	put_be16(sb, a->tcp.window);
	put_be32(sb, 0);
}

static void put_udp(struct strbuf *sb, const union event_args *a)
{
	put_be16(sb, a->udp.sport);
	put_be16(sb, a->udp.dport);
	put_be16(sb, a->udp.len + UDP_HEADER);
	put_be16(sb, 0);
}

/* What the events tell of the headers, and no byte more. */
static void make_headers(struct strbuf *sb, const struct packet *p)
{
	const struct call *ip = packet_ip(p);
	u32 header = p->ip6 ? IP6_HEADER : IP_HEADER;
	u32 frame = packet_length(p);
	u32 len;

	strbuf_add(sb, "\0\0\0\0\0\0\0\0\0\0\0\0", 12);
	put_be16(sb, p->protocol ? p->protocol : p->ip6 ? 0x86dd : p->ip ? 0x0800 : 0xffff);
	if (!ip)
		return;
	/* Padding of a short frame is not IP's; a merged packet's length is not this frame's. */
	len = p->ip6 ? ip->ev.a.ip6.len : ip->ev.a.ip.len;
	if (frame > ETH_HEADER && frame - ETH_HEADER < len)
		len = frame - ETH_HEADER;
	if (len < header)
		len = header;
	if (p->ip6)
		put_ip6(sb, &ip->ev.a, len);
	else
		put_ip4(sb, &ip->ev.a, len);
	/* Extension headers of IPv6 are not told: what is behind them would be misread. */
	if (p->tcp && (!p->ip6 || ip->ev.a.ip6.proto == PROTO_TCP))
		put_tcp(sb, &p->tcp->ev.a, len - header);
	else if (p->udp && (!p->ip6 || ip->ev.a.ip6.proto == PROTO_UDP))
		put_udp(sb, &p->udp->ev.a);
}

static void pcapng_packet(struct exporter *x, const struct packet *p)
{
	struct pcapng *ng = x->priv;
	struct strbuf *frame = &ng->frame;
	u32 len;
	long at;

	comment_text(x, &ng->comment, p, !ng->wire);
	if (ng->wire) {
		at = wire_match(ng->wire, p);
		if (at < 0) {
			ng->unmatched++;
			return;
		}
		while (ng->comments.n <= (size_t)at)
			ptrs_add(&ng->comments, NULL);
		ng->comments.v[at] = xstrdup(ng->comment.s);
		return;
	}
	frame->len = 0;
	make_headers(frame, p);
	len = packet_length(p);
	put_frame(x, p->born, frame->s, frame->len, len > frame->len ? len : frame->len,
		  ng->comment.s);
}

static int pcapng_begin(struct exporter *x)
{
	struct strbuf *body;
	struct pcapng *ng;
	u8 nanoseconds = 9;

	ng = xcalloc(1, sizeof(*ng));
	if (x->pcap) {
		ng->wire = wire_open(x->pcap, WIRE_WHOLE);
		if (!ng->wire) {
			free(ng);
			return EXIT_FAILED;
		}
	}
	x->priv = ng;
	body = &ng->block;
	put_u32(body, 0x1a2b3c4d);
	put_u16(body, 1);
	put_u16(body, 0);
	/* The section's length: not told. */
	put_u32(body, 0xffffffff);
	put_u32(body, 0xffffffff);
	put_option(body, 4, "rxpath", 6);
	put_option(body, 0, "", 0);
	put_block(x->out, BLOCK_SECTION, body);
	put_u16(body, 1); /* LINKTYPE_ETHERNET */
	put_u16(body, 0);
	put_u32(body, 0);
	put_option(body, OPT_NAME, ng->wire ? "wire" : "trace", ng->wire ? 4 : 5);
	put_option(body, OPT_TSRESOL, &nanoseconds, 1);
	put_option(body, 0, "", 0);
	put_block(x->out, BLOCK_INTERFACE, body);
	return 0;
}

static int pcapng_end(struct exporter *x)
{
	struct pcapng *ng = x->priv;
	struct wire_frame frame;
	size_t i;

	for (i = 0; ng->wire && wire_frame(ng->wire, i, &frame); i++)
		put_frame(x, frame.time, frame.bytes, frame.caplen, frame.len,
			  i < ng->comments.n ? ng->comments.v[i] : NULL);
	if (ng->unmatched)
		warn_line("%llu of the trace's packets are not in %s: is it of the same wire?",
			  ng->unmatched, x->pcap);
	for (i = 0; i < ng->comments.n; i++)
		free(ng->comments.v[i]);
	ptrs_free(&ng->comments);
	wire_close(ng->wire);
	strbuf_free(&ng->block);
	strbuf_free(&ng->frame);
	strbuf_free(&ng->comment);
	free(ng);
	return 0;
}

const struct export_format export_pcapng = {
	.name = "pcapng",
	.help = N_("frames with a comment on each packet's way, for Wireshark"),
	.takes_pcap = true,
	.translated = true,
	.begin = pcapng_begin,
	.packet = pcapng_packet,
	.end = pcapng_end,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * Finding a packet of the trace in a capture of the wire.
 *
 * Trace and capture have no clock in common, but the same order. A frame is the
 * packet's if its length and whatever the events tell of its headers agree: of
 * IPv4 the addresses and the id, of IPv6 the addresses, of TCP the ports and the
 * sequence number. The search goes on behind the last frame found. A
 * retransmission repeats all of these; order is what tells it from the first.
 */
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "model/wire.h"

#define ETH_HEADER 14
#define ETH_IPV4   0x0800
#define ETH_IPV6   0x86dd
#define IP_HEADER  20
#define IP6_HEADER 40
#define PROTO_TCP  6
/* Shorter frames are padded by whoever sends them, if not by whoever captures. */
#define ETH_MIN 60

/* Both ends of a wire may be in the trace: what they receive crosses. */
#define CROSSING 32

struct wire {
	struct ptrs frames; /* struct wire_frame, its bytes behind it */
	size_t next;
};

/**
 * wire_open - read a capture
 * @path: pcap or pcapng file of an Ethernet
 * @keep: bytes of each frame to keep: WIRE_HEADERS or WIRE_WHOLE
 *
 * Return: the capture, NULL after one line that says what is wrong.
 */
struct wire *wire_open(const char *path, u32 keep)
{
	char why[PCAP_ERRBUF_SIZE];
	struct pcap_pkthdr *head;
	const u_char *bytes;
	struct wire *wire;
	pcap_t *pcap;
	int got;

	pcap = pcap_open_offline_with_tstamp_precision(path, PCAP_TSTAMP_PRECISION_NANO, why);
	if (!pcap) {
		error_line("--pcap %s: no capture: %s", path, why);
		return NULL;
	}
	if (pcap_datalink(pcap) != DLT_EN10MB) {
		error_line("--pcap %s: not of an Ethernet: capture on the NIC itself", path);
		pcap_close(pcap);
		return NULL;
	}
	wire = xcalloc(1, sizeof(*wire));
	while ((got = pcap_next_ex(pcap, &head, &bytes)) == 1) {
		u32 caplen = head->caplen < keep ? head->caplen : keep;
		struct wire_frame *frame = xcalloc(1, sizeof(*frame) + caplen);

		frame->time = head->ts.tv_sec * NSEC_PER_SEC + head->ts.tv_usec;
		frame->caplen = caplen;
		frame->len = head->len;
		frame->bytes = (u8 *)(frame + 1);
		memcpy(frame + 1, bytes, caplen);
		ptrs_add(&wire->frames, frame);
	}
	if (got == PCAP_ERROR)
		warn_line("--pcap %s: read up to frame %zu: %s", path, wire->frames.n,
			  pcap_geterr(pcap));
	pcap_close(pcap);
	return wire;
}

/**
 * wire_frame - a frame of a capture
 * @wire: capture
 * @i: its place, from 0
 * @frame: result
 *
 * Return: false past the last.
 */
bool wire_frame(const struct wire *wire, size_t i, struct wire_frame *frame)
{
	if (i >= wire->frames.n)
		return false;
	*frame = *(struct wire_frame *)wire->frames.v[i];
	return true;
}

static u32 be16(const u8 *p)
{
	return p[0] << 8 | p[1];
}

static u32 be32(const u8 *p)
{
	return be16(p) << 16 | be16(p + 2);
}

static bool length_fits(const struct wire_frame *frame, u32 len)
{
	return frame->len == len || (frame->len < ETH_MIN && len == ETH_MIN);
}

/* Where the segment begins, NULL where it is another packet's. */
static const u8 *ip4_fits(const u8 *ip, const struct packet *p)
{
	const union event_args *a = &p->ip->ev.a;

	if (be16(ip + 4) != a->ip.id || memcmp(ip + 12, a->ip.saddr, 4) ||
	    memcmp(ip + 16, a->ip.daddr, 4))
		return NULL;
	return ip + (ip[0] & 15) * 4;
}

static const u8 *ip6_fits(const u8 *ip, const struct packet *p)
{
	const union event_args *a = &p->ip6->ev.a;

	if (memcmp(ip + 8, a->ip6.saddr, 16) || memcmp(ip + 24, a->ip6.daddr, 16))
		return NULL;
	return ip + IP6_HEADER;
}

static bool fits(const struct wire_frame *frame, const struct packet *p)
{
	const u8 *ip = frame->bytes + ETH_HEADER;
	u32 header = p->ip6 ? IP6_HEADER : IP_HEADER;
	const u8 *tcp;

	if (frame->taken || !length_fits(frame, packet_length(p)))
		return false;
	if (frame->caplen < ETH_HEADER + header)
		return !packet_ip(p);
	if (p->protocol && be16(frame->bytes + 12) != p->protocol)
		return false;
	if (!packet_ip(p))
		return true;
	if (be16(frame->bytes + 12) != (p->ip6 ? ETH_IPV6 : ETH_IPV4))
		return false;
	tcp = p->ip6 ? ip6_fits(ip, p) : ip4_fits(ip, p);
	if (!tcp)
		return false;
	/* Behind extension headers, which the events do not tell, it lies elsewhere. */
	if (p->ip6 && ip[6] != PROTO_TCP)
		return true;
	if (!p->tcp || tcp + 8 > frame->bytes + frame->caplen)
		return true;
	return be16(tcp) == p->sport && be16(tcp + 2) == p->dport && be32(tcp + 4) == p->seq;
}

/**
 * wire_match - which frame is a packet
 * @wire: capture
 * @p: packet, born after the one matched before
 *
 * Return: the frame's place, -1 if none is.
 */
long wire_match(struct wire *wire, const struct packet *p)
{
	size_t i = wire->next < CROSSING ? 0 : wire->next - CROSSING;

	for (; i < wire->frames.n; i++) {
		struct wire_frame *frame = wire->frames.v[i];

		if (!fits(frame, p))
			continue;
		frame->taken = true;
		if (i >= wire->next)
			wire->next = i + 1;
		return i;
	}
	return -1;
}

/**
 * wire_close - drop a capture
 * @wire: capture, or NULL
 */
void wire_close(struct wire *wire)
{
	size_t i;

	if (!wire)
		return;
	for (i = 0; i < wire->frames.n; i++)
		free(wire->frames.v[i]);
	ptrs_free(&wire->frames);
	free(wire);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Transmit offloads: checksums, TSO and VLAN tags, as a frame asks for them.
 *
 * The context descriptor (3.3.6) tells the device where the headers are; here it
 * is made, and a TSO frame's headers are made ready for being repeated.
 */

#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <net/ip6_checksum.h>
#include <net/tcp.h>

#include "tx-offload.h"

/* 3.5: for IPv4 the device fills in lengths, ids and the header's checksum. */
static void rxe_tx_offload_tso4(struct sk_buff *skb, struct rxe_tx_offload *off)
{
	struct rxe_tx_context *context = &off->context;
	struct iphdr *ip = ip_hdr(skb);

	ip->tot_len = 0;
	ip->check = 0;
	tcp_hdr(skb)->check = ~csum_tcpudp_magic(ip->saddr, ip->daddr, 0, IPPROTO_TCP, 0);
	context->cmd_len |= cpu_to_le32(RXE_TXC_IP);
	context->ipcss = skb_network_offset(skb);
	context->ipcso = context->ipcss + offsetof(struct iphdr, check);
	context->ipcse = cpu_to_le16(skb_transport_offset(skb) - 1);
	off->popts |= RXE_TXD_IXSM;
}

/*
 * For IPv6 the emulated device writes the payload length, at IPCSS + 4, with the
 * IPv6 header counted in; whoever receives that drops it as truncated. So it is
 * kept from writing there, and needs not: NETIF_F_GSO_PARTIAL has the stack cut
 * the frame to whole segments, and set the length that they all have. IPCSS
 * makes the device's own length fall on TCP's urgent pointer, which has no
 * meaning without URG (rxe_features_check()), and TCP's sum is taken after it.
 */
static void rxe_tx_offload_tso6(struct sk_buff *skb, struct rxe_tx_offload *off)
{
	const struct ipv6hdr *ip = ipv6_hdr(skb);

	tcp_hdr(skb)->check = ~csum_ipv6_magic(&ip->saddr, &ip->daddr, 0, IPPROTO_TCP, 0);
	off->context.ipcss = skb_transport_offset(skb) + offsetof(struct tcphdr, urg_ptr) - 4;
}

/*
 * 3.5: the device cuts the payload into segments and repeats the headers before
 * each. It wants TCP's checksum seeded without the length.
 */
static int rxe_tx_offload_tso(struct sk_buff *skb, struct rxe_tx_offload *off)
{
	struct rxe_tx_context *context = &off->context;
	int err;

	err = skb_cow_head(skb, 0);
	if (err)
		return err;

	off->hdr_len = skb_transport_offset(skb) + tcp_hdrlen(skb);
	off->cmd |= RXE_TXD_TSE;
	context->hdr_len = off->hdr_len;
	context->mss = cpu_to_le16(skb_shinfo(skb)->gso_size);
	context->cmd_len |= cpu_to_le32(RXE_TXC_TCP | RXE_TXC_TSE | (skb->len - off->hdr_len));
	off->whole_segments = !((skb->len - off->hdr_len) % skb_shinfo(skb)->gso_size);
	if (skb_shinfo(skb)->gso_type & SKB_GSO_TCPV4)
		rxe_tx_offload_tso4(skb, off);
	else
		rxe_tx_offload_tso6(skb, off);
	return 0;
}

/* TUCSE stays 0: the sum goes to the end of the packet. */
static void rxe_tx_offload_csum(struct rxe_tx_offload *off, unsigned int start, unsigned int offset)
{
	off->has_context = true;
	off->popts |= RXE_TXD_TXSM;
	off->context.cmd_len |= cpu_to_le32(RXE_TXD_DEXT);
	off->context.tucss = start;
	off->context.tucso = start + offset;
}

/**
 * rxe_tx_offload_init - find out what a frame asks for
 * @skb: the frame; if it is for TSO its headers are made ready
 * @off: filled in
 *
 * Return: 0, or -ENOMEM with @skb as it was.
 */
int rxe_tx_offload_init(struct sk_buff *skb, struct rxe_tx_offload *off)
{
	int err;

	memset(off, 0, sizeof(*off));
	off->cmd = RXE_TXD_DTYP_DATA | RXE_TXD_DEXT | RXE_TXD_IFCS;
	if (skb_vlan_tag_present(skb)) {
		off->cmd |= RXE_TXD_VLE;
		off->vlan = skb_vlan_tag_get(skb);
	}
	if (skb_is_gso(skb)) {
		/* Its segments need a checksum, even if the frame itself has a good one. */
		err = rxe_tx_offload_tso(skb, off);
		if (err)
			return err;
		rxe_tx_offload_csum(off, skb_transport_offset(skb), offsetof(struct tcphdr, check));
	} else if (skb->ip_summed == CHECKSUM_PARTIAL) {
		rxe_tx_offload_csum(off, skb_checksum_start_offset(skb), skb->csum_offset);
	}
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * ethtool -K rx-fcs on: a received frame keeps its check sequence (FCS).
 *
 * RCTL.SECRC is clear then, and the length that the device reports has four bytes
 * more. QEMU's device writes nothing there, as no frame has an FCS on its wire;
 * left alone, those bytes would be an older frame's. So the one that the frame
 * would have had is computed. Silicon has written the real one.
 */

#include <linux/crc32.h>
#include <linux/if_vlan.h>
#include <linux/skbuff.h>

#include "rxe.h"

static u32 rxe_crc(u32 crc, struct sk_buff *skb, unsigned int from, unsigned int to)
{
	struct skb_seq_state state;
	unsigned int done = 0;
	unsigned int len;
	const u8 *data;

	skb_prepare_seq_read(skb, from, to, &state);
	while (from + done < to) {
		len = skb_seq_read(done, &data, &state);
		if (!len)
			return crc;
		/* It may offer more of a piece than was asked for. */
		len = min(len, to - from - done);
		crc = crc32_le(crc, data, len);
		done += len;
	}
	skb_abort_seq_read(&state);
	return crc;
}

/**
 * rxe_rx_fcs - see to it that a frame ends with its FCS
 * @nic: the interface, with NETIF_F_RXFCS
 * @skb: the frame, of which the device has counted the FCS
 * @desc: its last descriptor
 * @status: that descriptor's status
 */
void rxe_rx_fcs(struct rxe_nic *nic, struct sk_buff *skb, const struct rxe_rx_desc *desc, u8 status)
{
	unsigned int end = skb->len - ETH_FCS_LEN;
	__be16 tag[2];
	__le32 fcs;
	u32 crc;

	if (!nic->emulated)
		return;

	/* 802.3 3.2.9: over all of the frame, the tag that was taken out as well. */
	crc = rxe_crc(~0U, skb, 0, 2 * ETH_ALEN);
	if (status & RXE_RXD_VP) {
		tag[0] = htons(ETH_P_8021Q);
		tag[1] = htons(le16_to_cpu(desc->special));
		crc = crc32_le(crc, (u8 *)tag, sizeof(tag));
	}
	fcs = cpu_to_le32(~rxe_crc(crc, skb, 2 * ETH_ALEN, end));
	skb_store_bits(skb, end, &fcs, sizeof(fcs));
}

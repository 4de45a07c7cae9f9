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

#include "rx-fcs.h"

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
 * @skb: the frame, of which the emulated device has counted the FCS; a tag that was
 *	 taken out of it has been told
 */
void rxe_rx_fcs(struct sk_buff *skb)
{
	unsigned int end = skb->len - ETH_FCS_LEN;
	__be16 tag[2];
	__le32 fcs;
	u32 crc;

	/* 802.3 3.2.9: over all of the frame, the tag that was taken out as well. */
	crc = rxe_crc(~0U, skb, 0, 2 * ETH_ALEN);
	if (skb_vlan_tag_present(skb)) {
		tag[0] = skb->vlan_proto;
		tag[1] = htons(skb_vlan_tag_get(skb));
		crc = crc32_le(crc, (u8 *)tag, sizeof(tag));
	}
	fcs = cpu_to_le32(~rxe_crc(crc, skb, 2 * ETH_ALEN, end));
	skb_store_bits(skb, end, &fcs, sizeof(fcs));
}

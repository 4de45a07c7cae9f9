/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The transmit ring.
 */
#ifndef RXE_TX_H
#define RXE_TX_H

#include <linux/skbuff.h>
#include <net/xdp.h>

#include "nic.h"

/**
 * struct rxe_tx_buffer - what one transmit descriptor stands for
 * @skb: the frame, in the first descriptor's entry only
 * @xdpf: the same for a frame that XDP sends; then @skb is NULL
 * @dma: the mapping
 * @len: its length, 0 for none (a context descriptor, or a page of the pool)
 * @page: mapped as a page, not as linear memory
 * @own: of the frame's first: its pages are the receive ring's
 * @last: in the first descriptor's entry, the frame's last descriptor
 * @segs: in the first entry, frames on the wire
 * @bytes: in the first entry, bytes on the wire
 */
struct rxe_tx_buffer {
	struct sk_buff *skb;
	struct xdp_frame *xdpf;
	dma_addr_t dma;
	u32 len;
	bool page;
	bool own;
	u16 last;
	u16 segs;
	u32 bytes;
};

/**
 * struct rxe_tx_ring - the transmit ring
 * @desc: the descriptors, in memory shared with the device
 * @dma: their address for the device
 * @buffer: what each stands for
 * @context: the last context that the device was given
 * @count: number of descriptors
 * @ntu: next to use; written by transmit alone
 * @ntc: next to clean; written by the poll alone
 */
struct rxe_tx_ring {
	union rxe_tx_desc *desc;
	dma_addr_t dma;
	struct rxe_tx_buffer *buffer;
	struct rxe_tx_context context;
	u16 count;
	u16 ntu ____cacheline_aligned_in_smp;
	u16 ntc ____cacheline_aligned_in_smp;
};

/* Whether the device is done with the oldest frame in the ring; false if there is none. */
static inline bool rxe_tx_is_sent(const struct rxe_tx_ring *tx)
{
	u16 ntc = READ_ONCE(tx->ntc);
	u16 last;

	if (ntc == READ_ONCE(tx->ntu))
		return false;
	/* Should the poll take it meanwhile, this is some frame's last, or was. */
	last = READ_ONCE(tx->buffer[ntc].last);
	return READ_ONCE(tx->desc[last].data.status) & RXE_TXD_DD;
}

struct rxe_tx_ring *rxe_tx_alloc(struct rxe_nic *nic, u16 count);
void rxe_tx_free(struct rxe_nic *nic, struct rxe_tx_ring *tx);
void rxe_tx_start(struct rxe_nic *nic);
void rxe_tx_enable(struct rxe_nic *nic);
void rxe_tx_drop(struct rxe_nic *nic);
unsigned int rxe_tx_clean(struct rxe_nic *nic, int budget);
netdev_tx_t rxe_start_xmit(struct sk_buff *skb, struct net_device *netdev);
int rxe_tx_xdp(struct rxe_nic *nic, struct xdp_frame *xdpf, bool own);
void rxe_tx_doorbell(struct rxe_nic *nic);

#endif /* RXE_TX_H */

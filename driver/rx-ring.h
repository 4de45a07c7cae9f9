/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The receive ring, which is the poll's alone, and its buffers.
 */
#ifndef RXE_RX_RING_H
#define RXE_RX_RING_H

#include <linux/dma-mapping.h>
#include <linux/if_vlan.h>
#include <net/xdp.h>

#include "compat.h"
#include "nic.h"

/* What the device may write into one receive buffer: RCTL.BSIZE */
#define RXE_RX_BUFFER 2048
/* Before it: room for the headers that the stack, or XDP, may push */
#define RXE_RX_HEADROOM XDP_PACKET_HEADROOM
/* The most descriptors that one frame takes: an skb has a head and so many fragments */
#define RXE_RX_FRAME_DESCS (1 + MAX_SKB_FRAGS)
/* An XDP program that knows of one buffer alone gets a frame in one, or not at all */
#define RXE_XDP_MTU_MAX (RXE_RX_BUFFER - VLAN_ETH_HLEN)

static_assert(RXE_RX_HEADROOM + RXE_RX_BUFFER + SKB_DATA_ALIGN(sizeof(struct skb_shared_info)) <=
	      PAGE_SIZE);
static_assert(RXE_RX_FRAME_DESCS < RXE_RING_MIN);

/**
 * struct rxe_rx_ring - the receive ring
 * @desc: the descriptors, in memory shared with the device
 * @dma: their address for the device
 * @page: the page behind each descriptor; NULL where it has gone up with a frame
 * @pool: where the pages come from, mapped, and go back to
 * @xdp_rxq: tells an XDP program's frames, and who returns them, of that pool
 * @must_sync: some page of it is not simply the same memory for CPU and device
 * @skip: the rest of a frame that is too long is still to come, and is dropped
 * @count: number of descriptors
 * @ntc: next to clean: always the first descriptor of a frame
 * @ntu: next to use, that is to refill
 */
struct rxe_rx_ring {
	struct rxe_rx_desc *desc;
	dma_addr_t dma;
	struct page **page;
	struct page_pool *pool;
	struct xdp_rxq_info xdp_rxq;
	bool must_sync;
	bool skip;
	u16 count;
	u16 ntc;
	u16 ntu;
};

/*
 * The first @len bytes behind the headroom of a descriptor's page, before the CPU looks
 * at them, and before the device writes there again. Of coherent memory, which most
 * machines have alone, this is not even a call.
 */
static inline void rxe_rx_sync_for_cpu(struct rxe_nic *nic, u16 index, unsigned int len)
{
	struct rxe_rx_ring *rx = nic->rx;

	if (unlikely(rx->must_sync))
		dma_sync_single_range_for_cpu(&nic->pdev->dev,
					      page_pool_get_dma_addr(rx->page[index]),
					      RXE_RX_HEADROOM, len,
					      page_pool_get_dma_dir(rx->pool));
}

static inline void rxe_rx_sync_for_device(struct rxe_nic *nic, u16 index, unsigned int len)
{
	struct rxe_rx_ring *rx = nic->rx;

	if (unlikely(rx->must_sync))
		dma_sync_single_range_for_device(&nic->pdev->dev,
						 page_pool_get_dma_addr(rx->page[index]),
						 RXE_RX_HEADROOM, len,
						 page_pool_get_dma_dir(rx->pool));
}

struct page_pool *rxe_copy_pool_create(struct rxe_nic *nic);
struct rxe_rx_ring *rxe_rx_alloc(struct rxe_nic *nic, u16 count, enum dma_data_direction dir);
void rxe_rx_free(struct rxe_nic *nic, struct rxe_rx_ring *rx);
void rxe_rx_start(struct rxe_nic *nic);
bool rxe_rx_is_short(const struct rxe_rx_ring *rx);
void rxe_rx_doorbell(struct rxe_nic *nic, u16 filled);
void rxe_rx_refill(struct rxe_nic *nic);

#endif /* RXE_RX_RING_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * The receive ring and its buffers.
 *
 * Each descriptor owns one page of a page_pool, which keeps it mapped. A page that has
 * gone up with a frame is replaced when its descriptor is filled again; one that has
 * not gets the next frame. What is filled is told to the device once for many.
 */

#include "rx-ring.h"
#include "trace.h"

/* This part of the ring, free, is worth a doorbell */
#define RXE_RX_REFILL_PART 4

static void rxe_rx_describe(struct rxe_rx_ring *rx, u16 index)
{
	dma_addr_t dma = page_pool_get_dma_addr(rx->page[index]);

	/* All of it: the device adds to the old status and errors. */
	rx->desc[index] = (struct rxe_rx_desc){
		.addr = cpu_to_le64(dma + RXE_RX_HEADROOM),
	};
}

/*
 * Gives descriptors from ntu on a page each, if theirs has gone, up to @want of them.
 * @gfp says whether memory may be reclaimed for them.
 */
static u16 rxe_rx_fill(struct rxe_nic *nic, struct rxe_rx_ring *rx, u16 want, gfp_t gfp)
{
	struct device *dev = &nic->pdev->dev;
	struct page *page;
	u16 filled;

	for (filled = 0; filled < want; filled++) {
		if (!rx->page[rx->ntu]) {
			page = page_pool_alloc_pages(rx->pool, gfp);
			if (unlikely(!page))
				break;
			rx->page[rx->ntu] = page;
			rx->must_sync = rx->must_sync ||
					dma_need_sync(dev, page_pool_get_dma_addr(page));
		}
		rxe_rx_describe(rx, rx->ntu);
		rx->ntu = rxe_ring_next(rx->ntu, rx->count);
	}
	return filled;
}

/**
 * rxe_rx_doorbell - tell the device of all buffers up to ntu
 * @nic: the interface, its poll this one or at rest
 * @filled: how many of them are new, for the event
 */
void rxe_rx_doorbell(struct rxe_nic *nic, u16 filled)
{
	/* writel() orders the descriptors before the tail (memory-barriers.txt). */
	rxe_write(&nic->hw, RXE_RDT, nic->rx->ntu);
	/* What the device has, read back: a trace must not tell of a write that was left out. */
	if (trace_rx_tail_enabled())
		trace_rx_tail(nic->netdev, rxe_read(&nic->hw, RXE_RDT), filled);
}

/**
 * rxe_rx_is_short - whether the device may lack the buffers for a frame
 * @rx: the ring
 *
 * Then it may never interrupt, so somebody else must poll.
 *
 * Return: true if it has fewer than the longest frame takes.
 */
bool rxe_rx_is_short(const struct rxe_rx_ring *rx)
{
	return rxe_ring_distance(rx->ntc, rx->ntu, rx->count) < RXE_RX_FRAME_DESCS;
}

/**
 * rxe_rx_refill - refill the descriptors that have been cleaned, once there are enough
 * @nic: the interface; from its poll
 */
void rxe_rx_refill(struct rxe_nic *nic)
{
	struct rxe_rx_ring *rx = nic->rx;
	u16 want = rxe_ring_distance(rx->ntu, rx->ntc, rx->count);
	u16 filled;

	/* ntc == ntu is a ring that the device has emptied. */
	want = (want ?: rx->count) - 1;
	if (want < rx->count / RXE_RX_REFILL_PART)
		return;

	filled = rxe_fault(&nic->faults, RXE_FAULT_REFILL)
			 ? 0
			 : rxe_rx_fill(nic, rx, want, GFP_ATOMIC | __GFP_NOWARN);
	trace_rx_refill(nic->netdev, filled, want, rx->ntc, rx->ntu);
	if (filled && !rxe_fault(&nic->faults, RXE_FAULT_RX_TAIL)) {
		rxe_rx_doorbell(nic, filled);
		u64_stats_update_begin(&nic->rx_stats.sync);
		u64_stats_inc(&nic->rx_stats.doorbells);
		u64_stats_update_end(&nic->rx_stats.sync);
	}
	if (likely(filled == want))
		return;

	u64_stats_update_begin(&nic->rx_stats.sync);
	u64_stats_inc(&nic->rx_stats.alloc_failed);
	u64_stats_update_end(&nic->rx_stats.sync);
	if (rxe_rx_is_short(rx))
		mod_timer(&nic->refill_timer, jiffies + msecs_to_jiffies(10));
}

/**
 * rxe_rx_start - give the receive ring to the device
 * @nic: the interface, its device just reset
 *
 * Frames left in the ring from before a reset are forgotten, their buffers used
 * again.
 */
void rxe_rx_start(struct rxe_nic *nic)
{
	struct rxe_rx_ring *rx = nic->rx;
	struct rxe_hw *hw = &nic->hw;
	u16 i;

	rx->skip = false;
	for (i = rx->ntc; i != rx->ntu; i = rxe_ring_next(i, rx->count))
		rxe_rx_describe(rx, i);

	/* 14.4 Receive initialization */
	rxe_write(hw, RXE_RDBAL, lower_32_bits(rx->dma));
	rxe_write(hw, RXE_RDBAH, upper_32_bits(rx->dma));
	rxe_write(hw, RXE_RDLEN, rx->count * sizeof(*rx->desc));
	rxe_write(hw, RXE_RDH, rx->ntc);
	/* 13.4.30 advises against this timer; ITR moderates instead. */
	rxe_write(hw, RXE_RDTR, 0);
	rxe_rx_doorbell(nic, rxe_ring_distance(rx->ntc, rx->ntu, rx->count));
}

/**
 * rxe_copy_pool_create - the pool that short frames are copied to
 * @nic: the interface
 *
 * It is the interface's, not a ring's: what a program has not read holds a page of it,
 * and a pool that is destroyed waits for each of its pages, and complains. Nothing of
 * it is mapped.
 *
 * Return: the pool, or an ERR_PTR().
 */
struct page_pool *rxe_copy_pool_create(struct rxe_nic *nic)
{
	struct page_pool_params params = {
		.flags = PP_FLAG_PAGE_FRAG,
		.pool_size = RXE_RING_DEFAULT,
		.nid = dev_to_node(&nic->pdev->dev),
	};

	rxe_pool_is_for(&params, nic->netdev);
	return page_pool_create(&params);
}

/**
 * rxe_rx_alloc - allocate a receive ring and fill it with buffers
 * @nic: the interface
 * @count: number of descriptors
 * @dir: DMA_FROM_DEVICE, or DMA_BIDIRECTIONAL if XDP may send from the buffers
 *
 * Return: the ring, or an ERR_PTR().
 */
struct rxe_rx_ring *rxe_rx_alloc(struct rxe_nic *nic, u16 count, enum dma_data_direction dir)
{
	struct page_pool_params params = {
		.flags = PP_FLAG_DMA_MAP | PP_FLAG_DMA_SYNC_DEV,
		.pool_size = count,
		.nid = dev_to_node(&nic->pdev->dev),
		.dev = &nic->pdev->dev,
		.dma_dir = dir,
		.offset = RXE_RX_HEADROOM,
		.max_len = RXE_RX_BUFFER,
	};
	struct device *dev = &nic->pdev->dev;
	struct rxe_rx_ring *rx;
	int err = -ENOMEM;

	rx = kzalloc(sizeof(*rx), GFP_KERNEL);
	if (!rx)
		return ERR_PTR(err);
	rx->count = count;

	rx->page = kvcalloc(count, sizeof(*rx->page), GFP_KERNEL);
	if (!rx->page)
		goto err_free_ring;

	rx->desc = dma_alloc_coherent(dev, count * sizeof(*rx->desc), &rx->dma, GFP_KERNEL);
	if (!rx->desc)
		goto err_free_pages;

	/* A program may let a frame's last fragment grow within its page. */
	err = __xdp_rxq_info_reg(&rx->xdp_rxq, nic->netdev, 0, nic->napi.napi_id, PAGE_SIZE);
	if (err)
		goto err_free_desc;

	rxe_pool_is_for(&params, nic->netdev);
	rx->pool = page_pool_create(&params);
	if (IS_ERR(rx->pool)) {
		err = PTR_ERR(rx->pool);
		goto err_unregister;
	}
	err = xdp_rxq_info_reg_mem_model(&rx->xdp_rxq, MEM_TYPE_PAGE_POOL, rx->pool);
	if (err)
		goto err_destroy_pool;

	if (rxe_rx_fill(nic, rx, count - 1, GFP_KERNEL) < count - 1) {
		rxe_rx_free(nic, rx);
		return ERR_PTR(-ENOMEM);
	}
	return rx;

err_destroy_pool:
	page_pool_destroy(rx->pool);
err_unregister:
	xdp_rxq_info_unreg(&rx->xdp_rxq);
err_free_desc:
	dma_free_coherent(dev, count * sizeof(*rx->desc), rx->desc, rx->dma);
err_free_pages:
	kvfree(rx->page);
err_free_ring:
	kfree(rx);
	return ERR_PTR(err);
}

/**
 * rxe_rx_free - free a receive ring and the buffers in it
 * @nic: the interface
 * @rx: the ring, which the device has no more
 *
 * Pages that are still in the stack, such as what a program has not read, go back to
 * the pool later; the pool outlives the ring until the last one has. Where the kernel's
 * pool has no list of what it has mapped (dma_mapped of struct page_pool), they stay
 * mapped until then, also for a device that has been removed.
 */
void rxe_rx_free(struct rxe_nic *nic, struct rxe_rx_ring *rx)
{
	u16 i;

	for (i = 0; i < rx->count; i++) {
		if (rx->page[i])
			page_pool_put_full_page(rx->pool, rx->page[i], false);
	}
	/* Before the pool: the memory model holds a reference to it. */
	xdp_rxq_info_unreg(&rx->xdp_rxq);
	page_pool_destroy(rx->pool);
	dma_free_coherent(&nic->pdev->dev, rx->count * sizeof(*rx->desc), rx->desc, rx->dma);
	kvfree(rx->page);
	kfree(rx);
}

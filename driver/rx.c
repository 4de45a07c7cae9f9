// SPDX-License-Identifier: GPL-2.0
/*
 * Receive: from a descriptor that the device has written to an skb in the stack.
 *
 * Each descriptor owns one page of a page_pool, which keeps it mapped. The
 * device writes the frame behind the headroom; napi_build_skb() then makes that
 * page the skb's own head, without a copy, and the page comes back to the pool
 * when the skb is freed. Short frames are copied instead, into a part of a page of
 * a second pool: a page held by sixty bytes would count as a page in a socket's
 * buffer. A frame longer than one buffer goes on in the following descriptors, up
 * to the one with EOP.
 */

#include <linux/if_vlan.h>
#include <linux/skbuff.h>
#include <net/busy_poll.h>

#include "rxe.h"
#include "trace.h"

static void rxe_rx_describe(struct rxe_rx_ring *rx, u16 index)
{
	dma_addr_t dma = page_pool_get_dma_addr(rx->page[index]);

	/* All of it: the device adds to the old status and errors. */
	rx->desc[index] = (struct rxe_rx_desc){
		.addr = cpu_to_le64(dma + RXE_RX_HEADROOM),
	};
}

/* Gives descriptors from ntu on a page each, up to @want of them. */
static u16 rxe_rx_fill(struct rxe_rx_ring *rx, u16 want)
{
	struct page *page;
	u16 filled;

	for (filled = 0; filled < want; filled++) {
		page = page_pool_dev_alloc_pages(rx->pool);
		if (unlikely(!page))
			break;

		rx->page[rx->ntu] = page;
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
	trace_rx_tail(nic->netdev, nic->rx->ntu, filled);
}

/* Refills the descriptors that have been cleaned, once there are enough. */
static void rxe_rx_refill(struct rxe_nic *nic)
{
	struct rxe_rx_ring *rx = nic->rx;
	u16 want = rxe_ring_distance(rx->ntu, rx->ntc, rx->count);
	u16 filled;

	/* ntc == ntu is a ring that the device has emptied. */
	want = (want ?: rx->count) - 1;
	if (want < rx->count / RXE_RX_REFILL_PART)
		return;

	filled = rxe_fault(nic, RXE_FAULT_REFILL) ? 0 : rxe_rx_fill(rx, want);
	trace_rx_refill(nic->netdev, filled, want, rx->ntc, rx->ntu);
	if (filled && !rxe_fault(nic, RXE_FAULT_RX_TAIL)) {
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
	/* With nothing to receive into there is no interrupt to try again in. */
	if (rx->ntc == rx->ntu)
		mod_timer(&nic->refill_timer, jiffies + msecs_to_jiffies(10));
}

/**
 * rxe_rx_copy - copy a short frame into an skb of its own
 * @rx: the ring
 * @data: the frame
 * @len: its length, RXE_RX_COPYBREAK at most
 *
 * The head is part of a page that comes back, as the buffers do: nothing is
 * allocated, nor cleared as new pages are, while the stack frees what it gets.
 *
 * Return: the skb, or NULL.
 */
struct sk_buff *rxe_rx_copy(struct rxe_rx_ring *rx, const void *data, unsigned int len)
{
	unsigned int offset;
	struct sk_buff *skb;
	struct page *page;

	page = page_pool_dev_alloc_frag(rx->copy_pool, &offset, RXE_RX_COPY_SIZE);
	if (unlikely(!page))
		return NULL;
	skb = napi_build_skb(page_address(page) + offset, RXE_RX_COPY_SIZE);
	if (unlikely(!skb)) {
		page_pool_put_full_page(rx->copy_pool, page, true);
		return NULL;
	}
	skb_mark_for_recycle(skb);
	skb_reserve(skb, NET_SKB_PAD + NET_IP_ALIGN);
	skb_put_data(skb, data, len);
	return skb;
}

static struct sk_buff *rxe_rx_build(struct page *page, unsigned int len)
{
	struct sk_buff *skb;

	skb = napi_build_skb(page_address(page), PAGE_SIZE);
	if (unlikely(!skb))
		return NULL;
	skb_mark_for_recycle(skb);
	skb_reserve(skb, RXE_RX_HEADROOM);
	__skb_put(skb, len);
	return skb;
}

/*
 * Makes the buffer of one descriptor part of rx->skb. The page is then the skb's
 * or back in the pool, also when this fails.
 */
static bool rxe_rx_take(struct rxe_nic *nic, struct page *page, unsigned int len, bool eop)
{
	struct rxe_rx_ring *rx = nic->rx;
	struct sk_buff *skb = rx->skb;
	void *data;

	dma_sync_single_range_for_cpu(&nic->pdev->dev, page_pool_get_dma_addr(page),
				      RXE_RX_HEADROOM, len, page_pool_get_dma_dir(rx->pool));

	if (!skb) {
		data = page_address(page) + RXE_RX_HEADROOM;
		net_prefetch(data);
		if (eop && len <= RXE_RX_COPYBREAK) {
			rx->skb = rxe_rx_copy(rx, data, len);
			/* Nobody has looked at more than the frame: sync no more. */
			page_pool_put_page(rx->pool, page, len, true);
			return rx->skb;
		}
		rx->skb = rxe_rx_build(page, len);
		if (unlikely(!rx->skb))
			goto err_recycle;
		return true;
	}

	if (unlikely(skb_shinfo(skb)->nr_frags == MAX_SKB_FRAGS))
		goto err_recycle;
	skb_add_rx_frag(skb, skb_shinfo(skb)->nr_frags, page, RXE_RX_HEADROOM, len, PAGE_SIZE);
	return true;

err_recycle:
	page_pool_recycle_direct(rx->pool, page);
	return false;
}

/* The buffer is the stack's, or first an XDP program's. */
static bool rxe_rx_accept(struct rxe_nic *nic, struct page *page, unsigned int len, bool eop)
{
	if (static_branch_unlikely(&rxe_xdp_key) && READ_ONCE(nic->xdp_prog))
		return rxe_xdp_take(nic, page, len, eop);
	return rxe_rx_take(nic, page, len, eop);
}

/* Hands a whole frame up. The device checks no checksum (status is IXSM). */
static void rxe_rx_deliver(struct rxe_nic *nic, struct sk_buff *skb, const struct rxe_rx_desc *desc,
			   u8 status)
{
	struct net_device *netdev = nic->netdev;

	if (status & RXE_RXD_VP)
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), le16_to_cpu(desc->special));
	skb_record_rx_queue(skb, 0);
	skb->protocol = eth_type_trans(skb, netdev);
	if (likely(netdev->features & NETIF_F_GRO)) {
		napi_gro_receive(&nic->napi, skb);
	} else {
		/* As GRO does: a program that polls busily learns whom from this. */
		skb_mark_napi_id(skb, &nic->napi);
		netif_receive_skb(skb);
	}
}

/**
 * rxe_rx_clean - take the frames that the device has written
 * @nic: the interface
 * @budget: how many at most
 *
 * Called by the poll. Descriptors are bounded too: what is taken here is given
 * back to the device only after the loop, so it ends within one round.
 *
 * Return: frames taken, dropped ones included.
 */
int rxe_rx_clean(struct rxe_nic *nic, int budget)
{
	struct rxe_rx_stats *stats = &nic->rx_stats;
	struct rxe_rx_ring *rx = nic->rx;
	unsigned int packets = 0, bytes = 0, multicast = 0, copied = 0;
	bool fcs = nic->netdev->features & NETIF_F_RXFCS;
	unsigned int errors = 0, dropped = 0;
	struct rxe_rx_desc *desc;
	struct sk_buff *skb;
	struct page *page;
	unsigned int len;
	int work = 0;
	u8 status;
	u16 index;

	while (work < budget && rx->ntc != rx->ntu) {
		index = rx->ntc;
		desc = &rx->desc[index];
		status = READ_ONCE(desc->status);
		if (!(status & RXE_RXD_DD))
			break;
		/* DD says that the rest is written: read nothing before it. */
		dma_rmb();

		len = le16_to_cpu(desc->length);
		page = rx->page[index];
		rx->page[index] = NULL;
		rx->ntc = rxe_ring_next(index, rx->count);

		if (unlikely(desc->errors & RXE_RXD_FRAME_ERRORS || len > RXE_RX_BUFFER)) {
			errors += !rx->skip;
			/* Who asked for the bad ones gets them, if only they are there. */
			rx->skip |= len > RXE_RX_BUFFER || !(nic->netdev->features & NETIF_F_RXALL);
		}
		if (unlikely(rx->skip)) {
			page_pool_recycle_direct(rx->pool, page);
		} else if (unlikely(!rxe_rx_accept(nic, page, len, status & RXE_RXD_EOP))) {
			dropped++;
			rx->skip = true;
		}
		trace_rx_desc(nic->netdev, rx->skip ? NULL : rx->skb, index, len, rx->ntc, rx->ntu,
			      status);
		if (!(status & RXE_RXD_EOP))
			continue;

		work++;
		skb = rx->skb;
		rx->skb = NULL;
		if (unlikely(rx->skip)) {
			rx->skip = false;
			dev_kfree_skb_any(skb);
			continue;
		}
		packets++;
		/* No skb is a frame that an XDP program has disposed of. */
		if (static_branch_unlikely(&rxe_xdp_key) && !skb) {
			bytes += len;
			continue;
		}
		bytes += skb->len;
		if (unlikely(fcs)) {
			rxe_rx_fcs(nic, skb, desc, status);
			bytes -= ETH_FCS_LEN;
		}
		multicast += is_multicast_ether_addr(skb->data) &&
			     !is_broadcast_ether_addr(skb->data);
		copied += skb->len <= RXE_RX_COPYBREAK;
		rxe_rx_deliver(nic, skb, desc, status);
	}

	if (static_branch_unlikely(&rxe_xdp_key))
		rxe_xdp_flush(nic);

	u64_stats_update_begin(&stats->sync);
	u64_stats_inc(&stats->polls);
	u64_stats_add(&stats->packets, packets);
	u64_stats_add(&stats->bytes, bytes);
	u64_stats_add(&stats->multicast, multicast);
	u64_stats_add(&stats->copied, copied);
	u64_stats_add(&stats->errors, errors);
	u64_stats_add(&stats->dropped, dropped);
	u64_stats_update_end(&stats->sync);

	rxe_rx_refill(nic);
	return work;
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

	dev_kfree_skb_any(rx->skb);
	rx->skb = NULL;
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
	struct page_pool_params copy_params = {
		.flags = PP_FLAG_PAGE_FRAG,
		.pool_size = count,
		.nid = params.nid,
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

	err = xdp_rxq_info_reg(&rx->xdp_rxq, nic->netdev, 0, nic->napi.napi_id);
	if (err)
		goto err_free_desc;

	/*
	 * Later kernels would let the stack recycle without a lock in a NAPI instance
	 * named here. But rings come and go while that instance polls others.
	 */
	rx->pool = page_pool_create(&params);
	if (IS_ERR(rx->pool)) {
		err = PTR_ERR(rx->pool);
		goto err_unregister;
	}
	rx->copy_pool = page_pool_create(&copy_params);
	if (IS_ERR(rx->copy_pool)) {
		err = PTR_ERR(rx->copy_pool);
		goto err_destroy_pool;
	}
	err = xdp_rxq_info_reg_mem_model(&rx->xdp_rxq, MEM_TYPE_PAGE_POOL, rx->pool);
	if (err)
		goto err_destroy_copy_pool;

	if (rxe_rx_fill(rx, count - 1) < count - 1) {
		rxe_rx_free(nic, rx);
		return ERR_PTR(-ENOMEM);
	}
	return rx;

err_destroy_copy_pool:
	page_pool_destroy(rx->copy_pool);
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

	kfree_skb(rx->skb);
	for (i = 0; i < rx->count; i++) {
		if (rx->page[i])
			page_pool_put_full_page(rx->pool, rx->page[i], false);
	}
	/* Before the pool: the memory model holds a reference to it. */
	xdp_rxq_info_unreg(&rx->xdp_rxq);
	page_pool_destroy(rx->copy_pool);
	page_pool_destroy(rx->pool);
	dma_free_coherent(&nic->pdev->dev, rx->count * sizeof(*rx->desc), rx->desc, rx->dma);
	kvfree(rx->page);
	kfree(rx);
}

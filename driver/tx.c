// SPDX-License-Identifier: GPL-2.0
/*
 * Transmit: from an skb to descriptors and a doorbell, and the cleaning after.
 *
 * A frame is at most one context descriptor, which tells the device where the
 * headers are, and one or more data descriptors. Transmit (under the queue's
 * lock) owns ntu, the poll owns ntc; each publishes its index with release and
 * reads the other's with acquire, so neither needs a lock of its own.
 */

#include <linux/if_vlan.h>
#include <linux/sizes.h>

#include "compat.h"
#include "trace.h"
#include "tx.h"
#include "tx-offload.h"

/*
 * The most that one frame can take: a context, the head, each fragment, one more
 * for each time that its 64 KiB exceed what a descriptor may name, and the two
 * of rxe_tx_end_whole().
 */
#define RXE_TX_FRAME_DESCS (1 + 1 + MAX_SKB_FRAGS + SZ_64K / RXE_TXD_MAX_LEN + 1 + 2)

static_assert(RXE_TX_FRAME_DESCS < RXE_RING_MIN);

static u16 rxe_tx_unused(const struct rxe_tx_ring *tx)
{
	/* Pairs with rxe_tx_clean(): what it freed is no longer in its hands. */
	u16 ntc = smp_load_acquire(&tx->ntc);

	/* The poll asks too, while transmit may write it. */
	return tx->count - 1 - rxe_ring_distance(ntc, READ_ONCE(tx->ntu), tx->count);
}

/*
 * Stops the queue if the ring lacks room for @need descriptors. Both sides write
 * first and look at the other second, with a full barrier between, so that the
 * queue is not left stopped with the ring empty.
 */
static bool rxe_tx_maybe_stop(struct rxe_nic *nic, struct rxe_tx_ring *tx, u16 need)
{
	if (likely(rxe_tx_unused(tx) >= need))
		return false;

	netif_stop_queue(nic->netdev);
	/* Pairs with the barrier in rxe_tx_clean(). */
	smp_mb();
	if (rxe_tx_unused(tx) < need) {
		u64_stats_update_begin(&nic->tx_send.sync);
		u64_stats_inc(&nic->tx_send.stopped);
		u64_stats_update_end(&nic->tx_send.sync);
		return true;
	}
	netif_start_queue(nic->netdev);
	return false;
}

static void rxe_tx_unmap(struct rxe_nic *nic, struct rxe_tx_buffer *buffer)
{
	struct device *dev = &nic->pdev->dev;

	if (!buffer->len)
		return;
	if (buffer->page)
		dma_unmap_page(dev, buffer->dma, buffer->len, DMA_TO_DEVICE);
	else
		dma_unmap_single(dev, buffer->dma, buffer->len, DMA_TO_DEVICE);
	buffer->len = 0;
}

/*
 * Describes one mapped piece of memory, from descriptor @index on. The first of
 * them carries the mapping. Returns the descriptor after the last.
 */
static u16 rxe_tx_describe(struct rxe_tx_ring *tx, u16 index, dma_addr_t dma, unsigned int len,
			   const struct rxe_tx_offload *off)
{
	unsigned int part;

	while (len) {
		part = min_t(unsigned int, len, RXE_TXD_MAX_LEN);
		tx->desc[index].data = (struct rxe_tx_data){
			.addr = cpu_to_le64(dma),
			.cmd_len = cpu_to_le32(off->cmd | part),
			.popts = off->popts,
			.special = cpu_to_le16(off->vlan),
		};
		dma += part;
		len -= part;
		index = rxe_ring_next(index, tx->count);
	}
	return index;
}

/*
 * Maps the head and the fragments of @skb and describes them. Returns the
 * descriptor after the last, or -ENOMEM with nothing left mapped.
 */
static int rxe_tx_map(struct rxe_nic *nic, struct sk_buff *skb, u16 first,
		      const struct rxe_tx_offload *off)
{
	struct device *dev = &nic->pdev->dev;
	struct rxe_tx_ring *tx = nic->tx;
	struct rxe_tx_buffer *buffer;
	unsigned int len = skb_headlen(skb);
	const skb_frag_t *frag = NULL;
	unsigned int done = 0;
	u16 index = first;
	dma_addr_t dma;

	dma = dma_map_single(dev, skb->data, len, DMA_TO_DEVICE);
	for (;;) {
		if (dma_mapping_error(dev, dma))
			goto err_unmap;
		buffer = &tx->buffer[index];
		buffer->dma = dma;
		buffer->len = len;
		buffer->page = frag;
		index = rxe_tx_describe(tx, index, dma, len, off);

		if (done == skb_shinfo(skb)->nr_frags)
			return index;
		frag = &skb_shinfo(skb)->frags[done++];
		len = skb_frag_size(frag);
		dma = skb_frag_dma_map(dev, frag, 0, len, DMA_TO_DEVICE);
	}

err_unmap:
	for (; first != index; first = rxe_ring_next(first, tx->count))
		rxe_tx_unmap(nic, &tx->buffer[first]);
	return -ENOMEM;
}

/*
 * Ends a frame whose last segment is a whole one, with the two descriptors from @index
 * on. @off has what the frame asked for; its context becomes what the device has then.
 * Returns the descriptor after the two.
 *
 * The emulated device has sent such a segment before it comes to EOP, and then
 * sends the headers once more with nothing behind. It does not if the frame ends
 * on less than the context's headers: so the end is an empty descriptor behind a
 * context whose headers are one byte longer.
 */
static u16 rxe_tx_end_whole(struct rxe_tx_ring *tx, u16 index, struct rxe_tx_offload *off)
{
	off->context.hdr_len++;
	tx->desc[index].context = off->context;
	index = rxe_ring_next(index, tx->count);
	tx->desc[index].data = (struct rxe_tx_data){
		.cmd_len = cpu_to_le32(off->cmd),
	};
	return rxe_ring_next(index, tx->count);
}

/*
 * Looks after what is in the ring, for watch.c: a timer, while there is something. It
 * is started by whoever rings the doorbell.
 */
static void rxe_tx_be_watched(struct rxe_nic *nic)
{
	/* Pairs with rxe_watch_look(): it sees the frames, or this that it is over. */
	smp_mb();
	if (unlikely(!timer_pending(&nic->hang.timer)))
		mod_timer(&nic->hang.timer, round_jiffies(jiffies + RXE_HANG_PERIOD));
}

/**
 * rxe_tx_doorbell - tell the device of all frames up to ntu
 * @nic: the interface
 *
 * Under the transmit queue's lock.
 */
void rxe_tx_doorbell(struct rxe_nic *nic)
{
	struct rxe_tx_send_stats *stats = &nic->tx_send;

	if (rxe_fault(&nic->faults, RXE_FAULT_TX_TAIL))
		return;

	u64_stats_update_begin(&stats->sync);
	u64_stats_inc(&stats->doorbells);
	u64_stats_update_end(&stats->sync);
	/* First the event: the emulated device sends within the write. */
	trace_tx_tail(nic->netdev, nic->tx->ntu);
	/* writel() orders the descriptors before the tail (memory-barriers.txt). */
	rxe_write(&nic->hw, RXE_TDT, nic->tx->ntu);
	rxe_tx_be_watched(nic);
}

/*
 * Gives the frame in the descriptors from @start up to @end to the poll. Its first entry
 * has skb or xdpf, segs and bytes; @len is what it has in memory.
 */
static void rxe_tx_publish(struct rxe_nic *nic, u16 start, u16 end, unsigned int len)
{
	struct rxe_tx_ring *tx = nic->tx;
	u16 last = (end ?: tx->count) - 1;

	tx->buffer[start].last = last;
	/* The device reports with DD only where it is asked to, with RS. */
	tx->desc[last].data.cmd_len |= cpu_to_le32(RXE_TXD_EOP | RXE_TXD_RS);
	trace_tx_desc(nic->netdev, tx->buffer[start].skb, len, start,
		      rxe_ring_distance(start, end, tx->count));

	/* Pairs with rxe_tx_clean(): the entries are whole before they count. */
	smp_store_release(&tx->ntu, end);
}

/**
 * rxe_start_xmit - ndo_start_xmit: give one frame to the device
 * @skb: the frame
 * @netdev: the interface
 *
 * Return: NETDEV_TX_OK, the frame is sent or dropped; NETDEV_TX_BUSY, the ring
 * has no room, which the stopped queue should have prevented.
 */
netdev_tx_t rxe_start_xmit(struct sk_buff *skb, struct net_device *netdev)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	struct rxe_tx_send_stats *stats = &nic->tx_send;
	struct rxe_tx_ring *tx = nic->tx;
	struct rxe_tx_buffer *first;
	struct rxe_tx_offload off;
	bool new_context;
	u16 start, index;
	int end;

	if (unlikely(rxe_tx_maybe_stop(nic, tx, RXE_TX_FRAME_DESCS)))
		return NETDEV_TX_BUSY;

	/* TCTL.PSP does not pad on the emulated device. */
	if (unlikely(eth_skb_pad(skb)))
		goto err_count;
	if (unlikely(rxe_tx_offload_init(skb, &off)))
		goto err_drop;

	start = tx->ntu;
	index = start;
	/* 3.3.5: the device remembers the last context it was given. */
	new_context = off.has_context && memcmp(&off.context, &tx->context, sizeof(off.context));
	if (new_context) {
		tx->desc[index].context = off.context;
		index = rxe_ring_next(index, tx->count);
	}

	end = rxe_tx_map(nic, skb, index, &off);
	if (unlikely(end < 0))
		goto err_drop;
	if (off.whole_segments && nic->emulated)
		end = rxe_tx_end_whole(tx, end, &off);
	if (new_context)
		tx->context = off.context;

	first = &tx->buffer[start];
	first->skb = skb;
	/* What NETIF_F_GSO_PARTIAL leaves over is one segment, whatever gso_segs says. */
	first->segs = off.hdr_len ? max_t(u16, skb_shinfo(skb)->gso_segs, 1) : 1;
	first->bytes = skb->len + (first->segs - 1) * off.hdr_len;

	skb_tx_timestamp(skb);
	rxe_tx_publish(nic, start, end, skb->len);

	u64_stats_update_begin(&stats->sync);
	u64_stats_add(&stats->contexts, new_context);
	u64_stats_add(&stats->tso, !!(off.cmd & RXE_TXD_TSE));
	u64_stats_update_end(&stats->sync);

	/*
	 * Stopping for want of room must ring the doorbell, whatever the stack
	 * says will follow: nothing follows a stopped queue.
	 */
	rxe_tx_maybe_stop(nic, tx, RXE_TX_FRAME_DESCS);
	if (__netdev_tx_sent_queue(netdev_get_tx_queue(netdev, 0), first->bytes,
				   netdev_xmit_more()))
		rxe_tx_doorbell(nic);
	return NETDEV_TX_OK;

err_drop:
	dev_kfree_skb_any(skb);
err_count:
	u64_stats_update_begin(&stats->sync);
	u64_stats_inc(&stats->dropped);
	u64_stats_update_end(&stats->sync);
	/* Frames before this one may wait for a doorbell that it was to ring. */
	if (!netdev_xmit_more())
		rxe_tx_doorbell(nic);
	return NETDEV_TX_OK;
}

/* TCTL.PSP does not pad on the emulated device, and XDP frames have no helper. */
static bool rxe_tx_pad_xdp(struct xdp_frame *xdpf)
{
	unsigned int used = sizeof(*xdpf) + xdpf->headroom;
	unsigned int missing;

	if (likely(xdp_get_frame_len(xdpf) >= ETH_ZLEN))
		return true;
	missing = ETH_ZLEN - xdpf->len;
	if (xdp_frame_has_frags(xdpf) ||
	    used + ETH_ZLEN > xdpf->frame_sz - SKB_DATA_ALIGN(sizeof(struct skb_shared_info)))
		return false;
	memset(xdpf->data + xdpf->len, 0, missing);
	xdpf->len += missing;
	return true;
}

/*
 * One piece of an XDP frame, from descriptor @index on: mapped, or already, if it is one
 * of the receive ring's @own. Returns the descriptor after it, or -ENOMEM.
 */
static int rxe_tx_map_xdp(struct rxe_nic *nic, u16 index, void *data, unsigned int len, bool own)
{
	static const struct rxe_tx_offload off = {
		.cmd = RXE_TXD_DTYP_DATA | RXE_TXD_DEXT | RXE_TXD_IFCS,
	};
	struct rxe_tx_buffer *buffer = &nic->tx->buffer[index];
	struct device *dev = &nic->pdev->dev;
	struct page *page;
	dma_addr_t dma;

	if (own) {
		page = virt_to_head_page(data);
		dma = page_pool_get_dma_addr(page) + (data - page_address(page));
		dma_sync_single_for_device(dev, dma, len, DMA_BIDIRECTIONAL);
	} else {
		dma = dma_map_single(dev, data, len, DMA_TO_DEVICE);
		if (dma_mapping_error(dev, dma))
			return -ENOMEM;
	}
	buffer->dma = dma;
	buffer->len = own ? 0 : len;
	buffer->page = false;
	return rxe_tx_describe(nic->tx, index, dma, len, &off);
}

/**
 * rxe_tx_xdp - put a frame of XDP's into the ring
 * @nic: the interface
 * @xdpf: the frame; it stays the caller's when this fails
 * @own: its pages are the receive ring's and so mapped already
 *
 * Under the transmit queue's lock; the doorbell is left to the caller. The queue
 * is stopped while there is no ring. The stack's frames have their room kept, and
 * their byte limit does not count these.
 *
 * Return: 0, -ENOSPC, -EOPNOTSUPP or -ENOMEM.
 */
int rxe_tx_xdp(struct rxe_nic *nic, struct xdp_frame *xdpf, bool own)
{
	struct netdev_queue *queue = netdev_get_tx_queue(nic->netdev, 0);
	struct skb_shared_info *sinfo = NULL;
	unsigned int len, frags = 0, i;
	struct rxe_tx_buffer *first;
	struct rxe_tx_ring *tx;
	u16 start, index;
	int end;

	if (unlikely(netif_tx_queue_stopped(queue)))
		return -ENOSPC;
	if (unlikely(!rxe_tx_pad_xdp(xdpf)))
		return -EOPNOTSUPP;
	if (unlikely(xdp_frame_has_frags(xdpf))) {
		sinfo = xdp_get_shared_info_from_frame(xdpf);
		frags = sinfo->nr_frags;
	}
	tx = nic->tx;
	len = xdp_get_frame_len(xdpf);
	if (unlikely(rxe_tx_unused(tx) < RXE_TX_FRAME_DESCS + 1 + frags + len / RXE_TXD_MAX_LEN))
		return -ENOSPC;

	start = tx->ntu;
	end = rxe_tx_map_xdp(nic, start, xdpf->data, xdpf->len, own);
	if (unlikely(end < 0))
		return end;
	for (i = 0; i < frags; i++) {
		index = end;
		end = rxe_tx_map_xdp(nic, index, skb_frag_address(&sinfo->frags[i]),
				     skb_frag_size(&sinfo->frags[i]), own);
		if (unlikely(end < 0))
			goto err_unmap;
	}

	first = &tx->buffer[start];
	first->xdpf = xdpf;
	first->own = own;
	first->segs = 1;
	first->bytes = len;
	rxe_tx_publish(nic, start, end, len);
	/* Should these frames keep the stack's waiting, that is no hang. */
	txq_trans_cond_update(queue);
	return 0;

err_unmap:
	for (; start != index; start = rxe_ring_next(start, tx->count))
		rxe_tx_unmap(nic, &tx->buffer[start]);
	return -ENOMEM;
}

/* A page of the receive ring's goes straight into its pool's cache, from the poll. */
static void rxe_tx_return_xdp(const struct rxe_tx_buffer *first, int budget)
{
	if (budget && first->own)
		xdp_return_frame_rx_napi(first->xdpf);
	else
		xdp_return_frame(first->xdpf);
}

/**
 * rxe_tx_clean - free the frames that the device has sent
 * @nic: the interface
 * @budget: the poll's, 0 from netpoll, in which interrupts may be off
 *
 * Not limited by @budget: it ends at the frame that was last when it began.
 *
 * Return: frames freed.
 */
unsigned int rxe_tx_clean(struct rxe_nic *nic, int budget)
{
	struct rxe_tx_done_stats *stats = &nic->tx_done;
	struct netdev_queue *queue = netdev_get_tx_queue(nic->netdev, 0);
	struct rxe_tx_ring *tx = nic->tx;
	unsigned int frames = 0, packets = 0, bytes = 0;
	unsigned int xdp = 0, xdp_bytes = 0;
	struct rxe_tx_buffer *first;
	u16 ntc = tx->ntc;
	u16 end;

	/* Pairs with rxe_start_xmit(): up to here the entries are whole. */
	u16 ntu = smp_load_acquire(&tx->ntu);

	while (ntc != ntu) {
		first = &tx->buffer[ntc];
		/* Nothing else of the descriptor is read, so no barrier after. */
		if (!(READ_ONCE(tx->desc[first->last].data.status) & RXE_TXD_DD))
			break;

		end = rxe_ring_next(first->last, tx->count);
		for (; ntc != end; ntc = rxe_ring_next(ntc, tx->count))
			rxe_tx_unmap(nic, &tx->buffer[ntc]);

		if (unlikely(!first->skb)) {
			xdp++;
			xdp_bytes += first->bytes;
			rxe_tx_return_xdp(first, budget);
			first->xdpf = NULL;
			continue;
		}
		frames++;
		packets += first->segs;
		bytes += first->bytes;
		napi_consume_skb(first->skb, budget);
		first->skb = NULL;
	}
	if (ntc == tx->ntc)
		return 0;

	/* Pairs with rxe_tx_unused(): the entries are done with. */
	smp_store_release(&tx->ntc, ntc);
	nic->itr_load.tx += packets + xdp;
	trace_tx_clean(nic->netdev, frames + xdp, bytes + xdp_bytes, ntc, ntu);

	u64_stats_update_begin(&stats->sync);
	u64_stats_add(&stats->packets, packets + xdp);
	u64_stats_add(&stats->bytes, bytes + xdp_bytes);
	u64_stats_add(&stats->xdp, xdp);
	u64_stats_update_end(&stats->sync);
	netdev_tx_completed_queue(queue, frames, bytes);

	/* Pairs with the barrier in rxe_tx_maybe_stop(). */
	smp_mb();
	if (unlikely(netif_tx_queue_stopped(queue)) && rxe_tx_unused(tx) >= RXE_TX_FRAME_DESCS)
		netif_tx_wake_queue(queue);
	return frames + xdp;
}

/**
 * rxe_tx_drop - drop the frames that the device has not sent, and now will not
 * @nic: the interface, its device stopped
 *
 * Nobody transmits meanwhile, so nobody else counts.
 */
void rxe_tx_drop(struct rxe_nic *nic)
{
	struct rxe_tx_ring *tx = nic->tx;
	struct rxe_tx_buffer *buffer;
	unsigned int frames = 0;

	for (; tx->ntc != tx->ntu; tx->ntc = rxe_ring_next(tx->ntc, tx->count)) {
		buffer = &tx->buffer[tx->ntc];
		rxe_tx_unmap(nic, buffer);
		frames += buffer->skb || buffer->xdpf;
		dev_kfree_skb_any(buffer->skb);
		buffer->skb = NULL;
		if (buffer->xdpf)
			xdp_return_frame(buffer->xdpf);
		buffer->xdpf = NULL;
	}
	netdev_reset_queue(nic->netdev);
	u64_stats_update_begin(&nic->tx_send.sync);
	u64_stats_add(&nic->tx_send.dropped, frames);
	u64_stats_update_end(&nic->tx_send.sync);
}

/**
 * rxe_tx_enable - let the device transmit
 * @nic: the interface
 */
void rxe_tx_enable(struct rxe_nic *nic)
{
	u32 tctl = RXE_TCTL_EN | RXE_TCTL_PSP | RXE_TCTL_CT | RXE_TCTL_COLD_FD;

	if (rxe_fault(&nic->faults, RXE_FAULT_TX_STALL))
		tctl &= ~RXE_TCTL_EN;
	rxe_write(&nic->hw, RXE_TCTL, tctl);
}

/**
 * rxe_tx_start - give the transmit ring to the device
 * @nic: the interface, its device just reset and the ring without frames
 */
void rxe_tx_start(struct rxe_nic *nic)
{
	struct rxe_tx_ring *tx = nic->tx;
	struct rxe_hw *hw = &nic->hw;

	memset(&tx->context, 0, sizeof(tx->context));

	/* 14.5 Transmit initialization */
	rxe_write(hw, RXE_TDBAL, lower_32_bits(tx->dma));
	rxe_write(hw, RXE_TDBAH, upper_32_bits(tx->dma));
	rxe_write(hw, RXE_TDLEN, tx->count * sizeof(*tx->desc));
	rxe_write(hw, RXE_TDH, tx->ntu);
	rxe_write(hw, RXE_TDT, tx->ntu);
	rxe_write(hw, RXE_TIDV, 0);
	rxe_write(hw, RXE_TADV, 0);
	rxe_write(hw, RXE_TIPG, RXE_TIPG_COPPER);
	rxe_tx_enable(nic);
}

/**
 * rxe_tx_alloc - allocate a transmit ring
 * @nic: the interface
 * @count: number of descriptors
 *
 * Return: the ring, or an ERR_PTR().
 */
struct rxe_tx_ring *rxe_tx_alloc(struct rxe_nic *nic, u16 count)
{
	struct rxe_tx_ring *tx;

	tx = kzalloc(sizeof(*tx), GFP_KERNEL);
	if (!tx)
		return ERR_PTR(-ENOMEM);
	tx->count = count;

	tx->buffer = kvcalloc(count, sizeof(*tx->buffer), GFP_KERNEL);
	if (!tx->buffer)
		goto err_free_ring;

	tx->desc = dma_alloc_coherent(&nic->pdev->dev, count * sizeof(*tx->desc), &tx->dma,
				      GFP_KERNEL);
	if (!tx->desc)
		goto err_free_buffers;
	return tx;

err_free_buffers:
	kvfree(tx->buffer);
err_free_ring:
	kfree(tx);
	return ERR_PTR(-ENOMEM);
}

/**
 * rxe_tx_free - free a transmit ring
 * @nic: the interface
 * @tx: the ring, which the device has no more, and without frames
 */
void rxe_tx_free(struct rxe_nic *nic, struct rxe_tx_ring *tx)
{
	dma_free_coherent(&nic->pdev->dev, tx->count * sizeof(*tx->desc), tx->desc, tx->dma);
	kvfree(tx->buffer);
	kfree(tx);
}

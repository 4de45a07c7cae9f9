// SPDX-License-Identifier: GPL-2.0
/*
 * Receive: from descriptors that the device has written to an skb in the stack.
 *
 * The device writes a frame behind the headroom of a buffer, and if it is longer than
 * that goes on in the following ones, up to the descriptor with EOP. A frame is taken
 * when all of it is there. Its buffers are gathered in an xdp_buff; an XDP program, if
 * there is one, decides about that; and what it passes becomes an skb, in one place.
 *
 * The first page becomes the skb's own head, without a copy, the others its
 * fragments, and all come back to the pool when the skb is freed. Short frames are
 * copied instead, into a part of a page of a second pool: a page held by sixty bytes
 * would count as a page in a socket's buffer. Then the first page stays where it is,
 * behind its descriptor, for the next frame; so does that of a frame which is dropped.
 */

#include <linux/bpf.h>
#include <linux/if_vlan.h>
#include <linux/skbuff.h>
#include <net/busy_poll.h>

#include "rx.h"
#include "rx-fcs.h"
#include "rx-ring.h"
#include "trace.h"
#include "xdp.h"

/* A frame up to this is copied, and its page stays in the ring */
#define RXE_RX_COPYBREAK 256
/* What the copy takes of a page: a sixth */
#define RXE_RX_COPY_SIZE                                                                           \
	(SKB_DATA_ALIGN(NET_SKB_PAD + NET_IP_ALIGN + RXE_RX_COPYBREAK) +                           \
	 SKB_DATA_ALIGN(sizeof(struct skb_shared_info)))
/**
 * struct rxe_rx_frame - one frame in the ring, all of it written
 * @first: its first descriptor
 * @next: the descriptor after its last
 * @descs: how many it has
 * @len: its bytes, as the device counts them
 * @status: that of the last descriptor
 * @bad: something is wrong with it: rxe_rx_refuse()
 * @broken: it is not there as the descriptors say, whoever may ask for it
 */
struct rxe_rx_frame {
	u16 first;
	u16 next;
	u16 descs;
	unsigned int len;
	u8 status;
	bool bad;
	bool broken;
};

/* What one poll has taken, added to the counters at its end. */
struct rxe_rx_tally {
	unsigned int packets;
	unsigned int bytes;
	unsigned int multicast;
	unsigned int copied;
	unsigned int errors;
	unsigned int dropped;
	unsigned int xdp[RXE_XDP_VERDICTS];
};

/*
 * Finds the frame that begins at ntc. False if not all of it is there yet, which costs
 * another look at the part that is.
 *
 * A frame of more descriptors than an skb has room for ends where that room does:
 * its status is without EOP then.
 */
static bool rxe_rx_find(const struct rxe_rx_ring *rx, struct rxe_rx_frame *frame)
{
	const struct rxe_rx_desc *desc;
	u16 index = rx->ntc;
	unsigned int len;

	frame->first = index;
	frame->descs = 0;
	frame->len = 0;
	frame->bad = false;
	while (index != rx->ntu) {
		desc = &rx->desc[index];
		frame->status = READ_ONCE(desc->status);
		if (!(frame->status & RXE_RXD_DD))
			return false;
		/* DD says that the rest is written: read nothing before it. */
		dma_rmb();

		len = le16_to_cpu(desc->length);
		/* The stack looks at the Ethernet header, and so does every program. */
		if (!frame->descs)
			frame->broken = len < ETH_HLEN;
		frame->len += len;
		frame->broken |= len > RXE_RX_BUFFER;
		frame->bad |= frame->broken || desc->errors & RXE_RXD_FRAME_ERRORS;
		index = rxe_ring_next(index, rx->count);
		if (++frame->descs == RXE_RX_FRAME_DESCS || frame->status & RXE_RXD_EOP) {
			frame->next = index;
			frame->bad |= !(frame->status & RXE_RXD_EOP);
			return true;
		}
	}
	return false;
}

/* The following buffers of a frame, as fragments of the first. They leave the ring. */
static void rxe_rx_gather_frags(struct rxe_nic *nic, const struct rxe_rx_frame *frame,
				struct xdp_buff *xdp)
{
	struct skb_shared_info *sinfo = xdp_get_shared_info_from_buff(xdp);
	struct rxe_rx_ring *rx = nic->rx;
	struct page *page;
	unsigned int len;
	u16 index;

	sinfo->nr_frags = 0;
	sinfo->xdp_frags_size = 0;
	index = rxe_ring_next(frame->first, rx->count);
	for (; index != frame->next; index = rxe_ring_next(index, rx->count)) {
		len = le16_to_cpu(rx->desc[index].length);
		if (unlikely(!len))
			continue;
		rxe_rx_sync_for_cpu(nic, index, len);
		page = rx->page[index];
		rx->page[index] = NULL;
		__skb_fill_page_desc_noacc(sinfo, sinfo->nr_frags++, page, RXE_RX_HEADROOM, len);
		sinfo->xdp_frags_size += len;
		if (page_is_pfmemalloc(page))
			xdp_buff_set_frag_pfmemalloc(xdp);
	}
	if (sinfo->nr_frags)
		xdp_buff_set_frags_flag(xdp);
}

/* The buffers of a frame as one thing. The first page stays the ring's for now. */
static void rxe_rx_gather(struct rxe_nic *nic, const struct rxe_rx_frame *frame,
			  struct xdp_buff *xdp)
{
	struct rxe_rx_ring *rx = nic->rx;
	unsigned int len = le16_to_cpu(rx->desc[frame->first].length);

	rxe_rx_sync_for_cpu(nic, frame->first, len);
	xdp_init_buff(xdp, PAGE_SIZE, &rx->xdp_rxq);
	xdp_prepare_buff(xdp, page_address(rx->page[frame->first]), RXE_RX_HEADROOM, len, true);
	net_prefetch(xdp->data);
	if (unlikely(frame->descs > 1))
		rxe_rx_gather_frags(nic, frame, xdp);
}

/* The fragments of a frame that goes no further; the first page is the ring's still. */
static void rxe_rx_drop_frags(struct rxe_rx_ring *rx, struct xdp_buff *xdp)
{
	struct skb_shared_info *sinfo = xdp_get_shared_info_from_buff(xdp);
	unsigned int i;

	for (i = 0; i < sinfo->nr_frags; i++)
		page_pool_recycle_direct(rx->pool, skb_frag_page(&sinfo->frags[i]));
}

/*
 * Copies a short frame into an skb of its own. The head is part of a page that comes
 * back, as the buffers do: nothing is allocated, nor cleared as new pages are, while
 * the stack frees what it gets.
 */
static struct sk_buff *rxe_rx_copy(struct page_pool *pool, const void *data, unsigned int len)
{
	unsigned int offset;
	struct sk_buff *skb;
	struct page *page;

	page = page_pool_dev_alloc_frag(pool, &offset, RXE_RX_COPY_SIZE);
	if (unlikely(!page))
		return NULL;
	skb = napi_build_skb(page_address(page) + offset, RXE_RX_COPY_SIZE);
	if (unlikely(!skb)) {
		page_pool_put_full_page(pool, page, true);
		return NULL;
	}
	skb_mark_for_recycle(skb);
	skb_reserve(skb, NET_SKB_PAD + NET_IP_ALIGN);
	__skb_put_data(skb, data, len);
	return skb;
}

/* The skb of a frame around its first page, which is the skb's then. */
static struct sk_buff *rxe_rx_wrap(struct xdp_buff *xdp)
{
	unsigned int metasize = xdp->data - xdp->data_meta;
	struct skb_shared_info *sinfo = xdp_get_shared_info_from_buff(xdp);
	const skb_frag_t *frag = sinfo->frags;
	unsigned int frags_size = 0;
	struct sk_buff *skb;
	u8 nr_frags = 0;
	u8 i;

	if (unlikely(xdp_buff_has_frags(xdp))) {
		nr_frags = sinfo->nr_frags;
		frags_size = sinfo->xdp_frags_size;
	}
	skb = napi_build_skb(xdp->data_hard_start, xdp->frame_sz);
	if (unlikely(!skb))
		return NULL;
	skb_mark_for_recycle(skb);
	skb_reserve(skb, xdp->data - xdp->data_hard_start);
	__skb_put(skb, xdp->data_end - xdp->data);
	if (metasize)
		skb_metadata_set(skb, metasize);
	/* The fragments lie where the skb has them; building it has cleared their number. */
	if (unlikely(nr_frags)) {
		sinfo->nr_frags = nr_frags;
		skb->len += frags_size;
		skb->data_len = frags_size;
		skb->truesize += nr_frags * PAGE_SIZE;
		for (i = 0; i < nr_frags; i++)
			skb->pfmemalloc |= page_is_pfmemalloc(skb_frag_page(&frag[i]));
	}
	return skb;
}

/*
 * Makes an skb of a frame, wherever a program may have put it. Without memory for
 * that the frame is as it was.
 */
static struct sk_buff *rxe_rx_build(struct rxe_nic *nic, const struct rxe_rx_frame *frame,
				    struct xdp_buff *xdp, struct rxe_rx_tally *tally)
{
	unsigned int len = xdp->data_end - xdp->data;
	struct rxe_rx_ring *rx = nic->rx;
	struct sk_buff *skb;

	if (len <= RXE_RX_COPYBREAK && !xdp_buff_has_frags(xdp) && xdp->data == xdp->data_meta) {
		skb = rxe_rx_copy(nic->copy_pool, xdp->data, len);
		tally->copied += !!skb;
		return skb;
	}
	skb = rxe_rx_wrap(xdp);
	if (likely(skb))
		rx->page[frame->first] = NULL;
	return skb;
}

/*
 * Lets the program decide. True if it passes the frame on. If not, the frame has gone
 * elsewhere and its pages with it; or it is dropped, its first page still in the ring.
 */
static bool rxe_rx_ask(struct rxe_nic *nic, struct bpf_prog *prog, const struct rxe_rx_frame *frame,
		       struct xdp_buff *xdp, struct rxe_rx_tally *tally)
{
	struct rxe_rx_ring *rx = nic->rx;
	u32 verdict;

	verdict = rxe_xdp_run(nic, prog, xdp);
	tally->xdp[verdict]++;
	switch (verdict) {
	case XDP_PASS:
		return true;
	case XDP_TX:
	case XDP_REDIRECT:
		rx->page[frame->first] = NULL;
		return false;
	default:
		if (unlikely(xdp_buff_has_frags(xdp)))
			rxe_rx_drop_frags(rx, xdp);
		return false;
	}
}

/*
 * From the buffers of a frame to an skb: the one way, with a program or without. NULL
 * if the frame goes no further.
 */
static struct sk_buff *rxe_rx_take(struct rxe_nic *nic, const struct rxe_rx_frame *frame,
				   struct rxe_rx_tally *tally)
{
	/* What the CPU has looked at; a program may have written to all of the buffer. */
	unsigned int touched = min_t(unsigned int, frame->len, RXE_RX_BUFFER);
	struct rxe_rx_ring *rx = nic->rx;
	struct bpf_prog *prog = NULL;
	struct sk_buff *skb = NULL;
	struct xdp_buff xdp;
	bool multicast;

	rxe_rx_gather(nic, frame, &xdp);
	multicast = is_multicast_ether_addr(xdp.data) && !is_broadcast_ether_addr(xdp.data);

	/* Read once: another program may take its place at any time. */
	if (static_branch_unlikely(&rxe_xdp_key))
		prog = READ_ONCE(nic->xdp_prog);
	if (prog) {
		touched = RXE_RX_BUFFER;
		if (unlikely(xdp_buff_has_frags(&xdp) && !prog->aux->xdp_has_frags))
			goto err_drop;
		if (!rxe_rx_ask(nic, prog, frame, &xdp, tally))
			goto taken;
	}
	skb = rxe_rx_build(nic, frame, &xdp, tally);
	if (unlikely(!skb))
		goto err_drop;
taken:
	tally->packets++;
	tally->bytes += frame->len;
	tally->multicast += multicast;
keep:
	if (rx->page[frame->first])
		rxe_rx_sync_for_device(nic, frame->first, touched);
	return skb;

err_drop:
	tally->dropped++;
	if (unlikely(xdp_buff_has_frags(&xdp)))
		rxe_rx_drop_frags(rx, &xdp);
	goto keep;
}

/*
 * Whether a frame that is not as it should be is dropped. Nobody has looked at its
 * pages, so they stay. Who asked for the bad ones gets them, if only they are there.
 */
static bool rxe_rx_refuse(struct rxe_nic *nic, const struct rxe_rx_frame *frame,
			  struct rxe_rx_tally *tally)
{
	struct rxe_rx_ring *rx = nic->rx;
	bool rest = rx->skip;

	rx->skip = !(frame->status & RXE_RXD_EOP);
	if (rest)
		return true;
	if (rx->skip) {
		tally->dropped++;
		return true;
	}
	tally->errors++;
	return frame->broken || !(nic->netdev->features & NETIF_F_RXALL);
}

/* Each descriptor of a frame has its event, with the id of what has become of all. */
static void rxe_rx_trace(struct rxe_nic *nic, const struct rxe_rx_frame *frame,
			 const struct sk_buff *skb)
{
	struct rxe_rx_ring *rx = nic->rx;
	const struct rxe_rx_desc *desc;
	u16 index = frame->first;
	u16 next;

	for (; index != frame->next; index = next) {
		desc = &rx->desc[index];
		next = rxe_ring_next(index, rx->count);
		trace_rx_desc(nic->netdev, skb, index, le16_to_cpu(desc->length), next, rx->ntu,
			      desc->status, rx->count);
	}
}

/* Hands a whole frame up. The device checks no checksum (status is IXSM). */
static void rxe_rx_deliver(struct rxe_nic *nic, const struct rxe_rx_frame *frame,
			   struct sk_buff *skb)
{
	struct net_device *netdev = nic->netdev;
	const struct rxe_rx_desc *last;

	if (frame->status & RXE_RXD_VP) {
		last = &nic->rx->desc[(frame->next ?: nic->rx->count) - 1];
		__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), le16_to_cpu(last->special));
	}
	if (unlikely(netdev->features & NETIF_F_RXFCS) && nic->emulated)
		rxe_rx_fcs(skb);
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
	struct rxe_rx_tally tally = {};
	struct rxe_rx_frame frame;
	struct sk_buff *skb;
	int work = 0;

	while (work < budget && rxe_rx_find(rx, &frame)) {
		work++;
		rx->ntc = frame.next;
		if (unlikely(frame.bad || rx->skip) && rxe_rx_refuse(nic, &frame, &tally))
			skb = NULL;
		else
			skb = rxe_rx_take(nic, &frame, &tally);
		if (trace_rx_desc_enabled())
			rxe_rx_trace(nic, &frame, skb);
		if (likely(skb))
			rxe_rx_deliver(nic, &frame, skb);
	}

	if (static_branch_unlikely(&rxe_xdp_key))
		rxe_xdp_flush(nic, tally.xdp);
	if (unlikely(nic->netdev->features & NETIF_F_RXFCS))
		tally.bytes -= tally.packets * ETH_FCS_LEN;

	u64_stats_update_begin(&stats->sync);
	u64_stats_inc(&stats->polls);
	u64_stats_add(&stats->packets, tally.packets);
	u64_stats_add(&stats->bytes, tally.bytes);
	u64_stats_add(&stats->multicast, tally.multicast);
	u64_stats_add(&stats->copied, tally.copied);
	u64_stats_add(&stats->errors, tally.errors);
	u64_stats_add(&stats->dropped, tally.dropped);
	u64_stats_update_end(&stats->sync);

	rxe_rx_refill(nic);
	return work;
}

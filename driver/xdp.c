// SPDX-License-Identifier: GPL-2.0
/*
 * XDP: a BPF program sees each received frame before there is an skb.
 *
 * Its frames are the receive ring's own pages: a dropped one goes back to the
 * pool at once, a passed one becomes an skb as without a program, and one that
 * is sent waits in the transmit ring for its completion. All of it hangs on a
 * static branch, which is open only while some interface has a program.
 */

#include <linux/bpf_trace.h>
#include <linux/filter.h>
#include <linux/skbuff.h>

#include "rxe.h"
#include "trace.h"

DEFINE_STATIC_KEY_FALSE(rxe_xdp_key);

/* What is left to be done at the end of the poll: rxe_rx_ring.xdp_flush */
#define RXE_XDP_FLUSH_TX       BIT(0)
#define RXE_XDP_FLUSH_REDIRECT BIT(1)

static void rxe_xdp_count(struct rxe_nic *nic, u64_stats_t *verdict)
{
	u64_stats_update_begin(&nic->xdp_stats.sync);
	u64_stats_inc(verdict);
	u64_stats_update_end(&nic->xdp_stats.sync);
}

/* XDP_PASS: as rxe_rx_take() would, but where the program has put the frame. */
static struct sk_buff *rxe_xdp_build(struct rxe_nic *nic, struct page *page, struct xdp_buff *xdp)
{
	unsigned int len = xdp->data_end - xdp->data;
	unsigned int metasize = xdp->data - xdp->data_meta;
	struct sk_buff *skb;

	if (len <= RXE_RX_COPYBREAK && !metasize) {
		skb = rxe_rx_copy(nic->rx, xdp->data, len);
		if (likely(skb))
			page_pool_recycle_direct(nic->rx->pool, page);
		return skb;
	}

	skb = napi_build_skb(xdp->data_hard_start, PAGE_SIZE);
	if (unlikely(!skb))
		return NULL;
	skb_mark_for_recycle(skb);
	skb_reserve(skb, xdp->data - xdp->data_hard_start);
	__skb_put(skb, len);
	if (metasize)
		skb_metadata_set(skb, metasize);
	return skb;
}

/* XDP_TX: back where it came from. The queue is shared with the stack. */
static bool rxe_xdp_send(struct rxe_nic *nic, struct page *page, struct xdp_buff *xdp)
{
	struct netdev_queue *queue = netdev_get_tx_queue(nic->netdev, 0);
	struct rxe_tx_send_stats *stats = &nic->tx_send;
	struct xdp_frame *xdpf;
	int err;

	xdpf = xdp_convert_buff_to_frame(xdp);
	if (unlikely(!xdpf))
		return false;

	__netif_tx_lock(queue, smp_processor_id());
	err = rxe_tx_xdp(nic, xdpf, page);
	if (unlikely(err)) {
		u64_stats_update_begin(&stats->sync);
		u64_stats_inc(&stats->xdp_refused);
		u64_stats_update_end(&stats->sync);
	}
	__netif_tx_unlock(queue);
	return !err;
}

/**
 * rxe_xdp_take - let the XDP program decide on a received frame
 * @nic: the interface, which has a program
 * @page: the buffer of one descriptor
 * @len: the bytes that the device has written to it
 * @eop: the frame ends there
 *
 * The page is the program's, the skb's, or back in the pool in the end.
 *
 * Return: false if the frame must be dropped, because there is no memory or it
 * does not lie in one buffer. Else true, with the frame in rx->skb if the program
 * passed it on.
 */
bool rxe_xdp_take(struct rxe_nic *nic, struct page *page, unsigned int len, bool eop)
{
	/* Whole, since another program may take its place at any time. */
	struct bpf_prog *prog = READ_ONCE(nic->xdp_prog);
	struct rxe_rx_ring *rx = nic->rx;
	struct xdp_buff xdp;
	u32 verdict;

	if (unlikely(!eop))
		goto err_recycle;

	dma_sync_single_range_for_cpu(&nic->pdev->dev, page_pool_get_dma_addr(page),
				      RXE_RX_HEADROOM, len, page_pool_get_dma_dir(rx->pool));
	net_prefetch(page_address(page) + RXE_RX_HEADROOM);
	xdp_init_buff(&xdp, PAGE_SIZE, &rx->xdp_rxq);
	xdp_prepare_buff(&xdp, page_address(page), RXE_RX_HEADROOM, len, true);

	verdict = bpf_prog_run_xdp(prog, &xdp);
	switch (verdict) {
	case XDP_PASS:
		rx->skb = rxe_xdp_build(nic, page, &xdp);
		if (unlikely(!rx->skb))
			goto err_recycle;
		rxe_xdp_count(nic, &nic->xdp_stats.pass);
		return true;
	case XDP_TX:
		if (unlikely(!rxe_xdp_send(nic, page, &xdp)))
			break;
		rx->xdp_flush |= RXE_XDP_FLUSH_TX;
		rxe_xdp_count(nic, &nic->xdp_stats.tx);
		return true;
	case XDP_REDIRECT:
		if (unlikely(xdp_do_redirect(nic->netdev, &xdp, prog)))
			break;
		rx->xdp_flush |= RXE_XDP_FLUSH_REDIRECT;
		rxe_xdp_count(nic, &nic->xdp_stats.redirect);
		return true;
	case XDP_DROP:
		rxe_xdp_count(nic, &nic->xdp_stats.drop);
		page_pool_recycle_direct(rx->pool, page);
		return true;
	case XDP_ABORTED:
		break;
	default:
		bpf_warn_invalid_xdp_action(nic->netdev, prog, verdict);
	}

	trace_xdp_exception(nic->netdev, prog, verdict);
	rxe_xdp_count(nic, &nic->xdp_stats.aborted);
	page_pool_recycle_direct(rx->pool, page);
	return true;

err_recycle:
	page_pool_recycle_direct(rx->pool, page);
	return false;
}

/**
 * rxe_xdp_flush - finish what the verdicts of one poll began
 * @nic: the interface
 */
void rxe_xdp_flush(struct rxe_nic *nic)
{
	struct netdev_queue *queue = netdev_get_tx_queue(nic->netdev, 0);
	struct rxe_rx_ring *rx = nic->rx;

	if (rx->xdp_flush & RXE_XDP_FLUSH_REDIRECT)
		xdp_do_flush();
	if (rx->xdp_flush & RXE_XDP_FLUSH_TX) {
		__netif_tx_lock(queue, smp_processor_id());
		rxe_tx_doorbell(nic);
		__netif_tx_unlock(queue);
	}
	rx->xdp_flush = 0;
}

/**
 * rxe_xdp_xmit - ndo_xdp_xmit: send frames that were redirected here
 * @netdev: the interface, which needs no program of its own for this
 * @count: number of frames
 * @frames: the frames
 * @flags: XDP_XMIT_FLUSH, or none
 *
 * Return: how many were taken, the others stay the caller's; -EINVAL; -ENETDOWN.
 */
int rxe_xdp_xmit(struct net_device *netdev, int count, struct xdp_frame **frames, u32 flags)
{
	struct netdev_queue *queue = netdev_get_tx_queue(netdev, 0);
	struct rxe_nic *nic = netdev_priv(netdev);
	struct rxe_tx_send_stats *stats = &nic->tx_send;
	int sent = 0;

	if (unlikely(flags & ~XDP_XMIT_FLAGS_MASK))
		return -EINVAL;
	if (unlikely(!netif_running(netdev) || !netif_carrier_ok(netdev)))
		return -ENETDOWN;

	__netif_tx_lock(queue, smp_processor_id());
	while (sent < count && !rxe_tx_xdp(nic, frames[sent], NULL))
		sent++;
	if (unlikely(sent < count)) {
		u64_stats_update_begin(&stats->sync);
		u64_stats_add(&stats->xdp_refused, count - sent);
		u64_stats_update_end(&stats->sync);
	}
	if (sent && flags & XDP_XMIT_FLUSH)
		rxe_tx_doorbell(nic);
	__netif_tx_unlock(queue);
	return sent;
}

/*
 * From no program to one, or back, the receive buffers are mapped anew, for the
 * device to read from as well. One program for another is a change of pointers.
 */
static int rxe_xdp_setup(struct rxe_nic *nic, struct bpf_prog *prog, struct netlink_ext_ack *extack)
{
	struct bpf_prog *old = nic->xdp_prog;
	int err;

	if (prog && nic->netdev->mtu > RXE_XDP_MTU_MAX) {
		NL_SET_ERR_MSG_MOD(extack, "XDP takes frames of one buffer: set an MTU up to 2030");
		return -EOPNOTSUPP;
	}
	if (prog && old) {
		WRITE_ONCE(nic->xdp_prog, prog);
		goto done;
	}
	if (!prog && !old)
		return 0;

	if (prog) {
		static_branch_inc(&rxe_xdp_key);
		/* VLAN tags stay in the frames that the program sees. */
		nic->xdp_attached = true;
		netdev_update_features(nic->netdev);
	}
	err = rxe_swap_rings(nic, nic->rx_count, nic->tx_count, prog);
	if (err)
		NL_SET_ERR_MSG_MOD(extack, "no memory for rings that XDP can use");
	if (!nic->xdp_prog) {
		nic->xdp_attached = false;
		netdev_update_features(nic->netdev);
		static_branch_dec(&rxe_xdp_key);
	}
	if (err)
		return err;
done:
	/* Freed only after a grace period: a poll may still be running it. */
	if (old)
		bpf_prog_put(old);
	return 0;
}

/**
 * rxe_bpf - ndo_bpf: attach or detach an XDP program
 * @netdev: the interface
 * @bpf: the wish
 *
 * Return: 0, -EOPNOTSUPP, -EINVAL or -ENOMEM.
 */
int rxe_bpf(struct net_device *netdev, struct netdev_bpf *bpf)
{
	if (bpf->command != XDP_SETUP_PROG)
		return -EINVAL;
	return rxe_xdp_setup(netdev_priv(netdev), bpf->prog, bpf->extack);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * XDP: a BPF program sees each received frame before there is an skb.
 *
 * rx.c asks for a verdict and carries it out. What is to be sent is sent from here: out
 * of the receive ring's own pages, so it waits in the transmit ring for its completion.
 * All of it hangs on a static branch, which is open only while some interface has a
 * program.
 */

#include <linux/bpf_trace.h>
#include <linux/filter.h>

#include "tx.h"
#include "xdp.h"

DEFINE_STATIC_KEY_FALSE(rxe_xdp_key);

/* XDP_TX: back where it came from. The queue is shared with the stack. */
static bool rxe_xdp_send(struct rxe_nic *nic, struct xdp_buff *xdp)
{
	struct netdev_queue *queue = netdev_get_tx_queue(nic->netdev, 0);
	struct rxe_tx_send_stats *stats = &nic->tx_send;
	struct xdp_frame *xdpf;
	int err;

	xdpf = xdp_convert_buff_to_frame(xdp);
	if (unlikely(!xdpf))
		return false;

	__netif_tx_lock(queue, smp_processor_id());
	err = rxe_tx_xdp(nic, xdpf, true);
	if (unlikely(err)) {
		u64_stats_update_begin(&stats->sync);
		u64_stats_inc(&stats->xdp_refused);
		u64_stats_update_end(&stats->sync);
	}
	__netif_tx_unlock(queue);
	return !err;
}

/**
 * rxe_xdp_run - let the XDP program decide on a received frame
 * @nic: the interface
 * @prog: its program
 * @xdp: the frame
 *
 * Return: the verdict. XDP_TX and XDP_REDIRECT: the frame has gone that way, and its
 * pages with it. XDP_PASS, XDP_DROP, XDP_ABORTED: it is the caller's still, and the
 * last of these also stands for what could not be done, or is no verdict at all.
 */
u32 rxe_xdp_run(struct rxe_nic *nic, struct bpf_prog *prog, struct xdp_buff *xdp)
{
	u32 verdict = bpf_prog_run_xdp(prog, xdp);

	switch (verdict) {
	case XDP_PASS:
	case XDP_DROP:
		return verdict;
	case XDP_TX:
		if (likely(rxe_xdp_send(nic, xdp)))
			return verdict;
		break;
	case XDP_REDIRECT:
		if (likely(!xdp_do_redirect(nic->netdev, xdp, prog)))
			return verdict;
		break;
	case XDP_ABORTED:
		break;
	default:
		bpf_warn_invalid_xdp_action(nic->netdev, prog, verdict);
	}
	trace_xdp_exception(nic->netdev, prog, verdict);
	return XDP_ABORTED;
}

/**
 * rxe_xdp_flush - finish what the verdicts of one poll began, and count them
 * @nic: the interface
 * @verdicts: how many there were of each
 */
void rxe_xdp_flush(struct rxe_nic *nic, const unsigned int *verdicts)
{
	struct netdev_queue *queue = netdev_get_tx_queue(nic->netdev, 0);
	struct rxe_xdp_stats *stats = &nic->xdp_stats;
	unsigned int i;

	if (verdicts[XDP_REDIRECT])
		xdp_do_flush();
	if (verdicts[XDP_TX]) {
		__netif_tx_lock(queue, smp_processor_id());
		rxe_tx_doorbell(nic);
		__netif_tx_unlock(queue);
	}

	u64_stats_update_begin(&stats->sync);
	for (i = 0; i < RXE_XDP_VERDICTS; i++)
		u64_stats_add(&stats->verdict[i], verdicts[i]);
	u64_stats_update_end(&stats->sync);
}

/**
 * rxe_xdp_xmit - ndo_xdp_xmit: send frames that were redirected here
 * @netdev: the interface, which needs no program of its own for this
 * @count: number of frames
 * @frames: the frames
 * @flags: XDP_XMIT_FLUSH, or none
 *
 * Return: how many were taken, which are sent, or dropped if that cannot be; the others,
 * for which there is no room, stay the caller's; -EINVAL; -ENETDOWN.
 */
int rxe_xdp_xmit(struct net_device *netdev, int count, struct xdp_frame **frames, u32 flags)
{
	struct netdev_queue *queue = netdev_get_tx_queue(netdev, 0);
	struct rxe_nic *nic = netdev_priv(netdev);
	struct rxe_tx_send_stats *stats = &nic->tx_send;
	int taken = 0, refused = 0;
	int err;

	if (unlikely(flags & ~XDP_XMIT_FLAGS_MASK))
		return -EINVAL;
	if (unlikely(!netif_running(netdev) || !netif_carrier_ok(netdev)))
		return -ENETDOWN;

	__netif_tx_lock(queue, smp_processor_id());
	for (; taken < count; taken++) {
		err = rxe_tx_xdp(nic, frames[taken], false);
		if (err == -ENOSPC)
			break;
		/* The others are not to suffer for one that cannot be sent at all. */
		if (unlikely(err)) {
			xdp_return_frame(frames[taken]);
			refused++;
		}
	}
	refused += count - taken;
	if (unlikely(refused)) {
		u64_stats_update_begin(&stats->sync);
		u64_stats_add(&stats->xdp_refused, refused);
		u64_stats_update_end(&stats->sync);
	}
	if (taken && flags & XDP_XMIT_FLUSH)
		rxe_tx_doorbell(nic);
	__netif_tx_unlock(queue);
	return taken;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The interface as the stack sees it: open and stop, other rings, MTU, features, XDP
 * programs, counters, the link.
 */

#include <linux/bpf.h>
#include <linux/etherdevice.h>
#include <linux/if_vlan.h>
#include <linux/interrupt.h>
#include <linux/mii.h>
#include <linux/rtnetlink.h>
#include <linux/tcp.h>

#include "compat.h"
#include "filter.h"
#include "netdev.h"
#include "nic.h"
#include "poll.h"
#include "rx-ring.h"
#include "tx.h"
#include "watch.h"
#include "xdp.h"

/*
 * Tells the stack what the link has come to: by rxe_up() before interrupts, else by
 * link_work. Should rxe_stats_update() set that off in between, the worst is a line
 * that is said twice.
 */
static void rxe_link_update(struct rxe_nic *nic)
{
	struct net_device *netdev = nic->netdev;
	struct rxe_link link;

	rxe_link_read(&nic->hw, &link);
	if (link.up == netif_carrier_ok(netdev))
		return;

	if (link.up) {
		netdev_info(netdev, "link is up, %d Mb/s, %s duplex\n", link.speed,
			    link.full_duplex ? "full" : "half");
		netif_carrier_on(netdev);
	} else {
		netdev_info(netdev, "link is down\n");
		netif_carrier_off(netdev);
	}
}

static void rxe_link_work(struct work_struct *work)
{
	struct rxe_nic *nic = container_of(work, struct rxe_nic, link_work);

	if (rxe_is_up(nic))
		rxe_link_update(nic);
}

/**
 * rxe_stats_update - bring the counters that are the hardware's up to date
 * @nic: the interface
 *
 * An idle driver reads no register. So it is often here that it first sees a
 * device that was torn out; without carrier nobody waits for it to transmit.
 */
void rxe_stats_update(struct rxe_nic *nic)
{
	if (rxe_is_up(nic) && !rxe_hw_read_stats(&nic->hw))
		schedule_work(&nic->link_work);
}

/**
 * rxe_up - start the device on the rings that the interface has
 * @nic: the interface, its device reset and its rings allocated
 *
 * Cannot fail, so that whoever stopped the device can always start it again.
 */
void rxe_up(struct rxe_nic *nic)
{
	struct net_device *netdev = nic->netdev;
	struct rxe_hw *hw = &nic->hw;

	rxe_rar_set(hw, 0, netdev->dev_addr);
	rxe_hw_setup(hw);
	rxe_vlan_strip(hw, netdev->features & NETIF_F_HW_VLAN_CTAG_RX);
	/* The PHY is not reset with the MAC: what it was told before may still hold. */
	rxe_phy_loopback(hw, netdev->features & NETIF_F_LOOPBACK);
	rxe_itr_start(nic);
	rxe_tx_start(nic);
	rxe_rx_start(nic);

	rxe_filter_update(nic);

	rxe_pool_napi_begin(nic->rx->pool, &nic->napi);
	rxe_pool_napi_begin(nic->copy_pool, &nic->napi);
	napi_enable(&nic->napi);
	rxe_link_update(nic);
	/* Not only started: frames may have queued up while it was stopped. */
	netif_wake_queue(netdev);
	/* Memory ran out, and the timer that would try again has been deleted. */
	if (rxe_rx_is_short(nic->rx))
		mod_timer(&nic->refill_timer, jiffies + 1);
	/* Last: from here on everything happens. */
	rxe_irq_enable(hw, RXE_INT_ALL);
}

/**
 * rxe_down - stop the device
 * @nic: the interface
 *
 * When this returns nothing of the driver runs any more but the handler, for an
 * interrupt that is not ours. The rings are still there, and theirs alone; what the
 * device has not sent has been dropped.
 */
void rxe_down(struct rxe_nic *nic)
{
	struct net_device *netdev = nic->netdev;

	/* The poll first: it could start the queue, or enable the interrupt. */
	napi_disable(&nic->napi);
	netif_tx_disable(netdev);
	rxe_pool_napi_end(nic->rx->pool);
	rxe_pool_napi_end(nic->copy_pool);
	rxe_hw_reset(&nic->hw);
	synchronize_irq(nic->pdev->irq);
	rxe_tx_drop(nic);

	/* What the handler and the poll may have set off, now that they rest. */
	cancel_work_sync(&nic->link_work);
	timer_delete_sync(&nic->refill_timer);
	rxe_watch_stop(nic);
	netif_carrier_off(netdev);
	/* Whoever has the device next expects a wire. */
	if (netdev->features & NETIF_F_LOOPBACK)
		rxe_phy_loopback(&nic->hw, false);
}

static void rxe_reset_work(struct work_struct *work)
{
	struct rxe_nic *nic = container_of(work, struct rxe_nic, reset_work);

	rtnl_lock();
	if (rxe_is_up(nic)) {
		rxe_down(nic);
		rxe_up(nic);
	}
	rtnl_unlock();
}

/* What XDP_TX sends lies in the receive buffer: the device reads it there. */
static enum dma_data_direction rxe_rx_direction(const struct bpf_prog *prog)
{
	return prog ? DMA_BIDIRECTIONAL : DMA_FROM_DEVICE;
}

static int rxe_open(struct net_device *netdev)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	int err;

	nic->tx = rxe_tx_alloc(nic, nic->tx_count);
	if (IS_ERR(nic->tx))
		return PTR_ERR(nic->tx);

	nic->rx = rxe_rx_alloc(nic, nic->rx_count, rxe_rx_direction(nic->xdp_prog));
	if (IS_ERR(nic->rx)) {
		err = PTR_ERR(nic->rx);
		goto err_free_tx;
	}

	err = request_irq(nic->pdev->irq, rxe_intr, IRQF_SHARED, netdev->name, nic);
	if (err) {
		netdev_err(netdev, "cannot have interrupt %d (%d)\n", nic->pdev->irq, err);
		goto err_free_rx;
	}

	rxe_napi_serves(netdev, &nic->napi, nic->pdev->irq);
	rxe_up(nic);
	return 0;

err_free_rx:
	rxe_rx_free(nic, nic->rx);
err_free_tx:
	rxe_tx_free(nic, nic->tx);
	return err;
}

static int rxe_stop(struct net_device *netdev)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	/* A device that sleeps has been stopped: see rxe_is_up(). */
	if (netif_device_present(netdev))
		rxe_down(nic);
	rxe_napi_serves(netdev, &nic->napi, 0);
	free_irq(nic->pdev->irq, nic);
	rxe_rx_free(nic, nic->rx);
	rxe_tx_free(nic, nic->tx);
	return 0;
}

/**
 * rxe_swap_rings - exchange both rings for new ones
 * @nic: the interface
 * @rx_count: descriptors in the receive ring
 * @tx_count: descriptors in the transmit ring
 * @prog: the XDP program that the frames are for, NULL for none
 *
 * Under RTNL. The new rings are there before the old ones go, so when this fails
 * nothing has changed.
 *
 * Return: 0 or -ENOMEM.
 */
int rxe_swap_rings(struct rxe_nic *nic, u16 rx_count, u16 tx_count, struct bpf_prog *prog)
{
	struct rxe_rx_ring *rx;
	struct rxe_tx_ring *tx;
	bool up;

	if (!netif_running(nic->netdev)) {
		nic->xdp_prog = prog;
		goto done;
	}

	tx = rxe_tx_alloc(nic, tx_count);
	if (IS_ERR(tx))
		return PTR_ERR(tx);
	rx = rxe_rx_alloc(nic, rx_count, rxe_rx_direction(prog));
	if (IS_ERR(rx)) {
		rxe_tx_free(nic, tx);
		return PTR_ERR(rx);
	}

	up = rxe_is_up(nic);
	if (up)
		rxe_down(nic);
	swap(nic->rx, rx);
	swap(nic->tx, tx);
	WRITE_ONCE(nic->xdp_prog, prog);
	if (up)
		rxe_up(nic);
	rxe_rx_free(nic, rx);
	rxe_tx_free(nic, tx);
done:
	nic->rx_count = rx_count;
	nic->tx_count = tx_count;
	return 0;
}

/* Whether there is a program that wants a frame in one buffer, and frames that need more. */
static bool rxe_xdp_is_too_small(const struct bpf_prog *prog, int mtu)
{
	return prog && !prog->aux->xdp_has_frags && mtu > RXE_XDP_MTU_MAX;
}

/* Buffers do not depend on the MTU: longer frames take more of them. */
static int rxe_change_mtu(struct net_device *netdev, int mtu)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	if (rxe_xdp_is_too_small(nic->xdp_prog, mtu)) {
		netdev_err(netdev, "with an XDP program attached the MTU is at most %d\n",
			   (int)RXE_XDP_MTU_MAX);
		return -EINVAL;
	}
	WRITE_ONCE(netdev->mtu, mtu);
	if (netif_running(netdev))
		rxe_filter_update(nic);
	return 0;
}

/* The MII ioctls: the PHY's registers, read and written as they are. */
static int rxe_eth_ioctl(struct net_device *netdev, struct ifreq *ifr, int cmd)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	struct mii_ioctl_data *mii = if_mii(ifr);

	switch (cmd) {
	case SIOCGMIIPHY:
		mii->phy_id = RXE_PHY_ADDRESS;
		return 0;
	case SIOCGMIIREG:
		if (mii->phy_id != RXE_PHY_ADDRESS || mii->reg_num > 0x1f)
			return -EINVAL;
		return rxe_phy_read(&nic->hw, mii->reg_num, &mii->val_out);
	case SIOCSMIIREG:
		if (mii->phy_id != RXE_PHY_ADDRESS || mii->reg_num > 0x1f)
			return -EINVAL;
		return rxe_phy_write(&nic->hw, mii->reg_num, mii->val_in);
	default:
		return -EOPNOTSUPP;
	}
}

static void rxe_tx_timeout(struct net_device *netdev, unsigned int queue)
{
	rxe_tx_hangs(netdev_priv(netdev));
}

/*
 * From no program to one, or back, the receive buffers are mapped anew, for the
 * device to read from as well. One program for another is a change of pointers.
 */
static int rxe_xdp_setup(struct rxe_nic *nic, struct bpf_prog *prog, struct netlink_ext_ack *extack)
{
	struct bpf_prog *old = nic->xdp_prog;
	int err;

	if (rxe_xdp_is_too_small(prog, nic->netdev->mtu)) {
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

/* ndo_bpf: attach or detach an XDP program. */
static int rxe_bpf(struct net_device *netdev, struct netdev_bpf *bpf)
{
	if (bpf->command != XDP_SETUP_PROG)
		return -EINVAL;
	return rxe_xdp_setup(netdev_priv(netdev), bpf->prog, bpf->extack);
}

static void rxe_get_stats64(struct net_device *netdev, struct rtnl_link_stats64 *stats)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	unsigned int start;

	do {
		start = u64_stats_fetch_begin(&nic->rx_stats.sync);
		stats->rx_packets = u64_stats_read(&nic->rx_stats.packets);
		stats->rx_bytes = u64_stats_read(&nic->rx_stats.bytes);
		stats->multicast = u64_stats_read(&nic->rx_stats.multicast);
		stats->rx_errors = u64_stats_read(&nic->rx_stats.errors);
		stats->rx_dropped = u64_stats_read(&nic->rx_stats.dropped);
	} while (u64_stats_fetch_retry(&nic->rx_stats.sync, start));

	do {
		start = u64_stats_fetch_begin(&nic->tx_done.sync);
		stats->tx_packets = u64_stats_read(&nic->tx_done.packets);
		stats->tx_bytes = u64_stats_read(&nic->tx_done.bytes);
	} while (u64_stats_fetch_retry(&nic->tx_done.sync, start));

	do {
		start = u64_stats_fetch_begin(&nic->tx_send.sync);
		stats->tx_dropped = u64_stats_read(&nic->tx_send.dropped);
	} while (u64_stats_fetch_retry(&nic->tx_send.sync, start));

	rxe_stats_update(nic);
	stats->rx_missed_errors = rxe_stat_read(&nic->hw, RXE_STAT_MPC, false);
	stats->rx_crc_errors = rxe_stat_read(&nic->hw, RXE_STAT_CRCERRS, false);
	stats->rx_frame_errors = rxe_stat_read(&nic->hw, RXE_STAT_ALGNERRC, false);
	stats->rx_length_errors = rxe_stat_read(&nic->hw, RXE_STAT_ROC, false);
	/* The emulated device counts there what it then pads, and receives. */
	if (!nic->emulated)
		stats->rx_length_errors += rxe_stat_read(&nic->hw, RXE_STAT_RUC, false);
	stats->rx_errors += stats->rx_crc_errors + stats->rx_frame_errors + stats->rx_length_errors;
}

/*
 * What the device cannot do for this one frame. A context has a byte for each
 * place in the headers, and one for the length of all of them, to which
 * rxe_tx_end_whole() adds 1. And IPv6's TSO spoils the urgent pointer
 * (rxe_tx_offload_tso6()).
 */
static netdev_features_t rxe_features_check(struct sk_buff *skb, struct net_device *netdev,
					    netdev_features_t features)
{
	if (skb->ip_summed == CHECKSUM_PARTIAL &&
	    skb_checksum_start_offset(skb) + skb->csum_offset > U8_MAX)
		features &= ~(NETIF_F_CSUM_MASK | NETIF_F_GSO_MASK);
	if (skb_is_gso_tcp(skb) && skb_transport_offset(skb) + tcp_hdrlen(skb) >= U8_MAX)
		features &= ~NETIF_F_GSO_MASK;
	if (skb_shinfo(skb)->gso_type & SKB_GSO_TCPV6 && tcp_hdr(skb)->urg)
		features &= ~NETIF_F_GSO_MASK;
	return vlan_features_check(skb, features);
}

/*
 * An XDP program is to see the tag, and XDP_TX to send it: it stays in the frame.
 * And it is to see no FCS, which XDP_TX would send as data.
 * CTRL.VME is one bit for both: no tag is inserted unless tags are stripped.
 */
static netdev_features_t rxe_fix_features(struct net_device *netdev, netdev_features_t features)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	if (nic->xdp_attached)
		features &= ~(NETIF_F_HW_VLAN_CTAG_RX | NETIF_F_RXFCS);
	if (!(features & NETIF_F_HW_VLAN_CTAG_RX))
		features &= ~NETIF_F_HW_VLAN_CTAG_TX;
	return features;
}

static int rxe_set_features(struct net_device *netdev, netdev_features_t features)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	netdev_features_t changed = netdev->features ^ features;
	int err;

	if (!rxe_is_up(nic)) {
		netdev->features = features;
		return 1;
	}

	/* The only one that can fail, so it is first. */
	if (changed & NETIF_F_LOOPBACK) {
		err = rxe_phy_loopback(&nic->hw, features & NETIF_F_LOOPBACK);
		if (err)
			return err;
	}
	/* Frames with an FCS and frames without must not meet in one ring. */
	if (changed & NETIF_F_RXFCS) {
		rxe_down(nic);
		netdev->features = features;
		rxe_up(nic);
		return 1;
	}

	netdev->features = features;
	if (changed & NETIF_F_HW_VLAN_CTAG_RX)
		rxe_vlan_strip(&nic->hw, features & NETIF_F_HW_VLAN_CTAG_RX);
	rxe_filter_update(nic);
	return 1;
}

static const struct net_device_ops rxe_netdev_ops = {
	.ndo_open = rxe_open,
	.ndo_stop = rxe_stop,
	.ndo_start_xmit = rxe_start_xmit,
	.ndo_set_rx_mode = rxe_set_rx_mode,
	.ndo_set_mac_address = rxe_set_mac_address,
	.ndo_validate_addr = eth_validate_addr,
	.ndo_change_mtu = rxe_change_mtu,
	.ndo_eth_ioctl = rxe_eth_ioctl,
	.ndo_tx_timeout = rxe_tx_timeout,
	.ndo_get_stats64 = rxe_get_stats64,
	.ndo_features_check = rxe_features_check,
	.ndo_fix_features = rxe_fix_features,
	.ndo_set_features = rxe_set_features,
	.ndo_vlan_rx_add_vid = rxe_vlan_add,
	.ndo_vlan_rx_kill_vid = rxe_vlan_kill,
	.ndo_bpf = rxe_bpf,
	.ndo_xdp_xmit = rxe_xdp_xmit,
};

/**
 * rxe_netdev_init - set up the interface before it is registered
 * @nic: the interface
 *
 * Return: 0 or -ENOMEM.
 */
int rxe_netdev_init(struct rxe_nic *nic)
{
	struct net_device *netdev = nic->netdev;

	nic->copy_pool = rxe_copy_pool_create(nic);
	if (IS_ERR(nic->copy_pool))
		return PTR_ERR(nic->copy_pool);

	nic->rx_count = RXE_RING_DEFAULT;
	nic->tx_count = RXE_RING_DEFAULT;
	nic->faults.netdev = netdev;
	INIT_WORK(&nic->link_work, rxe_link_work);
	INIT_WORK(&nic->reset_work, rxe_reset_work);
	rxe_poll_init(nic);
	rxe_watch_init(nic);
	u64_stats_init(&nic->irq_stats.sync);
	u64_stats_init(&nic->rx_stats.sync);
	u64_stats_init(&nic->xdp_stats.sync);
	u64_stats_init(&nic->tx_done.sync);
	u64_stats_init(&nic->tx_send.sync);

	netdev->netdev_ops = &rxe_netdev_ops;
	netdev->watchdog_timeo = 5 * HZ;
	netdev->min_mtu = ETH_MIN_MTU;
	netdev->max_mtu = RXE_MTU_MAX;

	netdev->hw_features = NETIF_F_SG | NETIF_F_HW_CSUM | NETIF_F_TSO | NETIF_F_HW_VLAN_CTAG_TX |
			      NETIF_F_HW_VLAN_CTAG_RX | NETIF_F_HW_VLAN_CTAG_FILTER;
	/* As rxe_tx_offload_tso6() does it, which no silicon has been asked. */
	if (nic->emulated) {
		netdev->hw_features |= NETIF_F_TSO6 | NETIF_F_GSO_PARTIAL;
		netdev->gso_partial_features = NETIF_F_TSO6;
	}
	netdev->features = netdev->hw_features | NETIF_F_HIGHDMA;
	/* Off unless asked for. */
	netdev->hw_features |= NETIF_F_RXALL | NETIF_F_RXFCS;
	if (nic->emulated)
		netdev->hw_features |= NETIF_F_LOOPBACK;
	netdev->vlan_features = netdev->features &
				(NETIF_F_SG | NETIF_F_HIGHDMA | NETIF_F_HW_CSUM | NETIF_F_ALL_TSO);
	netdev->priv_flags |= IFF_UNICAST_FLT | IFF_LIVE_ADDR_CHANGE;
	rxe_xdp_features_init(netdev);

	/* Unknown until rxe_open() has asked: not to be sent on before that. */
	netif_carrier_off(netdev);
	/* rxe_tx_xdp() takes a queue that is stopped for one without a ring. */
	netif_stop_queue(netdev);
	return 0;
}

/**
 * rxe_netdev_exit - undo rxe_netdev_init()
 * @nic: the interface, not registered any more
 */
void rxe_netdev_exit(struct rxe_nic *nic)
{
	page_pool_destroy(nic->copy_pool);
}

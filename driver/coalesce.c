// SPDX-License-Identifier: GPL-2.0
/*
 * How far apart interrupts are: ITR (13.4.18), fixed or adapted to the traffic.
 *
 * The kernel's net_dim decides once in 64 interrupts, after which a burst of a
 * thousand frames is over. Here each interrupt decides: many frames double the
 * distance, few set it back at once, since then a frame waited for nobody's good.
 */

#include <linux/ethtool.h>
#include <linux/netdevice.h>

#include "rxe.h"

/*
 * Frames of two interrupts, received and sent: one alone tells little, since it
 * often finds just what came while the one before was dealt with. Up to so many,
 * somebody waits for each; from so many on, it is a stream.
 */
#define RXE_ITR_FRAMES_FEW  8
#define RXE_ITR_FRAMES_MANY 16
/* Adapted distances, in us: 20,000 interrupts a second down to 2,000 */
#define RXE_ITR_USECS_NEAR RXE_RX_USECS_DEFAULT
#define RXE_ITR_USECS_FAR  500

static void rxe_itr_write(struct rxe_nic *nic, u16 usecs)
{
	WRITE_ONCE(nic->itr_usecs, usecs);
	rxe_write(&nic->hw, RXE_ITR, usecs * NSEC_PER_USEC / RXE_ITR_UNIT_NS);
}

/**
 * rxe_itr_start - set the distance after a reset, or after a change of mind
 * @nic: the interface, its poll not running
 */
void rxe_itr_start(struct rxe_nic *nic)
{
	nic->itr_load = (struct rxe_itr_load){};
	nic->itr_load_before = (struct rxe_itr_load){};
	rxe_itr_write(nic, nic->adaptive_rx ? RXE_ITR_USECS_NEAR : nic->rx_usecs);
}

/**
 * rxe_itr_adapt - choose the distance to the next interrupt
 * @nic: the interface; itr_load is what the last one brought
 *
 * From the poll, when it ends. Writes only what differs.
 */
void rxe_itr_adapt(struct rxe_nic *nic)
{
	unsigned int rx = nic->itr_load.rx + nic->itr_load_before.rx;
	unsigned int tx = nic->itr_load.tx + nic->itr_load_before.tx;
	u16 usecs = nic->itr_usecs;

	nic->itr_load_before = nic->itr_load;
	nic->itr_load = (struct rxe_itr_load){};
	if (rx + tx <= RXE_ITR_FRAMES_FEW)
		usecs = RXE_ITR_USECS_NEAR;
	/* What twice the distance brings must still find room in half of the ring. */
	else if (rx + tx >= RXE_ITR_FRAMES_MANY && rx <= nic->rx->count / 2)
		usecs = min(2 * usecs, RXE_ITR_USECS_FAR);
	if (usecs != nic->itr_usecs)
		rxe_itr_write(nic, usecs);
}

/**
 * rxe_get_coalesce - ethtool -c
 * @netdev: the interface
 * @coal: filled in
 * @kernel_coal: not used
 * @extack: not used
 *
 * Return: 0.
 */
int rxe_get_coalesce(struct net_device *netdev, struct ethtool_coalesce *coal,
		     struct kernel_ethtool_coalesce *kernel_coal, struct netlink_ext_ack *extack)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	coal->use_adaptive_rx_coalesce = nic->adaptive_rx;
	/* The fixed distance, also while it rests: -S has the adapted one. */
	coal->rx_coalesce_usecs = nic->rx_usecs;
	return 0;
}

/**
 * rxe_set_coalesce - ethtool -C
 * @netdev: the interface
 * @coal: what is wanted
 * @kernel_coal: not used
 * @extack: why not
 *
 * Return: 0 or -EINVAL.
 */
int rxe_set_coalesce(struct net_device *netdev, struct ethtool_coalesce *coal,
		     struct kernel_ethtool_coalesce *kernel_coal, struct netlink_ext_ack *extack)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	bool adaptive = coal->use_adaptive_rx_coalesce;

	if (coal->rx_coalesce_usecs > RXE_RX_USECS_MAX) {
		NL_SET_ERR_MSG_MOD(extack, "rx-usecs is at most 16776");
		return -EINVAL;
	}
	if (adaptive && coal->rx_coalesce_usecs != nic->rx_usecs) {
		NL_SET_ERR_MSG_MOD(extack, "rx-usecs is adapted: set adaptive-rx off first");
		return -EINVAL;
	}

	if (!netif_running(netdev)) {
		nic->rx_usecs = coal->rx_coalesce_usecs;
		nic->adaptive_rx = adaptive;
		return 0;
	}

	napi_disable(&nic->napi);
	nic->rx_usecs = coal->rx_coalesce_usecs;
	nic->adaptive_rx = adaptive;
	rxe_itr_start(nic);
	napi_enable(&nic->napi);
	/* An interrupt that came meanwhile could not schedule the poll. */
	local_bh_disable();
	napi_schedule(&nic->napi);
	local_bh_enable();
	return 0;
}

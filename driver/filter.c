// SPDX-License-Identifier: GPL-2.0
/*
 * What the device lets through: the receive mode, addresses, VLANs.
 */

#include <linux/etherdevice.h>
#include <linux/if_vlan.h>

#include "filter.h"

/* Whether frames can be longer than the device takes without RCTL.LPE. */
static u32 rxe_rctl_mtu(unsigned int mtu)
{
	unsigned int frame = VLAN_ETH_HLEN + mtu + ETH_FCS_LEN;

	return frame > RXE_FRAME_MAX ? RXE_RCTL_LPE : 0;
}

/* RCTL as it follows from the interface's state, filters not included. */
static u32 rxe_rctl_base(const struct net_device *netdev)
{
	u32 rctl = RXE_RCTL_EN | RXE_RCTL_BAM | RXE_RCTL_BSIZE_2048 | RXE_RCTL_VFE |
		   rxe_rctl_mtu(netdev->mtu);

	if (!(netdev->features & NETIF_F_RXFCS))
		rctl |= RXE_RCTL_SECRC;
	if (netdev->features & NETIF_F_RXALL)
		rctl |= RXE_RCTL_SBP;
	return rctl;
}

/**
 * rxe_set_rx_mode - ndo_set_rx_mode: addresses and modes, as the stack wants them
 * @netdev: the interface
 *
 * Under the address lock, in any context that may not sleep.
 *
 * "All multicast" fills the hash table instead of setting RCTL.MPE, and "all VLANs"
 * the VLAN table instead of clearing RCTL.VFE: each write of RCTL makes the emulated
 * device deaf for a second.
 */
void rxe_set_rx_mode(struct net_device *netdev)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	struct netdev_hw_addr *ha;
	u32 mta[RXE_MTA_WORDS] = {};
	bool promisc = netdev->flags & IFF_PROMISC;
	unsigned int entry = 1;

	/* More addresses than entries: take all and let the stack choose. */
	if (netdev_uc_count(netdev) >= RXE_RAR_ENTRIES) {
		promisc = true;
	} else {
		netdev_for_each_uc_addr(ha, netdev)
			rxe_rar_set(&nic->hw, entry++, ha->addr);
	}
	while (entry < RXE_RAR_ENTRIES)
		rxe_rar_set(&nic->hw, entry++, NULL);

	if (netdev->flags & IFF_ALLMULTI) {
		memset(mta, 0xff, sizeof(mta));
	} else {
		netdev_for_each_mc_addr(ha, netdev)
			rxe_mta_add(mta, ha->addr);
	}
	rxe_mta_write(&nic->hw, mta);

	rxe_vlan_filter(&nic->hw, !promisc && netdev->features & NETIF_F_HW_VLAN_CTAG_FILTER);
	rxe_rctl_update(&nic->hw, RXE_RCTL_UPE | RXE_RCTL_MPE,
			promisc ? RXE_RCTL_UPE | RXE_RCTL_MPE : 0);
}

/**
 * rxe_filter_update - have the device receive as the interface's state says
 * @nic: the interface, running
 *
 * Under RTNL.
 */
void rxe_filter_update(struct rxe_nic *nic)
{
	struct net_device *netdev = nic->netdev;

	netif_addr_lock_bh(netdev);
	rxe_set_rx_mode(netdev);
	netif_addr_unlock_bh(netdev);
	rxe_rctl_update(&nic->hw, RXE_RCTL_LPE | RXE_RCTL_SECRC | RXE_RCTL_SBP,
			rxe_rctl_base(netdev));
}

/* ndo_set_mac_address: also while frames come, to the one address until the other holds. */
int rxe_set_mac_address(struct net_device *netdev, void *addr)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	int err;

	err = eth_mac_addr(netdev, addr);
	if (!err)
		rxe_rar_set(&nic->hw, 0, netdev->dev_addr);
	return err;
}

/* ndo_vlan_rx_add_vid */
int rxe_vlan_add(struct net_device *netdev, __be16 proto, u16 vid)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	rxe_vlan_set(&nic->hw, vid, true);
	return 0;
}

/* ndo_vlan_rx_kill_vid */
int rxe_vlan_kill(struct net_device *netdev, __be16 proto, u16 vid)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	rxe_vlan_set(&nic->hw, vid, false);
	return 0;
}

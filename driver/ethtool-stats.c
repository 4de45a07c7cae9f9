// SPDX-License-Identifier: GPL-2.0
/*
 * The standard statistics: ethtool -S --groups eth-mac eth-ctrl rmon, ethtool -I -a.
 *
 * They are the device's own count, register by register; the driver's count is in
 * -S without groups. What no register tells is left out.
 *
 * There is no histogram of received sizes: with RCTL.SECRC the emulated device
 * takes the length without the CRC for PRC64 to PRC1522, and then counts the
 * shortest frames nowhere.
 */

#include <linux/ethtool.h>
#include <linux/if_vlan.h>

#include "ethtool.h"
#include "hw.h"
#include "nic.h"

static u64 rxe_stat(struct rxe_nic *nic, enum rxe_stat stat)
{
	return rxe_stat_read(&nic->hw, stat, netif_device_present(nic->netdev));
}

/*
 * 802.3 30.3.1.1.8 and .14 count data and padding. GOTC and GORC count the frame:
 * both addresses, the type and the CRC as well.
 */
static u64 rxe_stat_octets(u64 octets, u64 frames)
{
	return octets - frames * (ETH_HLEN + ETH_FCS_LEN);
}

/**
 * rxe_get_eth_mac_stats - the group eth-mac
 * @netdev: the interface
 * @mac: filled in
 */
void rxe_get_eth_mac_stats(struct net_device *netdev, struct ethtool_eth_mac_stats *mac)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	mac->FramesTransmittedOK = rxe_stat(nic, RXE_STAT_GPTC);
	mac->OctetsTransmittedOK =
		rxe_stat_octets(rxe_stat(nic, RXE_STAT_GOTC), mac->FramesTransmittedOK);
	mac->MulticastFramesXmittedOK = rxe_stat(nic, RXE_STAT_MPTC);
	mac->BroadcastFramesXmittedOK = rxe_stat(nic, RXE_STAT_BPTC);
	mac->FramesReceivedOK = rxe_stat(nic, RXE_STAT_GPRC);
	mac->OctetsReceivedOK =
		rxe_stat_octets(rxe_stat(nic, RXE_STAT_GORC), mac->FramesReceivedOK);
	mac->MulticastFramesReceivedOK = rxe_stat(nic, RXE_STAT_MPRC);
	mac->BroadcastFramesReceivedOK = rxe_stat(nic, RXE_STAT_BPRC);
	mac->FrameCheckSequenceErrors = rxe_stat(nic, RXE_STAT_CRCERRS);
	mac->AlignmentErrors = rxe_stat(nic, RXE_STAT_ALGNERRC);
	mac->FramesLostDueToIntMACRcvError = rxe_stat(nic, RXE_STAT_MPC);
	mac->InRangeLengthErrors = rxe_stat(nic, RXE_STAT_RLEC);
	mac->FrameTooLongErrors = rxe_stat(nic, RXE_STAT_ROC);
}

/**
 * rxe_get_eth_ctrl_stats - the group eth-ctrl
 * @netdev: the interface
 * @ctrl: filled in
 */
void rxe_get_eth_ctrl_stats(struct net_device *netdev, struct ethtool_eth_ctrl_stats *ctrl)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	ctrl->MACControlFramesTransmitted =
		rxe_stat(nic, RXE_STAT_XONTXC) + rxe_stat(nic, RXE_STAT_XOFFTXC);
	ctrl->MACControlFramesReceived = rxe_stat(nic, RXE_STAT_XONRXC) +
					 rxe_stat(nic, RXE_STAT_XOFFRXC) +
					 rxe_stat(nic, RXE_STAT_FCRUC);
	ctrl->UnsupportedOpcodesReceived = rxe_stat(nic, RXE_STAT_FCRUC);
}

static const struct ethtool_rmon_hist_range rxe_rmon_ranges[] = {
	{ 64, 64 },
	{ 65, 127 },
	{ 128, 255 },
	{ 256, 511 },
	{ 512, 1023 },
	/* PTC1522: on the emulated device the longer ones, too. */
	{ 1024, VLAN_ETH_HLEN + RXE_MTU_MAX + ETH_FCS_LEN },
	{}
};

/**
 * rxe_get_rmon_stats - the group rmon
 * @netdev: the interface
 * @rmon: filled in
 * @ranges: set to the sizes that the histogram is of
 */
void rxe_get_rmon_stats(struct net_device *netdev, struct ethtool_rmon_stats *rmon,
			const struct ethtool_rmon_hist_range **ranges)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	unsigned int i;

	rmon->undersize_pkts = rxe_stat(nic, RXE_STAT_RUC);
	rmon->oversize_pkts = rxe_stat(nic, RXE_STAT_ROC);
	rmon->fragments = rxe_stat(nic, RXE_STAT_RFC);
	rmon->jabbers = rxe_stat(nic, RXE_STAT_RJC);
	for (i = 0; i <= RXE_STAT_PTC1522 - RXE_STAT_PTC64; i++)
		rmon->hist_tx[i] = rxe_stat(nic, RXE_STAT_PTC64 + i);
	*ranges = rxe_rmon_ranges;
}

/**
 * rxe_get_pause_stats - what ethtool -I -a shows
 * @netdev: the interface
 * @pause: filled in
 */
void rxe_get_pause_stats(struct net_device *netdev, struct ethtool_pause_stats *pause)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	pause->tx_pause_frames = rxe_stat(nic, RXE_STAT_XONTXC) + rxe_stat(nic, RXE_STAT_XOFFTXC);
	pause->rx_pause_frames = rxe_stat(nic, RXE_STAT_XONRXC) + rxe_stat(nic, RXE_STAT_XOFFRXC);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * What ethtool shows and sets.
 */

#include <linux/ethtool.h>

#include "ethtool.h"
#include "netdev.h"
#include "poll.h"

static void rxe_get_drvinfo(struct net_device *netdev, struct ethtool_drvinfo *info)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	strscpy(info->driver, RXE_NAME, sizeof(info->driver));
	strscpy(info->bus_info, pci_name(nic->pdev), sizeof(info->bus_info));
}

static void rxe_get_ringparam(struct net_device *netdev, struct ethtool_ringparam *ring,
			      struct kernel_ethtool_ringparam *kernel_ring,
			      struct netlink_ext_ack *extack)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	ring->rx_max_pending = RXE_RING_MAX;
	ring->tx_max_pending = RXE_RING_MAX;
	ring->rx_pending = nic->rx_count;
	ring->tx_pending = nic->tx_count;
}

static int rxe_set_ringparam(struct net_device *netdev, struct ethtool_ringparam *ring,
			     struct kernel_ethtool_ringparam *kernel_ring,
			     struct netlink_ext_ack *extack)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	int err;

	if (ring->rx_pending < RXE_RING_MIN || ring->tx_pending < RXE_RING_MIN) {
		NL_SET_ERR_MSG_MOD(extack, "a ring has at least 64 descriptors");
		return -EINVAL;
	}
	/* 13.4.27, 13.4.38: the length register counts 128 bytes. */
	if (ring->rx_pending % RXE_RING_MULTIPLE || ring->tx_pending % RXE_RING_MULTIPLE) {
		NL_SET_ERR_MSG_MOD(extack, "a ring has a multiple of 8 descriptors");
		return -EINVAL;
	}
	/* New rings would cost a reset, and the link with it. */
	if (ring->rx_pending == nic->rx_count && ring->tx_pending == nic->tx_count)
		return 0;
	err = rxe_swap_rings(nic, ring->rx_pending, ring->tx_pending, nic->xdp_prog);
	if (err)
		NL_SET_ERR_MSG_MOD(extack, "no memory for rings of that size: the old ones stay");
	return err;
}

static int rxe_get_coalesce(struct net_device *netdev, struct ethtool_coalesce *coal,
			    struct kernel_ethtool_coalesce *kernel_coal,
			    struct netlink_ext_ack *extack)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	coal->use_adaptive_rx_coalesce = nic->adaptive_rx;
	/* The fixed distance, also while it rests: -S has the adapted one. */
	coal->rx_coalesce_usecs = nic->rx_usecs;
	return 0;
}

static int rxe_set_coalesce(struct net_device *netdev, struct ethtool_coalesce *coal,
			    struct kernel_ethtool_coalesce *kernel_coal,
			    struct netlink_ext_ack *extack)
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

/* For -d. Not ICR, which reading would clear. */
static const u32 rxe_dump_regs[] = {
	/* clang-format off */
	RXE_CTRL, RXE_STATUS, RXE_VET, RXE_ITR, RXE_IMS, RXE_RCTL, RXE_TCTL, RXE_TIPG, RXE_LEDCTL,
	RXE_RDBAL, RXE_RDBAH, RXE_RDLEN, RXE_RDH, RXE_RDT, RXE_RDTR, RXE_RADV,
	RXE_TDBAL, RXE_TDBAH, RXE_TDLEN, RXE_TDH, RXE_TDT, RXE_TIDV, RXE_TADV,
	RXE_RAL(0), RXE_RAH(0),
	/* clang-format on */
};

static int rxe_get_regs_len(struct net_device *netdev)
{
	return 2 * sizeof(u32) * ARRAY_SIZE(rxe_dump_regs);
}

/* Pairs of offset and value, so that the dump explains itself. */
static void rxe_get_regs(struct net_device *netdev, struct ethtool_regs *regs, void *data)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	unsigned int i;
	u32 *pair = data;

	regs->version = 1;
	for (i = 0; i < ARRAY_SIZE(rxe_dump_regs); i++) {
		*pair++ = rxe_dump_regs[i];
		*pair++ = rxe_read(&nic->hw, rxe_dump_regs[i]);
	}
}

static int rxe_get_eeprom_len(struct net_device *netdev)
{
	return RXE_EEPROM_WORDS * sizeof(u16);
}

static int rxe_get_eeprom(struct net_device *netdev, struct ethtool_eeprom *eeprom, u8 *data)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	u16 word = 0;
	u32 i;
	int err;

	eeprom->magic = nic->pdev->vendor | nic->pdev->device << 16;
	/* The core has checked that offset and length lie within. */
	for (i = eeprom->offset; i < eeprom->offset + eeprom->len; i++) {
		if (i % 2 == 0 || i == eeprom->offset) {
			err = rxe_eeprom_read(&nic->hw, i / 2, &word);
			if (err)
				return err;
		}
		*data++ = i % 2 ? word >> 8 : word & 0xff;
	}
	return 0;
}

static void rxe_get_channels(struct net_device *netdev, struct ethtool_channels *channels)
{
	channels->max_combined = 1;
	channels->combined_count = 1;
}

/*
 * The counters of -S. A counter is a place in struct rxe_nic and the sync of the
 * struct that holds it; those of the hardware are plain.
 */
struct rxe_counter {
	char name[ETH_GSTRING_LEN];
	size_t value;
	size_t sync;
};

#define RXE_PLACE(member) offsetof(struct rxe_nic, member)

static const struct rxe_counter rxe_counters[] = {
	{ "irq_claimed", RXE_PLACE(irq_stats.claimed), RXE_PLACE(irq_stats.sync) },
	{ "irq_foreign", RXE_PLACE(irq_stats.foreign), RXE_PLACE(irq_stats.sync) },
	{ "irq_link", RXE_PLACE(irq_stats.link), RXE_PLACE(irq_stats.sync) },
	{ "rx_polls", RXE_PLACE(rx_stats.polls), RXE_PLACE(rx_stats.sync) },
	{ "rx_packets", RXE_PLACE(rx_stats.packets), RXE_PLACE(rx_stats.sync) },
	{ "rx_bytes", RXE_PLACE(rx_stats.bytes), RXE_PLACE(rx_stats.sync) },
	{ "rx_copied", RXE_PLACE(rx_stats.copied), RXE_PLACE(rx_stats.sync) },
	{ "rx_doorbells", RXE_PLACE(rx_stats.doorbells), RXE_PLACE(rx_stats.sync) },
	{ "rx_errors", RXE_PLACE(rx_stats.errors), RXE_PLACE(rx_stats.sync) },
	{ "rx_dropped", RXE_PLACE(rx_stats.dropped), RXE_PLACE(rx_stats.sync) },
	{ "rx_alloc_failed", RXE_PLACE(rx_stats.alloc_failed), RXE_PLACE(rx_stats.sync) },
	{ "rx_xdp_pass", RXE_PLACE(xdp_stats.verdict[XDP_PASS]), RXE_PLACE(xdp_stats.sync) },
	{ "rx_xdp_drop", RXE_PLACE(xdp_stats.verdict[XDP_DROP]), RXE_PLACE(xdp_stats.sync) },
	{ "rx_xdp_tx", RXE_PLACE(xdp_stats.verdict[XDP_TX]), RXE_PLACE(xdp_stats.sync) },
	{ "rx_xdp_redirect", RXE_PLACE(xdp_stats.verdict[XDP_REDIRECT]),
	  RXE_PLACE(xdp_stats.sync) },
	{ "rx_xdp_aborted", RXE_PLACE(xdp_stats.verdict[XDP_ABORTED]), RXE_PLACE(xdp_stats.sync) },
	{ "tx_packets", RXE_PLACE(tx_done.packets), RXE_PLACE(tx_done.sync) },
	{ "tx_bytes", RXE_PLACE(tx_done.bytes), RXE_PLACE(tx_done.sync) },
	{ "tx_xdp", RXE_PLACE(tx_done.xdp), RXE_PLACE(tx_done.sync) },
	{ "tx_doorbells", RXE_PLACE(tx_send.doorbells), RXE_PLACE(tx_send.sync) },
	{ "tx_contexts", RXE_PLACE(tx_send.contexts), RXE_PLACE(tx_send.sync) },
	{ "tx_tso", RXE_PLACE(tx_send.tso), RXE_PLACE(tx_send.sync) },
	{ "tx_stopped", RXE_PLACE(tx_send.stopped), RXE_PLACE(tx_send.sync) },
	{ "tx_dropped", RXE_PLACE(tx_send.dropped), RXE_PLACE(tx_send.sync) },
	{ "tx_xdp_refused", RXE_PLACE(tx_send.xdp_refused), RXE_PLACE(tx_send.sync) },
};

static const char rxe_plain_counters[][ETH_GSTRING_LEN] = {
	"tx_timeouts",
	"rx_missed",
	"rx_no_buffer",
	"itr_usecs",
};

static int rxe_get_sset_count(struct net_device *netdev, int set)
{
	switch (set) {
	case ETH_SS_STATS:
		return ARRAY_SIZE(rxe_counters) + ARRAY_SIZE(rxe_plain_counters);
	case ETH_SS_TEST:
		return rxe_test_count();
	default:
		return -EOPNOTSUPP;
	}
}

static void rxe_get_strings(struct net_device *netdev, u32 set, u8 *data)
{
	unsigned int i;

	if (set == ETH_SS_TEST)
		rxe_test_strings(data);
	if (set != ETH_SS_STATS)
		return;
	for (i = 0; i < ARRAY_SIZE(rxe_counters); i++)
		memcpy(data + i * ETH_GSTRING_LEN, rxe_counters[i].name, ETH_GSTRING_LEN);
	memcpy(data + i * ETH_GSTRING_LEN, rxe_plain_counters, sizeof(rxe_plain_counters));
}

static u64 rxe_counter_read(struct rxe_nic *nic, const struct rxe_counter *counter)
{
	const struct u64_stats_sync *sync = (void *)nic + counter->sync;
	const u64_stats_t *value = (void *)nic + counter->value;
	unsigned int start;
	u64 count;

	do {
		start = u64_stats_fetch_begin(sync);
		count = u64_stats_read(value);
	} while (u64_stats_fetch_retry(sync, start));
	return count;
}

static void rxe_get_ethtool_stats(struct net_device *netdev, struct ethtool_stats *stats, u64 *data)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	unsigned int i;

	rxe_stats_update(nic);
	for (i = 0; i < ARRAY_SIZE(rxe_counters); i++)
		*data++ = rxe_counter_read(nic, &rxe_counters[i]);
	*data++ = READ_ONCE(nic->tx_timeouts);
	*data++ = rxe_stat_read(&nic->hw, RXE_STAT_MPC, false);
	*data++ = rxe_stat_read(&nic->hw, RXE_STAT_RNBC, false);
	*data++ = READ_ONCE(nic->itr_usecs);
}

const struct ethtool_ops rxe_ethtool_ops = {
	.supported_coalesce_params = ETHTOOL_COALESCE_RX_USECS | ETHTOOL_COALESCE_USE_ADAPTIVE_RX,
	.get_drvinfo = rxe_get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_link_ksettings = rxe_get_link_ksettings,
	.set_link_ksettings = rxe_set_link_ksettings,
	.nway_reset = rxe_nway_reset,
	.get_pauseparam = rxe_get_pauseparam,
	.set_pauseparam = rxe_set_pauseparam,
	.get_pause_stats = rxe_get_pause_stats,
	.set_phys_id = rxe_set_phys_id,
	.get_regs_len = rxe_get_regs_len,
	.get_regs = rxe_get_regs,
	.get_eeprom_len = rxe_get_eeprom_len,
	.get_eeprom = rxe_get_eeprom,
	.get_coalesce = rxe_get_coalesce,
	.set_coalesce = rxe_set_coalesce,
	.get_channels = rxe_get_channels,
	/* The device has no clock: the stack stamps what comes, rxe_start_xmit() what goes. */
	.get_ts_info = ethtool_op_get_ts_info,
	.get_ringparam = rxe_get_ringparam,
	.set_ringparam = rxe_set_ringparam,
	.get_sset_count = rxe_get_sset_count,
	.get_strings = rxe_get_strings,
	.get_ethtool_stats = rxe_get_ethtool_stats,
	.get_eth_mac_stats = rxe_get_eth_mac_stats,
	.get_eth_ctrl_stats = rxe_get_eth_ctrl_stats,
	.get_rmon_stats = rxe_get_rmon_stats,
	.self_test = rxe_self_test,
};

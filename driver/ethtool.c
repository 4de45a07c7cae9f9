// SPDX-License-Identifier: GPL-2.0
/*
 * What ethtool shows and sets.
 */

#include <linux/ethtool.h>
#include <linux/stringify.h>

#include "rxe.h"

static void rxe_get_drvinfo(struct net_device *netdev,
			    struct ethtool_drvinfo *info)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	strscpy(info->driver, RXE_NAME, sizeof(info->driver));
	strscpy(info->bus_info, pci_name(nic->pdev), sizeof(info->bus_info));
}

static void rxe_get_ringparam(struct net_device *netdev,
			      struct ethtool_ringparam *ring,
			      struct kernel_ethtool_ringparam *kernel_ring,
			      struct netlink_ext_ack *extack)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	ring->rx_max_pending = RXE_RING_MAX;
	ring->tx_max_pending = RXE_RING_MAX;
	ring->rx_pending = nic->rx_count;
	ring->tx_pending = nic->tx_count;
}

static int rxe_set_ringparam(struct net_device *netdev,
			     struct ethtool_ringparam *ring,
			     struct kernel_ethtool_ringparam *kernel_ring,
			     struct netlink_ext_ack *extack)
{
	struct rxe_nic *nic = netdev_priv(netdev);

	if (ring->rx_pending < RXE_RING_MIN || ring->tx_pending < RXE_RING_MIN) {
		NL_SET_ERR_MSG_MOD(extack, "a ring has at least "
				   __stringify(RXE_RING_MIN) " descriptors");
		return -EINVAL;
	}
	/* 13.4.27, 13.4.38: the length register counts 128 bytes. */
	if (ring->rx_pending % RXE_RING_MULTIPLE ||
	    ring->tx_pending % RXE_RING_MULTIPLE) {
		NL_SET_ERR_MSG_MOD(extack, "a ring has a multiple of "
				   __stringify(RXE_RING_MULTIPLE) " descriptors");
		return -EINVAL;
	}
	return rxe_resize_rings(nic, ring->rx_pending, ring->tx_pending);
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

#define RXE_COUNTER(label, group, member) { \
	.name = label, \
	.value = offsetof(struct rxe_nic, group.member), \
	.sync = offsetof(struct rxe_nic, group.sync), \
}

static const struct rxe_counter rxe_counters[] = {
	RXE_COUNTER("irq_claimed", irq_stats, claimed),
	RXE_COUNTER("irq_foreign", irq_stats, foreign),
	RXE_COUNTER("irq_link", irq_stats, link),
	RXE_COUNTER("rx_polls", rx_stats, polls),
	RXE_COUNTER("rx_packets", rx_stats, packets),
	RXE_COUNTER("rx_bytes", rx_stats, bytes),
	RXE_COUNTER("rx_copied", rx_stats, copied),
	RXE_COUNTER("rx_doorbells", rx_stats, doorbells),
	RXE_COUNTER("rx_errors", rx_stats, errors),
	RXE_COUNTER("rx_dropped", rx_stats, dropped),
	RXE_COUNTER("rx_alloc_failed", rx_stats, alloc_failed),
	RXE_COUNTER("tx_packets", tx_done, packets),
	RXE_COUNTER("tx_bytes", tx_done, bytes),
	RXE_COUNTER("tx_doorbells", tx_send, doorbells),
	RXE_COUNTER("tx_contexts", tx_send, contexts),
	RXE_COUNTER("tx_tso", tx_send, tso),
	RXE_COUNTER("tx_stopped", tx_send, stopped),
	RXE_COUNTER("tx_dropped", tx_send, dropped),
};

static const char rxe_plain_counters[][ETH_GSTRING_LEN] = {
	"tx_timeouts",
	"rx_missed",
	"rx_no_buffer",
};

static int rxe_get_sset_count(struct net_device *netdev, int set)
{
	if (set != ETH_SS_STATS)
		return -EOPNOTSUPP;
	return ARRAY_SIZE(rxe_counters) + ARRAY_SIZE(rxe_plain_counters);
}

static void rxe_get_strings(struct net_device *netdev, u32 set, u8 *data)
{
	unsigned int i;

	if (set != ETH_SS_STATS)
		return;
	for (i = 0; i < ARRAY_SIZE(rxe_counters); i++)
		memcpy(data + i * ETH_GSTRING_LEN, rxe_counters[i].name,
		       ETH_GSTRING_LEN);
	memcpy(data + i * ETH_GSTRING_LEN, rxe_plain_counters,
	       sizeof(rxe_plain_counters));
}

static u64 rxe_counter_read(struct rxe_nic *nic,
			    const struct rxe_counter *counter)
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

static void rxe_get_ethtool_stats(struct net_device *netdev,
				  struct ethtool_stats *stats, u64 *data)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	unsigned int i;

	if (netif_running(netdev) && netif_device_present(netdev))
		rxe_hw_read_stats(&nic->hw);
	for (i = 0; i < ARRAY_SIZE(rxe_counters); i++)
		*data++ = rxe_counter_read(nic, &rxe_counters[i]);
	*data++ = nic->tx_timeouts;
	*data++ = READ_ONCE(nic->hw.missed);
	*data++ = READ_ONCE(nic->hw.no_buffer);
}

const struct ethtool_ops rxe_ethtool_ops = {
	.get_drvinfo = rxe_get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_ringparam = rxe_get_ringparam,
	.set_ringparam = rxe_set_ringparam,
	.get_sset_count = rxe_get_sset_count,
	.get_strings = rxe_get_strings,
	.get_ethtool_stats = rxe_get_ethtool_stats,
};

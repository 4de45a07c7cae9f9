/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What ethtool asks, answered in ethtool.c and in its parts.
 */
#ifndef RXE_ETHTOOL_H
#define RXE_ETHTOOL_H

#include <linux/ethtool.h>
#include <linux/netdevice.h>

/* ethtool.c */
extern const struct ethtool_ops rxe_ethtool_ops;

/* ethtool-link.c */
int rxe_get_link_ksettings(struct net_device *netdev, struct ethtool_link_ksettings *ks);
int rxe_set_link_ksettings(struct net_device *netdev, const struct ethtool_link_ksettings *ks);
int rxe_nway_reset(struct net_device *netdev);
void rxe_get_pauseparam(struct net_device *netdev, struct ethtool_pauseparam *pause);
int rxe_set_pauseparam(struct net_device *netdev, struct ethtool_pauseparam *pause);
int rxe_set_phys_id(struct net_device *netdev, enum ethtool_phys_id_state state);

/* ethtool-stats.c */
void rxe_get_eth_mac_stats(struct net_device *netdev, struct ethtool_eth_mac_stats *mac);
void rxe_get_eth_ctrl_stats(struct net_device *netdev, struct ethtool_eth_ctrl_stats *ctrl);
void rxe_get_rmon_stats(struct net_device *netdev, struct ethtool_rmon_stats *rmon,
			const struct ethtool_rmon_hist_range **ranges);
void rxe_get_pause_stats(struct net_device *netdev, struct ethtool_pause_stats *pause);

/* ethtool-test.c */
int rxe_test_count(void);
void rxe_test_strings(u8 *data);
void rxe_self_test(struct net_device *netdev, struct ethtool_test *test, u64 *data);

#endif /* RXE_ETHTOOL_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the device lets through: the receive mode, addresses, VLANs.
 */
#ifndef RXE_FILTER_H
#define RXE_FILTER_H

#include <linux/netdevice.h>

#include "nic.h"

void rxe_filter_update(struct rxe_nic *nic);
void rxe_set_rx_mode(struct net_device *netdev);
int rxe_set_mac_address(struct net_device *netdev, void *addr);
int rxe_vlan_add(struct net_device *netdev, __be16 proto, u16 vid);
int rxe_vlan_kill(struct net_device *netdev, __be16 proto, u16 vid);

#endif /* RXE_FILTER_H */

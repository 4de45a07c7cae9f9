/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The interface, started, stopped, and on other rings.
 */
#ifndef RXE_NETDEV_H
#define RXE_NETDEV_H

#include <linux/bpf.h>

#include "nic.h"

int rxe_netdev_init(struct rxe_nic *nic);
void rxe_netdev_exit(struct rxe_nic *nic);
void rxe_up(struct rxe_nic *nic);
void rxe_down(struct rxe_nic *nic);
void rxe_stats_update(struct rxe_nic *nic);
int rxe_swap_rings(struct rxe_nic *nic, u16 rx_count, u16 tx_count, struct bpf_prog *prog);

#endif /* RXE_NETDEV_H */

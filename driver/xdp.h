/* SPDX-License-Identifier: GPL-2.0 */
/*
 * XDP on the data path: what rx.c asks, and ndo_xdp_xmit.
 */
#ifndef RXE_XDP_H
#define RXE_XDP_H

#include <linux/jump_label.h>
#include <net/xdp.h>

#include "nic.h"

/* Open while some interface has a program: netdev.c. */
DECLARE_STATIC_KEY_FALSE(rxe_xdp_key);

u32 rxe_xdp_run(struct rxe_nic *nic, struct bpf_prog *prog, struct xdp_buff *xdp);
void rxe_xdp_flush(struct rxe_nic *nic, const unsigned int *verdicts);
int rxe_xdp_xmit(struct net_device *netdev, int count, struct xdp_frame **frames, u32 flags);

#endif /* RXE_XDP_H */

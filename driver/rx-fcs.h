/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RXE_RX_FCS_H
#define RXE_RX_FCS_H

#include <linux/skbuff.h>

void rxe_rx_fcs(struct sk_buff *skb);

#endif /* RXE_RX_FCS_H */

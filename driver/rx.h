/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RXE_RX_H
#define RXE_RX_H

#include "nic.h"

int rxe_rx_clean(struct rxe_nic *nic, int budget);

#endif /* RXE_RX_H */

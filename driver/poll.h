/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The interrupt and the poll, and how far apart they are.
 */
#ifndef RXE_POLL_H
#define RXE_POLL_H

#include <linux/interrupt.h>
#include <linux/netdevice.h>

#include "nic.h"

/* Time between interrupts: 20,000 a second at most, adapting begins there too */
#define RXE_RX_USECS_DEFAULT 50
#define RXE_RX_USECS_MAX     (U16_MAX * RXE_ITR_UNIT_NS / NSEC_PER_USEC)

/* Causes that the poll sees to, and all that are unmasked */
#define RXE_INT_NAPI (RXE_INT_RXT0 | RXE_INT_RXDMT0 | RXE_INT_RXO | RXE_INT_TXDW)
#define RXE_INT_ALL  (RXE_INT_NAPI | RXE_INT_LSC)

/* These two names are hooked by tracers, so they stay functions. */
irqreturn_t rxe_intr(int irq, void *dev);
int rxe_poll(struct napi_struct *napi, int budget);

void rxe_poll_init(struct rxe_nic *nic);
void rxe_itr_start(struct rxe_nic *nic);

#endif /* RXE_POLL_H */

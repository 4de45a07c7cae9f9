/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RXE_WATCH_H
#define RXE_WATCH_H

struct rxe_nic;

void rxe_watch_init(struct rxe_nic *nic);
void rxe_watch_stop(struct rxe_nic *nic);
void rxe_tx_hangs(struct rxe_nic *nic);

#endif /* RXE_WATCH_H */

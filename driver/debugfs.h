/* SPDX-License-Identifier: GPL-2.0 */
#ifndef RXE_DEBUGFS_H
#define RXE_DEBUGFS_H

struct rxe_nic;

void rxe_debugfs_init(void);
void rxe_debugfs_exit(void);
void rxe_debugfs_add(struct rxe_nic *nic);
void rxe_debugfs_remove(struct rxe_nic *nic);

#endif /* RXE_DEBUGFS_H */

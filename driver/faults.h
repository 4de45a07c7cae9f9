/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faults to be seen in class: what faults.c offers to the code that has them.
 */
#ifndef RXE_FAULTS_H
#define RXE_FAULTS_H

#include <linux/atomic.h>
#include <linux/jump_label.h>
#include <linux/types.h>

struct dentry;
struct rxe_nic;

/* trace.h gives these numbers their names, faults.c gives them their files. */
enum rxe_fault {
	RXE_FAULT_RX_TAIL,
	RXE_FAULT_TX_TAIL,
	RXE_FAULT_INTERRUPT,
	RXE_FAULT_REFILL,
	RXE_FAULT_TX_STALL,
	RXE_FAULTS
};

/**
 * struct rxe_fault_knob - one fault of one interface
 * @nic: the interface
 * @left: how many more times it shall happen; RXE_FAULT_ALWAYS for no end
 * @armed: it holds the static branch open; under RTNL
 */
struct rxe_fault_knob {
	struct rxe_nic *nic;
	atomic_t left;
	bool armed;
};

/**
 * struct rxe_faults - the faults of one interface
 * @knob: one for each
 * @dir: their folder in debugfs
 */
struct rxe_faults {
	struct rxe_fault_knob knob[RXE_FAULTS];
	struct dentry *dir;
};

DECLARE_STATIC_KEY_FALSE(rxe_fault_key);
bool rxe_fault_hit(struct rxe_nic *nic, enum rxe_fault fault);

/**
 * rxe_fault - whether a fault shall happen here and now
 * @nic: the interface
 * @fault: which
 *
 * In any context. While no knob of any interface is set this is a jump not taken.
 *
 * Return: true if it shall; then it counts as having happened.
 */
static inline bool rxe_fault(struct rxe_nic *nic, enum rxe_fault fault)
{
	return static_branch_unlikely(&rxe_fault_key) && rxe_fault_hit(nic, fault);
}

void rxe_faults_init(void);
void rxe_faults_exit(void);
void rxe_faults_add(struct rxe_nic *nic);
void rxe_faults_remove(struct rxe_nic *nic);

#endif /* RXE_FAULTS_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faults to be seen in class: the one question that the driver asks about them.
 *
 * debugfs.c sets the knobs; what asks is wherever a thing can go wrong.
 */
#ifndef RXE_FAULT_H
#define RXE_FAULT_H

#include <linux/atomic.h>
#include <linux/jump_label.h>
#include <linux/types.h>

struct net_device;

/* trace.h gives these numbers their names, debugfs.c gives them their files. */
enum rxe_fault {
	RXE_FAULT_RX_TAIL,
	RXE_FAULT_TX_TAIL,
	RXE_FAULT_INTERRUPT,
	RXE_FAULT_REFILL,
	RXE_FAULT_TX_STALL,
	RXE_FAULTS
};

/* "on": as many times as there is occasion */
#define RXE_FAULT_ALWAYS -1

/**
 * struct rxe_faults - the faults of one interface
 * @netdev: the interface, for the event
 * @left: of each, how many more times it shall happen; RXE_FAULT_ALWAYS for no end
 */
struct rxe_faults {
	const struct net_device *netdev;
	atomic_t left[RXE_FAULTS];
};

DECLARE_STATIC_KEY_FALSE(rxe_fault_key);
bool rxe_fault_hit(struct rxe_faults *faults, enum rxe_fault fault);

/**
 * rxe_fault - whether a fault shall happen here and now
 * @faults: the interface's
 * @fault: which
 *
 * In any context. While no knob of any interface is set this is a jump not taken.
 *
 * Return: true if it shall; then it counts as having happened.
 */
static inline bool rxe_fault(struct rxe_faults *faults, enum rxe_fault fault)
{
	return static_branch_unlikely(&rxe_fault_key) && rxe_fault_hit(faults, fault);
}

#endif /* RXE_FAULT_H */

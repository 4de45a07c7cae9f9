// SPDX-License-Identifier: GPL-2.0
/*
 * Faults to be seen in class: does this one strike now?
 *
 * Without this file and debugfs.c the driver would run just the same.
 */

#include <linux/netdevice.h>

#include "fault.h"
#include "trace.h"

/* Open while some knob of some interface is set: debugfs.c. */
DEFINE_STATIC_KEY_FALSE(rxe_fault_key);

/**
 * rxe_fault_hit - rxe_fault(), when some knob of some interface is set
 * @faults: the interface's
 * @fault: which
 *
 * Return: true if it shall happen.
 */
bool rxe_fault_hit(struct rxe_faults *faults, enum rxe_fault fault)
{
	atomic_t *left = &faults->left[fault];

	if (atomic_read(left) != RXE_FAULT_ALWAYS && atomic_dec_if_positive(left) < 0)
		return false;
	trace_fault(faults->netdev, fault, atomic_read(left));
	return true;
}

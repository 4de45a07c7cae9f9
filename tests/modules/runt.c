// SPDX-License-Identifier: GPL-2.0
/*
 * Makes a frame in the driver's receive ring as short as no device of QEMU's writes it.
 *
 * For tests. When the driver next cleans its ring and finds a frame there, the first
 * descriptor gets the length "length"; "done" then says 1. Built against the driver's own
 * headers, so it fits that driver alone.
 */

#include <linux/kprobes.h>
#include <linux/module.h>

#include "../../driver/rx-ring.h"

static unsigned int length;
module_param(length, uint, 0444);
MODULE_PARM_DESC(length, "how short");

static unsigned int done;
module_param(done, uint, 0444);
MODULE_PARM_DESC(done, "it has been done");

static int runt_handler(struct kprobe *probe, struct pt_regs *regs)
{
	struct rxe_nic *nic = (struct rxe_nic *)regs_get_kernel_argument(regs, 0);
	struct rxe_rx_desc *desc = &nic->rx->desc[nic->rx->ntc];

	if (done || nic->rx->ntc == nic->rx->ntu || !(READ_ONCE(desc->status) & RXE_RXD_DD))
		return 0;
	desc->length = cpu_to_le16(length);
	done = 1;
	return 0;
}

static struct kprobe runt_probe = {
	.symbol_name = "rxe_rx_clean",
	.pre_handler = runt_handler,
};

static int __init runt_init(void)
{
	return register_kprobe(&runt_probe);
}

static void __exit runt_exit(void)
{
	unregister_kprobe(&runt_probe);
}

module_init(runt_init);
module_exit(runt_exit);
MODULE_DESCRIPTION("rxpath's tests: a frame shorter than its header");
MODULE_LICENSE("GPL");

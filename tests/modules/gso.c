// SPDX-License-Identifier: GPL-2.0
/*
 * Hands the driver frames for TSO whose checksum nobody has left to it.
 *
 * For tests. The stack may send such a frame, CHECKSUM_UNNECESSARY, when it forwards what
 * a card has merged and vouched for. Here the driver's ndo_start_xmit finds what the
 * stack sends that way. The parameter "changed" counts them.
 */

#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/skbuff.h>

static unsigned int changed;
module_param(changed, uint, 0444);
MODULE_PARM_DESC(changed, "how many frames were changed");

static int gso_handler(struct kprobe *probe, struct pt_regs *regs)
{
	struct sk_buff *skb = (struct sk_buff *)regs_get_kernel_argument(regs, 0);

	if (skb_is_gso(skb) && skb->ip_summed == CHECKSUM_PARTIAL) {
		skb->ip_summed = CHECKSUM_UNNECESSARY;
		WRITE_ONCE(changed, changed + 1);
	}
	return 0;
}

static struct kprobe gso_probe = {
	.symbol_name = "rxe_start_xmit",
	.pre_handler = gso_handler,
};

static int __init gso_init(void)
{
	return register_kprobe(&gso_probe);
}

static void __exit gso_exit(void)
{
	unregister_kprobe(&gso_probe);
}

module_init(gso_init);
module_exit(gso_exit);
MODULE_DESCRIPTION("rxpath's tests: frames for TSO without a checksum to be made");
MODULE_LICENSE("GPL");

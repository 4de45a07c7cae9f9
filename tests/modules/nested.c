// SPDX-License-Identifier: GPL-2.0
/*
 * Calls add_wait_queue() from a kprobe's handler: whoever has a return probe on that
 * function misses each of these calls.
 *
 * For tests. The parameter "calls" says how many; they are over when it is loaded.
 */

#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/wait.h>

static unsigned int calls = 1;
module_param(calls, uint, 0444);
MODULE_PARM_DESC(calls, "how many");

static DECLARE_WAIT_QUEUE_HEAD(nested_queue);

static noinline void nested_probed(unsigned int nr)
{
	/* Else the compiler leaves the call out. */
	asm volatile("" : : "r"(nr));
}

static int nested_handler(struct kprobe *probe, struct pt_regs *regs)
{
	struct wait_queue_entry entry;

	init_wait_entry(&entry, 0);
	add_wait_queue(&nested_queue, &entry);
	remove_wait_queue(&nested_queue, &entry);
	return 0;
}

static struct kprobe nested_probe = {
	.addr = (kprobe_opcode_t *)nested_probed,
	.pre_handler = nested_handler,
};

static int __init nested_init(void)
{
	unsigned int i;
	int ret;

	ret = register_kprobe(&nested_probe);
	if (ret)
		return ret;
	for (i = 0; i < calls; i++)
		nested_probed(i);
	unregister_kprobe(&nested_probe);
	return 0;
}

static void __exit nested_exit(void)
{
}

module_init(nested_init);
module_exit(nested_exit);
MODULE_DESCRIPTION("Calls a function from a kprobe's handler");
MODULE_LICENSE("GPL");

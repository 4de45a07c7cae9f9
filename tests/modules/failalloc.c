// SPDX-License-Identifier: GPL-2.0
/*
 * Makes allocations fail that the driver asks for, and counts what it gives back.
 *
 * For tests, on kernels with and without CONFIG_FAULT_INJECTION. A kprobe on each
 * allocator sees who calls; when it is the driver's turn to fail, the call goes
 * to a function that returns failure instead. Calls from anywhere else are left
 * alone. Load it before the driver.
 *
 *   echo SYMBOL NTH TIMES > /sys/kernel/debug/failalloc   the NTH call from now on
 *                                                         fails, TIMES in a row
 *   echo off > /sys/kernel/debug/failalloc
 *   cat /sys/kernel/debug/failalloc    SYMBOL calls failed UNDO calls, since loading
 */

#include <linux/debugfs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

#define DRIVER "rxpath_e1000"

/**
 * struct failalloc_site - a function that can fail, and the one that undoes it
 * @symbol: its name
 * @fail: what is run in its place
 * @undo: the name of the other, NULL if there is none or others do it too
 * @call: on its first instruction
 * @undone: the same of the other
 * @calls: how often the driver called it, failures included
 * @failed: how often that was made to fail
 * @undos: how often the driver called the other
 */
struct failalloc_site {
	const char *symbol;
	unsigned long (*fail)(void);
	const char *undo;
	struct kprobe call;
	struct kprobe undone;
	atomic_t calls;
	atomic_t failed;
	atomic_t undos;
};

/* In rax: a pointer, an int, a DMA address. Not traced: a probe has led here. */
static noinline notrace unsigned long failalloc_null(void)
{
	return 0;
}

static noinline notrace unsigned long failalloc_enomem(void)
{
	return -ENOMEM;
}

static noinline notrace unsigned long failalloc_unmapped(void)
{
	return ~0UL;
}

static struct failalloc_site failalloc_sites[] = {
	{ "pci_enable_device_mem", failalloc_enomem, "pci_disable_device" },
	{ "dma_set_mask", failalloc_enomem },
	{ "pci_request_selected_regions", failalloc_enomem, "pci_release_selected_regions" },
	{ "alloc_etherdev_mqs", failalloc_null, "free_netdev" },
	{ "pci_iomap", failalloc_null, "pci_iounmap" },
	{ "register_netdev", failalloc_enomem, "unregister_netdev" },
	{ "kmalloc_trace", failalloc_null, "kfree" },
	{ "kvmalloc_node", failalloc_null, "kvfree" },
	{ "dma_alloc_attrs", failalloc_null, "dma_free_attrs" },
	{ "__xdp_rxq_info_reg", failalloc_enomem, "xdp_rxq_info_unreg" },
	{ "xdp_rxq_info_reg_mem_model", failalloc_enomem },
	{ "page_pool_create", failalloc_enomem, "page_pool_destroy" },
	{ "page_pool_alloc_pages", failalloc_null },
	{ "request_threaded_irq", failalloc_enomem, "free_irq" },
	{ "page_pool_alloc_frag", failalloc_null },
	{ "napi_build_skb", failalloc_null },
	{ "dma_map_page_attrs", failalloc_unmapped, "dma_unmap_page_attrs" },
	{ "__skb_pad", failalloc_enomem },
};

static struct module *failalloc_driver;

/* The site that fails, from its @failalloc_first call on up to its @failalloc_last. */
static struct failalloc_site *failalloc_armed;
static int failalloc_first, failalloc_last;

static bool failalloc_from_driver(struct pt_regs *regs)
{
	struct module *driver = READ_ONCE(failalloc_driver);

	/* At a function's first instruction the return address is on top. */
	return driver && within_module(regs_get_kernel_stack_nth(regs, 0), driver);
}

static int failalloc_called(struct kprobe *probe, struct pt_regs *regs)
{
	struct failalloc_site *site = container_of(probe, struct failalloc_site, call);
	int call;

	if (!failalloc_from_driver(regs))
		return 0;
	call = atomic_inc_return(&site->calls);
	/* Pairs with failalloc_write(). */
	if (smp_load_acquire(&failalloc_armed) != site || call < READ_ONCE(failalloc_first) ||
	    call > READ_ONCE(failalloc_last))
		return 0;
	atomic_inc(&site->failed);
	/* It returns to the driver, with what it has put in rax. */
	instruction_pointer_set(regs, (unsigned long)site->fail);
	return 1;
}

NOKPROBE_SYMBOL(failalloc_called);

static int failalloc_undone(struct kprobe *probe, struct pt_regs *regs)
{
	struct failalloc_site *site = container_of(probe, struct failalloc_site, undone);

	if (failalloc_from_driver(regs))
		atomic_inc(&site->undos);
	return 0;
}

NOKPROBE_SYMBOL(failalloc_undone);

static ssize_t failalloc_write(struct file *file, const char __user *user, size_t len, loff_t *pos)
{
	int nth, times, i;
	char symbol[64];
	char line[96];

	if (len >= sizeof(line))
		return -EINVAL;
	if (copy_from_user(line, user, len))
		return -EFAULT;
	line[len] = '\0';

	WRITE_ONCE(failalloc_armed, NULL);
	if (sysfs_streq(line, "off"))
		return len;
	if (sscanf(line, "%63s %d %d", symbol, &nth, &times) != 3 || nth < 1 || times < 1)
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(failalloc_sites); i++) {
		struct failalloc_site *site = &failalloc_sites[i];

		if (strcmp(site->symbol, symbol) || !site->call.addr)
			continue;
		WRITE_ONCE(failalloc_first, atomic_read(&site->calls) + nth);
		WRITE_ONCE(failalloc_last, failalloc_first + times - 1);
		/* Pairs with failalloc_called(): armed last. */
		smp_store_release(&failalloc_armed, site);
		return len;
	}
	return -ENOENT;
}

static int failalloc_show(struct seq_file *seq, void *unused)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(failalloc_sites); i++) {
		const struct failalloc_site *site = &failalloc_sites[i];

		if (!site->call.addr)
			continue;
		seq_printf(seq, "%s %d %d %s %d\n", site->symbol, atomic_read(&site->calls),
			   atomic_read(&site->failed), site->undo ?: "-",
			   atomic_read(&site->undos));
	}
	return 0;
}

static int failalloc_open(struct inode *inode, struct file *file)
{
	return single_open(file, failalloc_show, NULL);
}

static const struct file_operations failalloc_fops = {
	.owner = THIS_MODULE,
	.open = failalloc_open,
	.read = seq_read,
	.write = failalloc_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int failalloc_notify(struct notifier_block *block, unsigned long state, void *data)
{
	struct module *module = data;

	if (strcmp(module->name, DRIVER))
		return NOTIFY_DONE;
	if (state == MODULE_STATE_COMING)
		WRITE_ONCE(failalloc_driver, module);
	else if (state == MODULE_STATE_GOING)
		WRITE_ONCE(failalloc_driver, NULL);
	return NOTIFY_DONE;
}

static struct notifier_block failalloc_block = { .notifier_call = failalloc_notify };
static struct dentry *failalloc_file;

static void failalloc_unprobe(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(failalloc_sites); i++) {
		if (failalloc_sites[i].call.addr)
			unregister_kprobe(&failalloc_sites[i].call);
		if (failalloc_sites[i].undone.addr)
			unregister_kprobe(&failalloc_sites[i].undone);
	}
}

/* A kernel that lacks one of them has it under another name, or needs it not. */
static int failalloc_probe(struct kprobe *probe, const char *symbol, kprobe_pre_handler_t handler)
{
	int err;

	if (!symbol)
		return 0;
	probe->symbol_name = symbol;
	probe->pre_handler = handler;
	err = register_kprobe(probe);
	if (!err)
		return 0;
	pr_info("no probe on %s (%d)\n", symbol, err);
	probe->addr = NULL;
	return err == -ENOENT ? 0 : err;
}

static int __init failalloc_init(void)
{
	int err, i;

	for (i = 0; i < ARRAY_SIZE(failalloc_sites); i++) {
		struct failalloc_site *site = &failalloc_sites[i];

		err = failalloc_probe(&site->call, site->symbol, failalloc_called)
			      ?: failalloc_probe(&site->undone, site->undo, failalloc_undone);
		if (err)
			goto err_unprobe;
	}
	err = register_module_notifier(&failalloc_block);
	if (err)
		goto err_unprobe;
	failalloc_file = debugfs_create_file("failalloc", 0600, NULL, NULL, &failalloc_fops);
	return 0;

err_unprobe:
	failalloc_unprobe();
	return err;
}

static void __exit failalloc_exit(void)
{
	debugfs_remove(failalloc_file);
	unregister_module_notifier(&failalloc_block);
	failalloc_unprobe();
}

module_init(failalloc_init);
module_exit(failalloc_exit);

MODULE_DESCRIPTION("rxpath's tests: makes allocations of the driver fail");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * Makes allocations fail that the driver asks for, and counts what it holds.
 *
 * For tests, on kernels with and without CONFIG_FAULT_INJECTION. A kprobe on each
 * allocator sees who calls. A call of the driver's goes to a function of this
 * module instead, which fails or calls the allocator and remembers what came of it
 * until that is given back, by whomever. Calls from anywhere else are left alone.
 * Load it before the driver.
 *
 *   echo SYMBOL NTH TIMES > /sys/kernel/debug/failalloc   the NTH call from now on
 *                                                         fails, TIMES in a row
 *   echo off > /sys/kernel/debug/failalloc
 *   cat /sys/kernel/debug/failalloc    SYMBOL calls failed held missed
 *
 * An interrupt in the middle of one probe misses another. Where things are only
 * counted, "missed" says by how much less than "held" the driver may hold.
 *
 * Beside that it holds the driver in the middle of a reset of the device, or before that
 * is over: "fails" means of usleep_range_state and netif_device_attach that the call
 * waits, for "off" or half a minute.
 */

#include <linux/completion.h>
#include <linux/debugfs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/seq_file.h>
#include <linux/skbuff.h>
#include <linux/uaccess.h>

#define DRIVER "rxpath_e1000"

/* What the driver holds of one kind, at most: two rings in exchange, and some. */
#define FAILALLOC_HELD 32

typedef unsigned long (*failalloc_fn)(unsigned long, unsigned long, unsigned long, unsigned long,
				      unsigned long, unsigned long);

/* What tells one thing that was given from another: an argument, or the result. */
enum failalloc_key { ARG0, ARG1, ARG2, ARG3, ARG4, ARG5, RESULT, COUNTED };

enum failalloc_context { ANY, TASK, SOFTIRQ };

/**
 * struct failalloc_site - a function that can fail, and the one that undoes it
 * @symbol: its name
 * @newer: its name on newer kernels, if that is another
 * @alias: what the tests call it, if that is not @symbol
 * @failure: what it returns when it fails
 * @key: what it gives is known by this
 * @context: only calls from there count
 * @undo: the name of the other, NULL if there is none
 * @undo_key: which of the other's arguments is the key
 * @undo_own: the other counts only if the driver calls it
 * @waits: it does not fail, but waits to be let go
 * @failing: what else it does when it fails, NULL for nothing
 * @instead: what is called in its place
 * @call: on its first instruction
 * @undone: the same of the other
 * @calls: how often the driver called it, failures included
 * @failed: how often that was made to fail
 * @held: the keys of what has not been given back; or, if COUNTED, only how many
 */
struct failalloc_site {
	const char *symbol;
	const char *newer;
	const char *alias;
	unsigned long failure;
	enum failalloc_key key;
	enum failalloc_context context;
	const char *undo;
	enum failalloc_key undo_key;
	bool undo_own;
	bool waits;
	void (*failing)(const unsigned long *arg);
	failalloc_fn instead;
	struct kprobe call;
	struct kprobe undone;
	atomic_t calls;
	atomic_t failed;
	atomic_long_t held[FAILALLOC_HELD];
};

static unsigned long failalloc_instead(unsigned int index, const unsigned long *arg);

/* Not traced: a probe has led here. */
#define FAILALLOC_INSTEAD(n)                                                                       \
	static noinline notrace unsigned long failalloc_instead_##n(                               \
		unsigned long a, unsigned long b, unsigned long c, unsigned long d,                \
		unsigned long e, unsigned long f)                                                  \
	{                                                                                          \
		return failalloc_instead(n, (unsigned long[]){ a, b, c, d, e, f });                \
	}

FAILALLOC_INSTEAD(0)
FAILALLOC_INSTEAD(1)
FAILALLOC_INSTEAD(2)
FAILALLOC_INSTEAD(3)
FAILALLOC_INSTEAD(4)
FAILALLOC_INSTEAD(5)
FAILALLOC_INSTEAD(6)
FAILALLOC_INSTEAD(7)
FAILALLOC_INSTEAD(8)
FAILALLOC_INSTEAD(9)
FAILALLOC_INSTEAD(10)
FAILALLOC_INSTEAD(11)
FAILALLOC_INSTEAD(12)
FAILALLOC_INSTEAD(13)
FAILALLOC_INSTEAD(14)
FAILALLOC_INSTEAD(15)
FAILALLOC_INSTEAD(16)
FAILALLOC_INSTEAD(17)
FAILALLOC_INSTEAD(18)
FAILALLOC_INSTEAD(19)
FAILALLOC_INSTEAD(20)

#define FAILALLOC_SITE(n, symbol_, failure_, key_, undo_, undo_key_, ...)                          \
	[n] = { .symbol = symbol_,                                                                 \
		.failure = failure_,                                                               \
		.key = key_,                                                                       \
		.undo = undo_,                                                                     \
		.undo_key = undo_key_,                                                             \
		.instead = failalloc_instead_##n,                                                  \
		##__VA_ARGS__ }

/* Its caller never sees the skb again. */
static void failalloc_skb_pad(const unsigned long *arg)
{
	if ((bool)arg[2])
		kfree_skb((struct sk_buff *)arg[0]);
}

/* clang-format off */
static struct failalloc_site failalloc_sites[] = {
	FAILALLOC_SITE(0, "pci_enable_device_mem", -ENOMEM, ARG0, "pci_disable_device", ARG0),
	FAILALLOC_SITE(1, "dma_set_mask", -ENOMEM, COUNTED, NULL, 0),
	FAILALLOC_SITE(2, "pci_request_selected_regions", -ENOMEM, ARG0,
		       "pci_release_selected_regions", ARG0),
	FAILALLOC_SITE(3, "alloc_etherdev_mqs", 0, RESULT, "free_netdev", ARG0),
	FAILALLOC_SITE(4, "pci_iomap", 0, RESULT, "pci_iounmap", ARG1),
	FAILALLOC_SITE(5, "register_netdev", -ENOMEM, ARG0, "unregister_netdev", ARG0),
	FAILALLOC_SITE(6, "kmalloc_trace", 0, RESULT, "kfree", ARG0,
		       .newer = "__kmalloc_cache_noprof"),
	FAILALLOC_SITE(7, "kvmalloc_node", 0, RESULT, "kvfree", ARG0,
		       .newer = "__kvmalloc_node_noprof"),
	FAILALLOC_SITE(8, "dma_alloc_attrs", 0, RESULT, "dma_free_attrs", ARG2),
	FAILALLOC_SITE(9, "__xdp_rxq_info_reg", -ENOMEM, ARG0, "xdp_rxq_info_unreg", ARG0),
	FAILALLOC_SITE(10, "xdp_rxq_info_reg_mem_model", -ENOMEM, COUNTED, NULL, 0),
	/* It has several owners, each of whom destroys it. */
	FAILALLOC_SITE(11, "page_pool_create", -ENOMEM, RESULT, "page_pool_destroy", ARG0,
		       .undo_own = true),
	FAILALLOC_SITE(12, "request_threaded_irq", -ENOMEM, ARG5, "free_irq", ARG1),
	/* A ring's first buffers, and those of the poll. The pools count them. */
	FAILALLOC_SITE(13, "page_pool_alloc_pages", 0, COUNTED, NULL, 0, .context = TASK),
	FAILALLOC_SITE(14, "page_pool_alloc_pages", 0, COUNTED, NULL, 0, .context = SOFTIRQ,
		       .alias = "refill"),
	FAILALLOC_SITE(15, "page_pool_alloc_frag", 0, COUNTED, NULL, 0),
	FAILALLOC_SITE(16, "napi_build_skb", 0, COUNTED, NULL, 0),
	FAILALLOC_SITE(17, "dma_map_page_attrs", ~0UL, COUNTED, "dma_unmap_page_attrs", COUNTED),
	FAILALLOC_SITE(18, "__skb_pad", -ENOMEM, COUNTED, NULL, 0, .failing = failalloc_skb_pad),
	FAILALLOC_SITE(19, "usleep_range_state", 0, COUNTED, NULL, 0, .waits = true),
	FAILALLOC_SITE(20, "netif_device_attach", 0, COUNTED, NULL, 0, .waits = true),
};

/* clang-format on */

static struct module *failalloc_driver;

/* The site that fails, from its @failalloc_first call on up to its @failalloc_last. */
static struct failalloc_site *failalloc_armed;
static int failalloc_first, failalloc_last;

static DECLARE_COMPLETION(failalloc_go_on);

static const char *failalloc_name(const struct failalloc_site *site)
{
	return site->alias ?: site->symbol;
}

static bool failalloc_from_driver(struct pt_regs *regs)
{
	struct module *driver = READ_ONCE(failalloc_driver);

	/* At a function's first instruction the return address is on top. */
	return driver && within_module(regs_get_kernel_stack_nth(regs, 0), driver);
}

NOKPROBE_SYMBOL(failalloc_from_driver);

static notrace void failalloc_hold(struct failalloc_site *site, long key)
{
	int i;

	if (site->key == COUNTED) {
		if (site->undo)
			atomic_long_inc(&site->held[0]);
		return;
	}
	for (i = 0; i < FAILALLOC_HELD; i++) {
		if (!atomic_long_cmpxchg(&site->held[i], 0, key))
			return;
	}
	WARN_ONCE(1, "%s: more held than can be remembered\n", failalloc_name(site));
}

static notrace bool failalloc_fails(struct failalloc_site *site)
{
	int call = atomic_inc_return(&site->calls);

	/* Pairs with failalloc_write(). */
	if (smp_load_acquire(&failalloc_armed) != site || call < READ_ONCE(failalloc_first) ||
	    call > READ_ONCE(failalloc_last))
		return false;
	atomic_inc(&site->failed);
	return true;
}

/* In the driver's own context, called as if by itself. */
static noinline notrace unsigned long failalloc_instead(unsigned int index,
							const unsigned long *arg)
{
	struct failalloc_site *site = &failalloc_sites[index];
	unsigned long result;
	bool given;

	if (failalloc_fails(site)) {
		if (!site->waits) {
			if (site->failing)
				site->failing(arg);
			return site->failure;
		}
		wait_for_completion_timeout(&failalloc_go_on, 30 * HZ);
	}
	result = ((failalloc_fn)site->call.addr)(arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
	if (!site->failure || site->key == RESULT)
		given = !IS_ERR_OR_NULL((void *)result);
	else if (site->failure == ~0UL)
		given = result != ~0UL;
	else
		given = !(int)result;
	if (given)
		failalloc_hold(site, site->key < RESULT ? arg[site->key] : result);
	return result;
}

static int failalloc_called(struct kprobe *probe, struct pt_regs *regs)
{
	struct failalloc_site *site = container_of(probe, struct failalloc_site, call);

	if (site->context == (in_softirq() ? TASK : SOFTIRQ) || !failalloc_from_driver(regs))
		return 0;
	instruction_pointer_set(regs, (unsigned long)site->instead);
	return 1;
}

NOKPROBE_SYMBOL(failalloc_called);

/* That there is one keeps a probe from being made a jump, which goes on where it was. */
static void failalloc_not_a_jump(struct kprobe *probe, struct pt_regs *regs, unsigned long flags)
{
}

NOKPROBE_SYMBOL(failalloc_not_a_jump);

static int failalloc_undone(struct kprobe *probe, struct pt_regs *regs)
{
	struct failalloc_site *site = container_of(probe, struct failalloc_site, undone);
	long key;
	int i;

	if (site->undo_key == COUNTED) {
		if (failalloc_from_driver(regs))
			atomic_long_dec(&site->held[0]);
		return 0;
	}
	key = regs_get_kernel_argument(regs, site->undo_key);
	if (!key || (site->undo_own && !failalloc_from_driver(regs)))
		return 0;
	for (i = 0; i < FAILALLOC_HELD; i++) {
		if (atomic_long_read(&site->held[i]) == key &&
		    atomic_long_cmpxchg(&site->held[i], key, 0) == key)
			break;
	}
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
	complete_all(&failalloc_go_on);
	if (sysfs_streq(line, "off"))
		return len;
	if (sscanf(line, "%63s %d %d", symbol, &nth, &times) != 3 || nth < 1 || times < 1)
		return -EINVAL;
	for (i = 0; i < ARRAY_SIZE(failalloc_sites); i++) {
		struct failalloc_site *site = &failalloc_sites[i];

		if (strcmp(failalloc_name(site), symbol))
			continue;
		reinit_completion(&failalloc_go_on);
		WRITE_ONCE(failalloc_first, atomic_read(&site->calls) + nth);
		WRITE_ONCE(failalloc_last, failalloc_first + times - 1);
		/* Pairs with failalloc_fails(): armed last. */
		smp_store_release(&failalloc_armed, site);
		return len;
	}
	return -ENOENT;
}

static long failalloc_held(const struct failalloc_site *site)
{
	long held = 0;
	int i;

	if (site->key == COUNTED)
		return atomic_long_read(&site->held[0]);
	for (i = 0; i < FAILALLOC_HELD; i++)
		held += !!atomic_long_read(&site->held[i]);
	return held;
}

static int failalloc_show(struct seq_file *seq, void *unused)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(failalloc_sites); i++) {
		const struct failalloc_site *site = &failalloc_sites[i];

		seq_printf(seq, "%s %d %d %ld %lu\n", failalloc_name(site),
			   atomic_read(&site->calls), atomic_read(&site->failed),
			   failalloc_held(site), site->key == COUNTED ? site->undone.nmissed : 0);
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

static int failalloc_probe(struct kprobe *probe, const char *symbol, kprobe_pre_handler_t handler)
{
	int err;

	if (!symbol)
		return -ENOENT;
	probe->symbol_name = symbol;
	probe->pre_handler = handler;
	probe->post_handler = failalloc_not_a_jump;
	err = register_kprobe(probe);
	if (err)
		probe->addr = NULL;
	return err;
}

static int failalloc_probe_site(struct failalloc_site *site)
{
	int err;

	err = failalloc_probe(&site->call, site->symbol, failalloc_called);
	if (err == -ENOENT)
		err = failalloc_probe(&site->call, site->newer, failalloc_called);
	if (!err && site->undo)
		err = failalloc_probe(&site->undone, site->undo, failalloc_undone);
	if (err)
		pr_err("no probe on %s (%d)\n", failalloc_name(site), err);
	return err;
}

static int __init failalloc_init(void)
{
	int err, i;

	for (i = 0; i < ARRAY_SIZE(failalloc_sites); i++) {
		err = failalloc_probe_site(&failalloc_sites[i]);
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

// SPDX-License-Identifier: GPL-2.0
/*
 * One bug of each kind that the debug kernel is there to find, so that a test
 * can see it found: a check that nothing turns red proves nothing.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static char *bug = "";
module_param(bug, charp, 0444);
MODULE_PARM_DESC(bug, "the bug to commit at load");

static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);
static bool registered;
static int shift = 40;
static int index = 7;
static void *nowhere;

static noinline void use_after_free(void)
{
	char *memory = kmalloc(100, GFP_KERNEL);

	kfree(memory);
	/* Behind what KASAN itself keeps in there by then. */
	if (memory)
		WRITE_ONCE(memory[60], 1);
}

static noinline void beyond_the_end(void)
{
	char *memory = kmalloc(100, GFP_KERNEL);

	if (memory)
		WRITE_ONCE(memory[100 + READ_ONCE(index)], 1);
	kfree(memory);
}

static noinline void leak(void)
{
	int i;

	/* One may still be pointed to by what lies about on the stack. */
	for (i = 0; i < 10; i++)
		memset(kmalloc(333, GFP_KERNEL), i, 333);
}

/* Two tasks that count at once. */
static int racing;

static int race(void *unused)
{
	unsigned long end = jiffies + 3 * HZ;

	while (time_before(jiffies, end)) {
		racing++;
		cond_resched();
	}
	return 0;
}

static noinline void race_with_another(void)
{
	struct task_struct *other = kthread_create(race, NULL, "racer");

	if (IS_ERR(other))
		return;
	get_task_struct(other);
	wake_up_process(other);
	race(NULL);
	kthread_stop(other);
	put_task_struct(other);
}

static noinline void sleep_in_atomic(void)
{
	spin_lock(&lock_a);
	msleep(20);
	spin_unlock(&lock_a);
}

static noinline void oops(void)
{
	WRITE_ONCE(*(int *)READ_ONCE(nowhere), 1);
}

static noinline void deadlock(void)
{
	spin_lock(&lock_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	spin_unlock(&lock_a);
	spin_lock(&lock_b);
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	spin_unlock(&lock_b);
}

static noinline void bad_shift(void)
{
	pr_info("%d\n", 1 << READ_ONCE(shift));
}

static noinline void bad_list(void)
{
	LIST_HEAD(head);
	struct list_head entry;

	list_add(&entry, &head);
	entry.prev = &entry;
	list_del(&entry);
}

static int bugs_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	void *memory = kmalloc(SZ_2K, GFP_KERNEL);
	dma_addr_t dma;

	if (!memory)
		return -ENOMEM;
	pci_set_drvdata(pdev, memory);
	dma = dma_map_single(&pdev->dev, memory, SZ_2K, DMA_FROM_DEVICE);
	if (dma_mapping_error(&pdev->dev, dma))
		return -ENOMEM;
	if (!strcmp(bug, "dma-twice")) {
		dma_unmap_single(&pdev->dev, dma, SZ_2K, DMA_FROM_DEVICE);
		dma_unmap_single(&pdev->dev, dma, SZ_2K, DMA_FROM_DEVICE);
	}
	return 0;
}

/* The mapping of "dma-leak" outlives the driver's hold on the device. */
static void bugs_remove(struct pci_dev *pdev)
{
	kfree(pci_get_drvdata(pdev));
}

/* The NIC, while no driver of its own has it: mappings are looked for on PCI alone. */
static const struct pci_device_id bugs_ids[] = {
	{ PCI_VDEVICE(INTEL, 0x100e) },
	{},
};

static struct pci_driver bugs_driver = {
	.name = "bugs",
	.id_table = bugs_ids,
	.probe = bugs_probe,
	.remove = bugs_remove,
};

static int __init bugs_init(void)
{
	int ret;

	if (!strcmp(bug, "use-after-free"))
		use_after_free();
	else if (!strcmp(bug, "beyond-the-end"))
		beyond_the_end();
	else if (!strcmp(bug, "leak"))
		leak();
	else if (!strcmp(bug, "sleep-in-atomic"))
		sleep_in_atomic();
	else if (!strcmp(bug, "deadlock"))
		deadlock();
	else if (!strcmp(bug, "race"))
		race_with_another();
	else if (!strcmp(bug, "shift"))
		bad_shift();
	else if (!strcmp(bug, "oops"))
		oops();
	else if (!strcmp(bug, "list"))
		bad_list();
	else if (strncmp(bug, "dma-", 4) && strcmp(bug, "none"))
		return -EINVAL;
	if (strncmp(bug, "dma-", 4))
		return 0;

	ret = pci_register_driver(&bugs_driver);
	registered = !ret;
	return ret;
}

static void __exit bugs_exit(void)
{
	if (registered)
		pci_unregister_driver(&bugs_driver);
}

module_init(bugs_init);
module_exit(bugs_exit);

MODULE_DESCRIPTION("Bugs for the debug kernel to find");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * One bug of each kind that the debug kernel is there to find, so that a test
 * can see it found: a check that nothing turns red proves nothing.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static char *bug = "";
module_param(bug, charp, 0444);
MODULE_PARM_DESC(bug, "the bug to commit at load");

static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);
static struct platform_device *device;
static int shift = 40;
static int index = 7;

static noinline void use_after_free(void)
{
	char *memory = kmalloc(100, GFP_KERNEL);

	kfree(memory);
	if (memory)
		WRITE_ONCE(memory[5], 1);
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

static noinline void sleep_in_atomic(void)
{
	spin_lock(&lock_a);
	msleep(20);
	spin_unlock(&lock_a);
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

static int bugs_probe(struct platform_device *pdev)
{
	void *memory = kmalloc(SZ_2K, GFP_KERNEL);
	dma_addr_t dma;

	if (!memory || dma_coerce_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64)))
		return -ENOMEM;
	platform_set_drvdata(pdev, memory);
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
static int bugs_remove(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev));
	return 0;
}

static struct platform_driver bugs_driver = {
	.probe = bugs_probe,
	.remove = bugs_remove,
	.driver.name = "bugs",
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
	else if (!strcmp(bug, "shift"))
		bad_shift();
	else if (!strcmp(bug, "list"))
		bad_list();
	else if (strncmp(bug, "dma-", 4) && strcmp(bug, "none"))
		return -EINVAL;
	if (strncmp(bug, "dma-", 4))
		return 0;

	ret = platform_driver_register(&bugs_driver);
	if (ret)
		return ret;
	device = platform_device_register_simple("bugs", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&bugs_driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit bugs_exit(void)
{
	if (!device)
		return;
	platform_device_unregister(device);
	platform_driver_unregister(&bugs_driver);
}

module_init(bugs_init);
module_exit(bugs_exit);

MODULE_DESCRIPTION("Bugs for the debug kernel to find");
MODULE_LICENSE("GPL");

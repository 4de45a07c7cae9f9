// SPDX-License-Identifier: GPL-2.0
/*
 * Faults to be seen in class: the files in debugfs that set them.
 *
 * /sys/kernel/debug/rxpath_e1000/PCI-ADDRESS/ has a file for each fault, which
 * only root may open. It holds how many more times the fault shall happen: a
 * number, "on" for always, "off" for 0. docs/nic.md says what each one shows.
 *
 * What a knob holds, fault.c looks at. Here is also what makes up for a fault when
 * it is switched off.
 */

#include <linux/debugfs.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "debugfs.h"
#include "nic.h"
#include "rx-ring.h"
#include "tx.h"

/**
 * struct rxe_knob - the file of one fault
 * @nic: the interface
 * @armed: it holds the static branch open; under RTNL
 */
struct rxe_knob {
	struct rxe_nic *nic;
	bool armed;
};

/**
 * struct rxe_debugfs - the files of one interface
 * @dir: their folder
 * @knob: one for each fault
 */
struct rxe_debugfs {
	struct dentry *dir;
	struct rxe_knob knob[RXE_FAULTS];
};

static struct dentry *rxe_debugfs_root;

/* clang-format off */
static const char *const rxe_fault_names[RXE_FAULTS] = {
	[RXE_FAULT_RX_TAIL] = "withhold_rx_tail",
	[RXE_FAULT_TX_TAIL] = "withhold_tx_tail",
	[RXE_FAULT_INTERRUPT] = "lose_interrupt",
	[RXE_FAULT_REFILL] = "fail_refill",
	[RXE_FAULT_TX_STALL] = "stall_tx",
};

/* clang-format on */

/*
 * Makes up for what a fault has kept from happening, or nobody would: without a
 * tail the device has no reason to interrupt. Under RTNL, the interface running.
 */
static void rxe_knob_make_up(struct rxe_nic *nic, enum rxe_fault fault)
{
	switch (fault) {
	case RXE_FAULT_RX_TAIL:
		/* The receive ring is the poll's alone: it rests meanwhile. */
		napi_disable(&nic->napi);
		rxe_rx_doorbell(nic, 0);
		napi_enable(&nic->napi);
		break;
	case RXE_FAULT_TX_TAIL:
		netif_tx_lock_bh(nic->netdev);
		rxe_tx_doorbell(nic);
		netif_tx_unlock_bh(nic->netdev);
		break;
	case RXE_FAULT_TX_STALL:
		rxe_tx_enable(nic);
		break;
	default:
		break;
	}
	/* Whatever is in the rings; also if an interrupt found the poll at rest. */
	local_bh_disable();
	napi_schedule(&nic->napi);
	local_bh_enable();
}

static enum rxe_fault rxe_knob_fault(const struct rxe_knob *knob)
{
	return knob - knob->nic->debugfs->knob;
}

static void rxe_knob_set(struct rxe_knob *knob, int left)
{
	struct rxe_nic *nic = knob->nic;
	enum rxe_fault fault = rxe_knob_fault(knob);
	bool running;

	rtnl_lock();
	running = rxe_is_up(nic);
	if (left && !knob->armed)
		static_branch_inc(&rxe_fault_key);
	atomic_set(&nic->faults.left[fault], left);
	if (running && left && fault == RXE_FAULT_TX_STALL)
		rxe_tx_enable(nic);
	if (running && !left && knob->armed)
		rxe_knob_make_up(nic, fault);
	if (!left && knob->armed)
		static_branch_dec(&rxe_fault_key);
	knob->armed = left;
	rtnl_unlock();
}

static int rxe_knob_show(struct seq_file *seq, void *unused)
{
	struct rxe_knob *knob = seq->private;
	int left = atomic_read(&knob->nic->faults.left[rxe_knob_fault(knob)]);

	if (left == RXE_FAULT_ALWAYS)
		seq_puts(seq, "on\n");
	else
		seq_printf(seq, "%d\n", left);
	return 0;
}

static int rxe_knob_open(struct inode *inode, struct file *file)
{
	return single_open(file, rxe_knob_show, inode->i_private);
}

static ssize_t rxe_knob_write(struct file *file, const char __user *user, size_t len, loff_t *pos)
{
	struct seq_file *seq = file->private_data;
	struct rxe_knob *knob = seq->private;
	const char *name = rxe_fault_names[rxe_knob_fault(knob)];
	char text[16] = {};
	int left;

	if (copy_from_user(text, user, min(len, sizeof(text) - 1)))
		return -EFAULT;
	if (sysfs_streq(text, "on")) {
		left = RXE_FAULT_ALWAYS;
	} else if (sysfs_streq(text, "off")) {
		left = 0;
	} else if (len >= sizeof(text) || kstrtoint(text, 0, &left) || left < 0) {
		netdev_err(knob->nic->netdev, "%s: write on, off, or how many times\n", name);
		return -EINVAL;
	}
	rxe_knob_set(knob, left);
	netdev_warn(knob->nic->netdev, "fault %s: %s\n", name, strim(text));
	return len;
}

static const struct file_operations rxe_knob_fops = {
	.owner = THIS_MODULE,
	.open = rxe_knob_open,
	.read = seq_read,
	.write = rxe_knob_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/**
 * rxe_debugfs_add - make the files of one interface
 * @nic: the interface, registered
 *
 * Without debugfs, or without memory for them, there are none, and the driver is not
 * the worse for it.
 */
void rxe_debugfs_add(struct rxe_nic *nic)
{
	struct rxe_debugfs *debugfs;
	enum rxe_fault fault;

	debugfs = kzalloc(sizeof(*debugfs), GFP_KERNEL);
	if (!debugfs)
		return;
	nic->debugfs = debugfs;
	/* By its place on the bus: names change, and repeat in other namespaces. */
	debugfs->dir = debugfs_create_dir(pci_name(nic->pdev), rxe_debugfs_root);
	for (fault = 0; fault < RXE_FAULTS; fault++) {
		debugfs->knob[fault].nic = nic;
		debugfs_create_file(rxe_fault_names[fault], 0600, debugfs->dir,
				    &debugfs->knob[fault], &rxe_knob_fops);
	}
}

/**
 * rxe_debugfs_remove - remove the files, and end the faults that are set
 * @nic: the interface, still registered; RTNL is not held
 */
void rxe_debugfs_remove(struct rxe_nic *nic)
{
	struct rxe_debugfs *debugfs = nic->debugfs;
	enum rxe_fault fault;

	if (!debugfs)
		return;
	/* Waits for a write that is under way, which takes RTNL. */
	debugfs_remove(debugfs->dir);
	for (fault = 0; fault < RXE_FAULTS; fault++)
		rxe_knob_set(&debugfs->knob[fault], 0);
	kfree(debugfs);
}

/* The folder for all interfaces. */
void rxe_debugfs_init(void)
{
	rxe_debugfs_root = debugfs_create_dir(RXE_NAME, NULL);
}

void rxe_debugfs_exit(void)
{
	debugfs_remove(rxe_debugfs_root);
}

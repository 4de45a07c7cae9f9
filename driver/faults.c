// SPDX-License-Identifier: GPL-2.0
/*
 * Faults to be seen in class: knobs in debugfs that make one thing go wrong.
 *
 * /sys/kernel/debug/rxpath_e1000/PCI-ADDRESS/ has a file for each fault, which
 * only root may open. It holds how many more times the fault shall happen: a
 * number, "on" for always, "off" for 0. docs/nic.md says what each one shows.
 *
 * The driver asks rxe_fault() at the five places. Nothing here belongs to the
 * driver's own work: without faults.c it would run just the same.
 */

#include <linux/debugfs.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "rxe.h"
#include "trace.h"

/* "on": as many times as there is occasion */
#define RXE_FAULT_ALWAYS -1

DEFINE_STATIC_KEY_FALSE(rxe_fault_key);

static struct dentry *rxe_faults_root;

/* clang-format off */
static const char *const rxe_fault_names[RXE_FAULTS] = {
	[RXE_FAULT_RX_TAIL] = "withhold_rx_tail",
	[RXE_FAULT_TX_TAIL] = "withhold_tx_tail",
	[RXE_FAULT_INTERRUPT] = "lose_interrupt",
	[RXE_FAULT_REFILL] = "fail_refill",
	[RXE_FAULT_TX_STALL] = "stall_tx",
};

/* clang-format on */

/**
 * rxe_fault_hit - rxe_fault(), when some knob of some interface is set
 * @nic: the interface
 * @fault: which
 *
 * Return: true if it shall happen.
 */
bool rxe_fault_hit(struct rxe_nic *nic, enum rxe_fault fault)
{
	atomic_t *left = &nic->faults.knob[fault].left;

	if (atomic_read(left) != RXE_FAULT_ALWAYS && atomic_dec_if_positive(left) < 0)
		return false;
	trace_fault(nic->netdev, fault, atomic_read(left));
	return true;
}

/*
 * Makes up for what a fault has kept from happening, or nobody would: without a
 * tail the device has no reason to interrupt. Under RTNL, the interface running.
 */
static void rxe_fault_make_up(struct rxe_nic *nic, enum rxe_fault fault)
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

static void rxe_fault_set(struct rxe_fault_knob *knob, int left)
{
	struct rxe_nic *nic = knob->nic;
	enum rxe_fault fault = knob - nic->faults.knob;
	bool running;

	rtnl_lock();
	running = rxe_is_up(nic);
	if (left && !knob->armed)
		static_branch_inc(&rxe_fault_key);
	atomic_set(&knob->left, left);
	if (running && left && fault == RXE_FAULT_TX_STALL)
		rxe_tx_enable(nic);
	if (running && !left && knob->armed)
		rxe_fault_make_up(nic, fault);
	if (!left && knob->armed)
		static_branch_dec(&rxe_fault_key);
	knob->armed = left;
	rtnl_unlock();
}

static int rxe_fault_show(struct seq_file *seq, void *unused)
{
	struct rxe_fault_knob *knob = seq->private;
	int left = atomic_read(&knob->left);

	if (left == RXE_FAULT_ALWAYS)
		seq_puts(seq, "on\n");
	else
		seq_printf(seq, "%d\n", left);
	return 0;
}

static int rxe_fault_open(struct inode *inode, struct file *file)
{
	return single_open(file, rxe_fault_show, inode->i_private);
}

static ssize_t rxe_fault_write(struct file *file, const char __user *user, size_t len, loff_t *pos)
{
	struct seq_file *seq = file->private_data;
	struct rxe_fault_knob *knob = seq->private;
	const char *name = rxe_fault_names[knob - knob->nic->faults.knob];
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
	rxe_fault_set(knob, left);
	netdev_warn(knob->nic->netdev, "fault %s: %s\n", name, strim(text));
	return len;
}

static const struct file_operations rxe_fault_fops = {
	.owner = THIS_MODULE,
	.open = rxe_fault_open,
	.read = seq_read,
	.write = rxe_fault_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/**
 * rxe_faults_add - make the files of one interface
 * @nic: the interface, registered
 *
 * Without debugfs there are none, and the driver is not the worse for it.
 */
void rxe_faults_add(struct rxe_nic *nic)
{
	struct rxe_fault_knob *knob;
	enum rxe_fault fault;

	/* By its place on the bus: names change, and repeat in other namespaces. */
	nic->faults.dir = debugfs_create_dir(pci_name(nic->pdev), rxe_faults_root);
	for (fault = 0; fault < RXE_FAULTS; fault++) {
		knob = &nic->faults.knob[fault];
		knob->nic = nic;
		debugfs_create_file(rxe_fault_names[fault], 0600, nic->faults.dir, knob,
				    &rxe_fault_fops);
	}
}

/**
 * rxe_faults_remove - remove the files, and end the faults that are set
 * @nic: the interface, still registered; RTNL is not held
 */
void rxe_faults_remove(struct rxe_nic *nic)
{
	enum rxe_fault fault;

	/* Waits for a write that is under way, which takes RTNL. */
	debugfs_remove(nic->faults.dir);
	for (fault = 0; fault < RXE_FAULTS; fault++)
		rxe_fault_set(&nic->faults.knob[fault], 0);
}

/**
 * rxe_faults_init - make the folder for all interfaces
 */
void rxe_faults_init(void)
{
	rxe_faults_root = debugfs_create_dir(RXE_NAME, NULL);
}

/**
 * rxe_faults_exit - remove it again
 */
void rxe_faults_exit(void)
{
	debugfs_remove(rxe_faults_root);
}

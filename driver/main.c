// SPDX-License-Identifier: GPL-2.0
/*
 * The driver's ends: to the PCI bus (probe and remove) and to the interrupt.
 *
 * Read it in this order: rxe_probe() here, rxe_open() in netdev.c, then
 * rxe_intr() and rxe_poll() here, rxe_rx_clean() in rx.c, rxe_start_xmit() in
 * tx.c.
 */

#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

#include "rxe.h"
#include "trace.h"

/**
 * rxe_intr - the hard interrupt handler
 * @irq: the line, which other devices may share
 * @dev: the interface
 *
 * Reading ICR tells the cause, clears it and releases the line. The mask is
 * written only by whoever wins the NAPI instance, so that a poll that is running
 * costs no further register access.
 *
 * Return: IRQ_NONE if the device did not raise the interrupt.
 */
irqreturn_t rxe_intr(int irq, void *dev)
{
	struct rxe_nic *nic = dev;
	struct rxe_irq_stats *stats = &nic->irq_stats;
	u32 icr = rxe_read(&nic->hw, RXE_ICR);
	bool scheduled = false;

	/* All ones is a device that is no longer there. */
	if (!icr || icr == ~0U) {
		u64_stats_update_begin(&stats->sync);
		u64_stats_inc(&stats->foreign);
		u64_stats_update_end(&stats->sync);
		trace_irq(nic->netdev, icr, false);
		return IRQ_NONE;
	}

	if (rxe_fault(nic, RXE_FAULT_INTERRUPT))
		return IRQ_HANDLED;

	if (icr & RXE_INT_LSC)
		schedule_work(&nic->link_work);

	/*
	 * If the poll runs already, napi_schedule_prep() makes it run again: the
	 * cause that was just cleared is not lost.
	 */
	if (icr & RXE_INT_NAPI && napi_schedule_prep(&nic->napi)) {
		/*
		 * Posted: should the device interrupt once more before it sees
		 * this, the handler finds the poll scheduled.
		 */
		rxe_write(&nic->hw, RXE_IMC, RXE_INT_NAPI);
		scheduled = true;
	}

	u64_stats_update_begin(&stats->sync);
	u64_stats_inc(&stats->claimed);
	u64_stats_add(&stats->link, !!(icr & RXE_INT_LSC));
	u64_stats_update_end(&stats->sync);
	trace_irq(nic->netdev, icr, scheduled);

	if (scheduled)
		__napi_schedule(&nic->napi);
	return IRQ_HANDLED;
}

/**
 * rxe_poll - NAPI's poll: clean both rings
 * @napi: the instance
 * @budget: received frames at most; 0 from netpoll, which wants transmit only
 *
 * Return: received frames; @budget means that there may be more.
 */
int rxe_poll(struct napi_struct *napi, int budget)
{
	struct rxe_nic *nic = container_of(napi, struct rxe_nic, napi);
	unsigned int cleaned;
	bool done = false;
	int work = 0;

	trace_poll_begin(nic->netdev, budget, nic->rx->ntc, nic->rx->ntu);

	if (budget)
		work = rxe_rx_clean(nic, budget);
	/* After receive, whose frames may have been answered from within it. */
	cleaned = rxe_tx_clean(nic, budget);

	nic->itr_load.rx += work;
	if (budget && work < budget) {
		if (nic->adaptive_rx)
			rxe_itr_adapt(nic);
		done = napi_complete_done(napi, work);
	}

	/* Before the interrupt is back: it may come within that write. */
	trace_poll_end(nic->netdev, budget, work, cleaned, done);
	/* What came since is still held in ICR: see rxe_irq_enable(). */
	if (done)
		rxe_irq_enable(&nic->hw, RXE_INT_NAPI);
	return work;
}

static void rxe_link_work(struct work_struct *work)
{
	struct rxe_nic *nic = container_of(work, struct rxe_nic, link_work);

	if (rxe_is_up(nic))
		rxe_link_update(nic);
}

static void rxe_reset_work(struct work_struct *work)
{
	struct rxe_nic *nic = container_of(work, struct rxe_nic, reset_work);

	rtnl_lock();
	if (rxe_is_up(nic)) {
		rxe_down(nic);
		rxe_up(nic);
	}
	rtnl_unlock();
}

static void rxe_refill_timer(struct timer_list *timer)
{
	struct rxe_nic *nic = container_of(timer, struct rxe_nic, refill_timer);

	napi_schedule(&nic->napi);
}

/* The address from the EEPROM; without one, from the device, or a random one. */
static void rxe_address_init(struct rxe_nic *nic)
{
	struct device *dev = &nic->pdev->dev;
	u8 addr[ETH_ALEN];
	int err;

	err = rxe_hw_read_mac(&nic->hw, addr);
	if (!err) {
		eth_hw_addr_set(nic->netdev, addr);
		return;
	}
	if (err == -EBADMSG) {
		dev_warn(dev, "EEPROM checksum is wrong, using its address %pM anyway\n", addr);
		eth_hw_addr_set(nic->netdev, addr);
		return;
	}
	eth_hw_addr_random(nic->netdev);
	dev_warn(dev, "no address in the EEPROM (%d), using a random one: %pM\n", err,
		 nic->netdev->dev_addr);
}

static int rxe_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct device *dev = &pdev->dev;
	struct net_device *netdev;
	struct rxe_nic *nic;
	int err;

	err = pci_enable_device_mem(pdev);
	if (err)
		return dev_err_probe(dev, err, "cannot enable the device\n");

	err = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(64));
	if (err) {
		dev_err(dev, "no usable DMA addressing (%d)\n", err);
		goto err_disable;
	}

	err = pci_request_selected_regions(pdev, BIT(0), RXE_NAME);
	if (err) {
		dev_err(dev, "BAR 0 is in use by someone else (%d)\n", err);
		goto err_disable;
	}

	netdev = alloc_etherdev(sizeof(*nic));
	if (!netdev) {
		err = -ENOMEM;
		goto err_release;
	}
	SET_NETDEV_DEV(netdev, dev);

	nic = netdev_priv(netdev);
	nic->netdev = netdev;
	nic->pdev = pdev;
	nic->emulated = pdev->subsystem_vendor == PCI_SUBVENDOR_ID_REDHAT_QUMRANET &&
			pdev->subsystem_device == PCI_SUBDEVICE_ID_QEMU;
	pci_set_drvdata(pdev, nic);
	spin_lock_init(&nic->hw.lock);
	INIT_WORK(&nic->link_work, rxe_link_work);
	INIT_WORK(&nic->reset_work, rxe_reset_work);
	timer_setup(&nic->refill_timer, rxe_refill_timer, 0);

	nic->hw.regs = pci_iomap(pdev, 0, 0);
	if (!nic->hw.regs) {
		dev_err(dev, "cannot map BAR 0\n");
		err = -ENOMEM;
		goto err_free;
	}

	/* Silence first, then let it reach memory. */
	rxe_hw_reset(&nic->hw);
	rxe_stats_init(&nic->hw, nic->emulated);
	pci_set_master(pdev);

	rxe_address_init(nic);
	rxe_netdev_init(nic);

	err = register_netdev(netdev);
	if (err) {
		dev_err(dev, "cannot register the interface (%d)\n", err);
		goto err_unmap;
	}
	rxe_faults_add(nic);
	netdev_info(netdev, "address %pM, irq %d\n", netdev->dev_addr, pdev->irq);
	return 0;

err_unmap:
	pci_clear_master(pdev);
	pci_iounmap(pdev, nic->hw.regs);
err_free:
	free_netdev(netdev);
err_release:
	pci_release_selected_regions(pdev, BIT(0));
err_disable:
	pci_disable_device(pdev);
	return err;
}

static void rxe_remove(struct pci_dev *pdev)
{
	struct rxe_nic *nic = pci_get_drvdata(pdev);

	rxe_faults_remove(nic);
	unregister_netdev(nic->netdev);
	/* Takes RTNL, so only here; the interface is gone, so it does nothing. */
	cancel_work_sync(&nic->reset_work);
	/* Whoever read the counters last may have set it off again. */
	cancel_work_sync(&nic->link_work);
	pci_clear_master(pdev);
	pci_iounmap(pdev, nic->hw.regs);
	free_netdev(nic->netdev);
	pci_release_selected_regions(pdev, BIT(0));
	pci_disable_device(pdev);
}

/*
 * Leaves the device silent, the rings and the interface's settings as they are.
 * Until rxe_attach() the interface counts as absent: see rxe_is_up().
 */
static void rxe_detach(struct rxe_nic *nic)
{
	rtnl_lock();
	netif_device_detach(nic->netdev);
	if (netif_running(nic->netdev))
		rxe_down(nic);
	rtnl_unlock();
}

/* The device may be as after power-on, or as the firmware has left it. */
static void rxe_attach(struct rxe_nic *nic)
{
	rtnl_lock();
	rxe_hw_reset(&nic->hw);
	pci_set_master(nic->pdev);
	if (netif_running(nic->netdev))
		rxe_up(nic);
	netif_device_attach(nic->netdev);
	rtnl_unlock();
}

static int rxe_suspend(struct device *dev)
{
	rxe_detach(dev_get_drvdata(dev));
	return 0;
}

static int rxe_resume(struct device *dev)
{
	rxe_attach(dev_get_drvdata(dev));
	return 0;
}

static DEFINE_SIMPLE_DEV_PM_OPS(rxe_pm_ops, rxe_suspend, rxe_resume);

/* Around a reset through the bus: echo 1 > /sys/bus/pci/devices/.../reset */
static void rxe_reset_prepare(struct pci_dev *pdev)
{
	rxe_detach(pci_get_drvdata(pdev));
}

static void rxe_reset_done(struct pci_dev *pdev)
{
	rxe_attach(pci_get_drvdata(pdev));
}

/* The device reports no errors to the bus (it has no AER): resets are all there is. */
static const struct pci_error_handlers rxe_err_handler = {
	.reset_prepare = rxe_reset_prepare,
	.reset_done = rxe_reset_done,
};

/* Before a reboot or a kexec: the next kernel's memory is not ours to write to. */
static void rxe_shutdown(struct pci_dev *pdev)
{
	rxe_detach(pci_get_drvdata(pdev));
	pci_clear_master(pdev);
}

static const struct pci_device_id rxe_pci_table[] = {
	{ PCI_VDEVICE(INTEL, 0x1004) }, /* 82543GC, copper */
	{ PCI_VDEVICE(INTEL, 0x100c) }, /* 82544GC, copper */
	{ PCI_VDEVICE(INTEL, 0x100e) }, /* 82540EM */
	{ PCI_VDEVICE(INTEL, 0x100f) }, /* 82545EM, copper */
	{}
};
MODULE_DEVICE_TABLE(pci, rxe_pci_table);

static struct pci_driver rxe_driver = {
	.name = RXE_NAME,
	.id_table = rxe_pci_table,
	.probe = rxe_probe,
	.remove = rxe_remove,
	.shutdown = rxe_shutdown,
	.err_handler = &rxe_err_handler,
	.driver.pm = pm_sleep_ptr(&rxe_pm_ops),
};

static int __init rxe_init(void)
{
	int err;

	rxe_faults_init();
	err = pci_register_driver(&rxe_driver);
	if (err)
		rxe_faults_exit();
	return err;
}
module_init(rxe_init);

static void __exit rxe_exit(void)
{
	pci_unregister_driver(&rxe_driver);
	rxe_faults_exit();
}
module_exit(rxe_exit);

MODULE_DESCRIPTION("rxpath: a readable driver for Intel's 8254x gigabit Ethernet");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * The driver's end to the PCI bus: probe and remove, sleep and reset.
 *
 * Read it in this order: rxe_probe() here, rxe_open() in netdev.c, then
 * rxe_intr() and rxe_poll() in poll.c, rxe_rx_clean() in rx.c, rxe_start_xmit() in
 * tx.c.
 */

#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/rtnetlink.h>

#include "debugfs.h"
#include "ethtool.h"
#include "hw.h"
#include "netdev.h"
#include "nic.h"

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
	err = rxe_netdev_init(nic);
	if (err) {
		dev_err(dev, "no pages for short frames (%d)\n", err);
		goto err_unmap;
	}
	netdev->ethtool_ops = &rxe_ethtool_ops;

	err = register_netdev(netdev);
	if (err) {
		dev_err(dev, "cannot register the interface (%d)\n", err);
		goto err_exit;
	}
	rxe_debugfs_add(nic);
	netdev_info(netdev, "address %pM, irq %d\n", netdev->dev_addr, pdev->irq);
	return 0;

err_exit:
	rxe_netdev_exit(nic);
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

	rxe_debugfs_remove(nic);
	unregister_netdev(nic->netdev);
	/* Takes RTNL, so only here; the interface is gone, so it does nothing. */
	cancel_work_sync(&nic->reset_work);
	/* Whoever read the counters last may have set it off again. */
	cancel_work_sync(&nic->link_work);
	rxe_netdev_exit(nic);
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
	/* What link_work was told since rxe_up() it has passed over: see rxe_is_up(). */
	if (netif_running(nic->netdev))
		schedule_work(&nic->link_work);
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

	rxe_debugfs_init();
	err = pci_register_driver(&rxe_driver);
	if (err)
		rxe_debugfs_exit();
	return err;
}
module_init(rxe_init);

static void __exit rxe_exit(void)
{
	pci_unregister_driver(&rxe_driver);
	rxe_debugfs_exit();
}
module_exit(rxe_exit);

MODULE_DESCRIPTION("rxpath: a readable driver for Intel's 8254x gigabit Ethernet");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * ethtool -t: the device tries itself.
 *
 * Online disturbs nothing: the registers are compared with what the driver has
 * written to them, and one interrupt more is raised. Offline stops the device,
 * tries each bit of the registers, and sends itself frames through the PHY's
 * loopback, on rings of the test's own; the interface then goes on with its old
 * ones. While the interface is down there is nothing to disturb.
 *
 * The result of each test is 0 or the number of the error (errno.h), and the log
 * says more.
 */

#include <linux/ethtool.h>
#include <linux/interrupt.h>
#include <linux/iopoll.h>

#include "ethtool.h"
#include "hw.h"
#include "netdev.h"
#include "nic.h"
#include "poll.h"
#include "rx-ring.h"
#include "tx.h"

enum rxe_test {
	RXE_TEST_LINK,
	RXE_TEST_REGISTERS,
	RXE_TEST_EEPROM,
	RXE_TEST_INTERRUPT,
	RXE_TEST_LOOPBACK,
	RXE_TESTS
};

static const char rxe_test_names[RXE_TESTS][ETH_GSTRING_LEN] = {
	[RXE_TEST_LINK] = "Link",
	[RXE_TEST_REGISTERS] = "Registers",
	[RXE_TEST_EEPROM] = "EEPROM",
	[RXE_TEST_INTERRUPT] = "Interrupt",
	[RXE_TEST_LOOPBACK] = "Loopback (offline)",
};

/* Far more than it ever takes, as only a failure waits so long. */
#define RXE_TEST_IRQ_MS	 1000
#define RXE_TEST_SENT_US 100000
#define RXE_TEST_BACK_US 100000
/* The emulated device is deaf for a second after RCTL has been written. */
#define RXE_TEST_TRIES 20

static_assert(RXE_TEST_TRIES + 8 < RXE_RING_MIN);

/**
 * rxe_test_count - number of tests
 *
 * Return: the number.
 */
int rxe_test_count(void)
{
	return RXE_TESTS;
}

/**
 * rxe_test_strings - names of the tests
 * @data: where they go, ETH_GSTRING_LEN for each
 */
void rxe_test_strings(u8 *data)
{
	memcpy(data, rxe_test_names, sizeof(rxe_test_names));
}

/* Registers that hold what is written to them, and the bits that all devices have. */
static const struct {
	u16 reg;
	u8 step;
	u8 count;
	u32 mask;
} rxe_test_regs[] = {
	/* clang-format off */
	{ RXE_VET, 0, 1, 0xffff },
	{ RXE_ITR, 0, 1, 0xffff },
	{ RXE_RDBAL, 0, 1, ~0xfU }, { RXE_RDBAH, 0, 1, ~0U }, { RXE_RDLEN, 0, 1, 0xfff80 },
	{ RXE_RDH, 0, 1, 0xffff }, { RXE_RDT, 0, 1, 0xffff },
	{ RXE_RDTR, 0, 1, 0xffff }, { RXE_RADV, 0, 1, 0xffff },
	{ RXE_TDBAL, 0, 1, ~0xfU }, { RXE_TDBAH, 0, 1, ~0U }, { RXE_TDLEN, 0, 1, 0xfff80 },
	{ RXE_TDH, 0, 1, 0xffff }, { RXE_TDT, 0, 1, 0xffff },
	{ RXE_TADV, 0, 1, 0xffff },
	{ RXE_RAL(0), 8, RXE_RAR_ENTRIES, ~0U },
	{ RXE_RAH(0), 8, RXE_RAR_ENTRIES, RXE_RAH_AV | 0x3ffff },
	{ RXE_MTA(0), 4, RXE_MTA_WORDS, ~0U },
	{ RXE_VFTA(0), 4, RXE_VFTA_WORDS, ~0U },
	/* clang-format on */
};

static int rxe_test_holds(struct rxe_nic *nic, u32 reg, u32 mask, u32 wanted)
{
	u32 value = rxe_read(&nic->hw, reg) & mask;

	if (value == (wanted & mask))
		return 0;
	netdev_err(nic->netdev, "self-test: register 0x%04x holds 0x%08x, not 0x%08x\n", reg, value,
		   wanted & mask);
	return -EIO;
}

static int rxe_test_bits(struct rxe_nic *nic, u32 reg, u32 mask)
{
	static const u32 patterns[] = { 0x5a5a5a5a, 0xa5a5a5a5, 0, ~0U };
	u32 before = rxe_read(&nic->hw, reg);
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < ARRAY_SIZE(patterns); i++) {
		rxe_write(&nic->hw, reg, patterns[i] & mask);
		err = rxe_test_holds(nic, reg, mask, patterns[i]);
	}
	rxe_write(&nic->hw, reg, before);
	return err;
}

/* The device is stopped: each register can be anything for a moment. */
static int rxe_test_registers_offline(struct rxe_nic *nic)
{
	unsigned int i, n;
	int err;

	for (i = 0; i < ARRAY_SIZE(rxe_test_regs); i++) {
		for (n = 0; n < rxe_test_regs[i].count; n++) {
			err = rxe_test_bits(nic, rxe_test_regs[i].reg + n * rxe_test_regs[i].step,
					    rxe_test_regs[i].mask);
			if (err)
				return err;
		}
	}
	return 0;
}

/* The filters, against their shadows; the stack may change them between two. */
static int rxe_test_filters(struct rxe_nic *nic)
{
	struct rxe_hw *hw = &nic->hw;
	unsigned int i;
	int err;

	spin_lock_bh(&hw->lock);
	err = rxe_test_holds(nic, RXE_RCTL, ~0U, hw->rctl);
	spin_unlock_bh(&hw->lock);
	for (i = 0; !err && i < RXE_RAR_ENTRIES; i++) {
		spin_lock_bh(&hw->lock);
		/* An entry is not in use without AV, whatever the rest holds. */
		if (hw->rar[i])
			err = rxe_test_holds(nic, RXE_RAL(i), ~0U, lower_32_bits(hw->rar[i]))
				      ?: rxe_test_holds(nic, RXE_RAH(i), ~0U,
							upper_32_bits(hw->rar[i]) | RXE_RAH_AV);
		else
			err = rxe_test_holds(nic, RXE_RAH(i), RXE_RAH_AV, 0);
		spin_unlock_bh(&hw->lock);
	}
	for (i = 0; !err && i < RXE_MTA_WORDS; i++) {
		spin_lock_bh(&hw->lock);
		err = rxe_test_holds(nic, RXE_MTA(i), ~0U, hw->mta[i]);
		spin_unlock_bh(&hw->lock);
	}
	for (i = 0; !err && i < RXE_VFTA_WORDS; i++) {
		spin_lock_bh(&hw->lock);
		err = rxe_test_holds(nic, RXE_VFTA(i), ~0U, hw->vfta[i]);
		spin_unlock_bh(&hw->lock);
	}
	return err;
}

/* The device runs: it must be as rxe_up() has left it. Under RTNL, so that stays. */
static int rxe_test_registers_online(struct rxe_nic *nic)
{
	const struct rxe_rx_ring *rx = nic->rx;
	const struct rxe_tx_ring *tx = nic->tx;

	return rxe_test_filters(nic) ?:
	       rxe_test_holds(nic, RXE_VET, ~0U, ETH_P_8021Q) ?:
	       rxe_test_holds(nic, RXE_IMS, RXE_INT_LSC, RXE_INT_LSC) ?:
	       rxe_test_holds(nic, RXE_RDBAL, ~0U, lower_32_bits(rx->dma)) ?:
	       rxe_test_holds(nic, RXE_RDBAH, ~0U, upper_32_bits(rx->dma)) ?:
	       rxe_test_holds(nic, RXE_RDLEN, ~0U, rx->count * sizeof(*rx->desc)) ?:
	       rxe_test_holds(nic, RXE_TDBAL, ~0U, lower_32_bits(tx->dma)) ?:
	       rxe_test_holds(nic, RXE_TDBAH, ~0U, upper_32_bits(tx->dma)) ?:
	       rxe_test_holds(nic, RXE_TDLEN, ~0U, tx->count * sizeof(*tx->desc)) ?:
	       rxe_test_holds(nic, RXE_TCTL, RXE_TCTL_EN, RXE_TCTL_EN);
}

static u64 rxe_test_irqs(struct rxe_nic *nic, const u64_stats_t *counter)
{
	unsigned int start;
	u64 count;

	do {
		start = u64_stats_fetch_begin(&nic->irq_stats.sync);
		count = u64_stats_read(counter);
	} while (u64_stats_fetch_retry(&nic->irq_stats.sync, start));
	return count;
}

/* Raises @cause (13.4.19), and waits for the handler to have counted it. */
static int rxe_test_interrupt(struct rxe_nic *nic, u32 cause, const u64_stats_t *counter)
{
	u64 before = rxe_test_irqs(nic, counter);
	unsigned int ms;

	rxe_write(&nic->hw, RXE_ICS, cause);
	for (ms = 0; ms < RXE_TEST_IRQ_MS; ms++) {
		if (rxe_test_irqs(nic, counter) != before)
			return 0;
		usleep_range(1000, 2000);
	}
	netdev_err(nic->netdev, "self-test: interrupt %d does not come\n", nic->pdev->irq);
	return -ETIMEDOUT;
}

/* The device is stopped and the poll too: a cause that asks nobody for anything. */
static int rxe_test_interrupt_offline(struct rxe_nic *nic)
{
	int err;

	rxe_irq_enable(&nic->hw, RXE_INT_TXQE);
	err = rxe_test_interrupt(nic, RXE_INT_TXQE, &nic->irq_stats.claimed);
	rxe_irq_disable(&nic->hw);
	synchronize_irq(nic->pdev->irq);
	return err;
}

/* One frame to ourselves. -ETIMEDOUT: it was sent, but does not come back. */
static int rxe_test_frame(struct rxe_nic *nic, const struct ethhdr *frame, unsigned int len)
{
	struct device *dev = &nic->pdev->dev;
	struct rxe_rx_ring *rx = nic->rx;
	struct rxe_tx_ring *tx = nic->tx;
	struct rxe_rx_desc *back = &rx->desc[rx->ntc];
	struct rxe_tx_data *sent = &tx->desc[tx->ntu].data;
	struct page *page = rx->page[rx->ntc];
	dma_addr_t dma;
	u8 status;
	int err;

	dma = dma_map_single(dev, (void *)frame, len, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, dma))
		return -ENOMEM;
	*sent = (struct rxe_tx_data){
		.addr = cpu_to_le64(dma),
		.cmd_len = cpu_to_le32(RXE_TXD_DTYP_DATA | RXE_TXD_DEXT | RXE_TXD_IFCS |
				       RXE_TXD_EOP | RXE_TXD_RS | len),
	};
	tx->ntu = rxe_ring_next(tx->ntu, tx->count);
	/* What rxe_tx_free() finds is a ring without frames. */
	tx->ntc = tx->ntu;
	/* writel() orders the descriptor before the tail (memory-barriers.txt). */
	rxe_write(&nic->hw, RXE_TDT, tx->ntu);
	err = read_poll_timeout(READ_ONCE, status, status & RXE_TXD_DD, 10, RXE_TEST_SENT_US, false,
				sent->status);
	if (err) {
		/* It may still read the frame: stop it before that goes. */
		rxe_hw_reset(&nic->hw);
		dma_unmap_single(dev, dma, len, DMA_TO_DEVICE);
		netdev_err(nic->netdev, "self-test: a frame is not sent\n");
		return -EIO;
	}
	dma_unmap_single(dev, dma, len, DMA_TO_DEVICE);

	err = read_poll_timeout(READ_ONCE, status, status & RXE_RXD_DD, 10, RXE_TEST_BACK_US, false,
				back->status);
	if (err)
		return err;
	/* DD says that the rest is written: read nothing before it. */
	dma_rmb();
	rx->ntc = rxe_ring_next(rx->ntc, rx->count);
	dma_sync_single_range_for_cpu(dev, page_pool_get_dma_addr(page), RXE_RX_HEADROOM, len,
				      page_pool_get_dma_dir(rx->pool));
	if (le16_to_cpu(back->length) == len && status & RXE_RXD_EOP &&
	    !memcmp(page_address(page) + RXE_RX_HEADROOM, frame, len))
		return 0;
	netdev_err(nic->netdev, "self-test: of %u bytes sent come back other %u\n", len,
		   le16_to_cpu(back->length));
	return -EIO;
}

static int rxe_test_frames(struct rxe_nic *nic, struct ethhdr *frame)
{
	static const unsigned int sizes[] = { ETH_ZLEN, ETH_ZLEN + 1, 512, ETH_FRAME_LEN };
	u8 *bytes = (u8 *)frame;
	unsigned int i, tries;
	int err = 0;

	for (i = ETH_HLEN; i < ETH_FRAME_LEN; i++)
		bytes[i] = i ^ i >> 8;
	for (i = 0; !err && i < ARRAY_SIZE(sizes); i++) {
		bytes[ETH_HLEN] = i;
		tries = i ? 1 : RXE_TEST_TRIES;
		do {
			err = rxe_test_frame(nic, frame, sizes[i]);
		} while (err == -ETIMEDOUT && --tries);
	}
	if (err == -ETIMEDOUT)
		netdev_err(nic->netdev, "self-test: a frame does not come back\n");
	return err;
}

/* With the test's rings in the place of the interface's. */
static int rxe_test_loopback_run(struct rxe_nic *nic, struct ethhdr *frame)
{
	static const u32 no_multicast[RXE_MTA_WORDS];
	struct rxe_hw *hw = &nic->hw;
	unsigned int i;
	int err;

	/*
	 * The emulated wire stays connected. The only address received is one that
	 * nobody knows, so that all that comes is the test's.
	 */
	eth_random_addr(frame->h_dest);
	ether_addr_copy(frame->h_source, frame->h_dest);
	frame->h_proto = htons(ETH_P_802_EX1);
	rxe_rar_set(hw, 0, frame->h_dest);
	for (i = 1; i < RXE_RAR_ENTRIES; i++)
		rxe_rar_set(hw, i, NULL);
	rxe_mta_write(hw, no_multicast);

	rxe_hw_setup(hw);
	rxe_tx_start(nic);
	rxe_rx_start(nic);
	err = rxe_phy_loopback(hw, true);
	if (!err) {
		rxe_rctl_update(hw, ~0U, RXE_RCTL_EN | RXE_RCTL_SECRC | RXE_RCTL_BSIZE_2048);
		err = rxe_test_frames(nic, frame);
	}
	/* Both, whatever came of it: back on the wire, and at rest. */
	err = rxe_phy_loopback(hw, false) ?: err;
	rxe_hw_reset(hw);
	return err;
}

static int rxe_test_loopback(struct rxe_nic *nic)
{
	struct rxe_rx_ring *rx;
	struct rxe_tx_ring *tx;
	struct ethhdr *frame;
	int err = -ENOMEM;

	if (nic->emulated && !(rxe_read(&nic->hw, RXE_STATUS) & RXE_STATUS_LU)) {
		netdev_err(nic->netdev, "self-test: no loopback without a link\n");
		return -ENETDOWN;
	}
	frame = kzalloc(ETH_FRAME_LEN, GFP_KERNEL);
	if (!frame)
		return err;
	tx = rxe_tx_alloc(nic, RXE_RING_MIN);
	if (IS_ERR(tx)) {
		err = PTR_ERR(tx);
		goto free_frame;
	}
	rx = rxe_rx_alloc(nic, RXE_RING_MIN, DMA_FROM_DEVICE);
	if (IS_ERR(rx)) {
		err = PTR_ERR(rx);
		goto free_tx;
	}

	swap(nic->rx, rx);
	swap(nic->tx, tx);
	err = rxe_test_loopback_run(nic, frame);
	swap(nic->rx, rx);
	swap(nic->tx, tx);

	rxe_rx_free(nic, rx);
free_tx:
	rxe_tx_free(nic, tx);
free_frame:
	kfree(frame);
	return err;
}

/* With the device stopped, and started again if it ran. */
static void rxe_test_offline(struct rxe_nic *nic, int *result, bool loopback)
{
	struct net_device *netdev = nic->netdev;
	bool running = netif_running(netdev);
	int err = 0;

	if (running)
		rxe_down(nic);
	else
		err = request_irq(nic->pdev->irq, rxe_intr, IRQF_SHARED, netdev->name, nic);

	result[RXE_TEST_REGISTERS] = rxe_test_registers_offline(nic);
	result[RXE_TEST_INTERRUPT] = err ?: rxe_test_interrupt_offline(nic);
	if (loopback)
		result[RXE_TEST_LOOPBACK] = rxe_test_loopback(nic);

	if (running)
		rxe_up(nic);
	else if (!err)
		free_irq(nic->pdev->irq, nic);
}

/**
 * rxe_self_test - ethtool -t
 * @netdev: the interface
 * @test: whether offline; and whether a test failed
 * @data: the results
 *
 * Under RTNL, so nobody opens, closes or changes the interface meanwhile.
 */
void rxe_self_test(struct net_device *netdev, struct ethtool_test *test, u64 *data)
{
	bool offline = test->flags & ETH_TEST_FL_OFFLINE;
	struct rxe_nic *nic = netdev_priv(netdev);
	int result[RXE_TESTS] = {};
	u8 addr[ETH_ALEN];
	unsigned int i;

	/* First, before anything is disturbed. */
	if (!(rxe_read(&nic->hw, RXE_STATUS) & RXE_STATUS_LU))
		result[RXE_TEST_LINK] = -ENETDOWN;
	result[RXE_TEST_EEPROM] = rxe_hw_read_mac(&nic->hw, addr);
	if (offline || !netif_running(netdev)) {
		rxe_test_offline(nic, result, offline);
	} else {
		result[RXE_TEST_REGISTERS] = rxe_test_registers_online(nic);
		result[RXE_TEST_INTERRUPT] =
			rxe_test_interrupt(nic, RXE_INT_LSC, &nic->irq_stats.link);
	}

	for (i = 0; i < RXE_TESTS; i++) {
		data[i] = -result[i];
		if (!result[i])
			continue;
		test->flags |= ETH_TEST_FL_FAILED;
		netdev_err(netdev, "self-test: %s: error %d\n", rxe_test_names[i], -result[i]);
	}
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The hardware without the network stack: reset, EEPROM, PHY, link, filters.
 *
 * Nothing here knows of an sk_buff or a net_device. Section numbers are those
 * of the 8254x manual (see regs.h).
 */

#include <linux/bitfield.h>
#include <linux/delay.h>
#include <linux/iopoll.h>
#include <linux/mii.h>

#include "hw.h"

/* 5.3.1: a word takes the EEPROM some 30 us; a frame to the PHY takes 64 us */
#define RXE_POLL_US    10
#define RXE_TIMEOUT_US 5000

/**
 * rxe_irq_enable - let causes raise the interrupt
 * @hw: the device
 * @causes: bits of IMS to set
 *
 * A cause that came while it was masked is still held in ICR and raises the
 * interrupt at once, so whoever enables need not look at the rings again.
 */
void rxe_irq_enable(const struct rxe_hw *hw, u32 causes)
{
	rxe_write(hw, RXE_IMS, causes);
}

/**
 * rxe_irq_disable - mask every cause, and wait until the device knows
 * @hw: the device
 */
void rxe_irq_disable(const struct rxe_hw *hw)
{
	rxe_write(hw, RXE_IMC, ~0U);
	/* Reading pushes the posted write out, so that synchronize_irq() counts. */
	rxe_read(hw, RXE_STATUS);
}

/* Stops both DMA engines. */
static void rxe_hw_halt(struct rxe_hw *hw)
{
	rxe_irq_disable(hw);
	spin_lock_bh(&hw->lock);
	hw->rctl = 0;
	rxe_write(hw, RXE_RCTL, 0);
	spin_unlock_bh(&hw->lock);
	rxe_write(hw, RXE_TCTL, 0);
	rxe_read(hw, RXE_STATUS);
	/* 13.4.22, 13.4.33: both finish the frame they are at; jumbo at 10 Mb/s. */
	usleep_range(14000, 16000);
}

/**
 * rxe_hw_reset - bring the device to a known, silent state
 * @hw: the device
 *
 * When this returns the device touches neither ring nor buffers any more.
 *
 * CTRL.RST (14.1) resets all but the PHY and the PCI configuration, so the link
 * stays. The emulated device keeps IMS, RCTL, TCTL and the tails across it: they
 * are cleared by hand, before it, so that no DMA is under way. May sleep.
 */
void rxe_hw_reset(struct rxe_hw *hw)
{
	u32 ctrl;

	rxe_hw_halt(hw);

	ctrl = rxe_read(hw, RXE_CTRL);
	rxe_write(hw, RXE_CTRL, ctrl | RXE_CTRL_RST);
	/* 13.4.1: no access for 1 us; 5.3: the EEPROM is loaded again, some ms. */
	usleep_range(5000, 6000);

	rxe_irq_disable(hw);
	rxe_read(hw, RXE_ICR);
	rxe_write(hw, RXE_RDT, 0);
	rxe_write(hw, RXE_RDH, 0);
	rxe_write(hw, RXE_TDT, 0);
	rxe_write(hw, RXE_TDH, 0);
}

/**
 * rxe_eeprom_read - read one word of the EEPROM (13.4.4)
 * @hw: the device
 * @word: which one
 * @value: its content
 *
 * Sleeps; from probe, or under RTNL.
 *
 * Return: 0 or -ETIMEDOUT.
 */
int rxe_eeprom_read(struct rxe_hw *hw, u8 word, u16 *value)
{
	u32 eerd;
	int err;

	rxe_write(hw, RXE_EERD, FIELD_PREP(RXE_EERD_ADDR, word) | RXE_EERD_START);
	err = read_poll_timeout(rxe_read, eerd, eerd & RXE_EERD_DONE, RXE_POLL_US, RXE_TIMEOUT_US,
				false, hw, RXE_EERD);
	if (!err)
		*value = FIELD_GET(RXE_EERD_DATA, eerd);
	return err;
}

/**
 * rxe_hw_read_mac - read the station address from the EEPROM
 * @hw: the device
 * @addr: where to put its six bytes
 *
 * Return: 0; -ETIMEDOUT if the EEPROM does not answer; -EBADMSG if its words do
 * not sum to what section 5.6 asks (@addr is set all the same); -EADDRNOTAVAIL
 * if the address is no station's.
 */
int rxe_hw_read_mac(struct rxe_hw *hw, u8 *addr)
{
	unsigned int word;
	u16 value = 0;
	u16 sum = 0;
	int err;

	for (word = 0; word < RXE_EEPROM_WORDS; word++) {
		err = rxe_eeprom_read(hw, word, &value);
		if (err)
			return err;
		sum += value;
		if (word < RXE_EEPROM_MAC + ETH_ALEN / 2) {
			addr[2 * word] = value & 0xff;
			addr[2 * word + 1] = value >> 8;
		}
	}
	if (!is_valid_ether_addr(addr))
		return -EADDRNOTAVAIL;
	return sum == RXE_EEPROM_SUM ? 0 : -EBADMSG;
}

static void rxe_rar_write(struct rxe_hw *hw, unsigned int index)
{
	u64 rar = hw->rar[index];

	/* Invalid first: RAL and RAH are two writes and match as one address. */
	rxe_write(hw, RXE_RAH(index), 0);
	if (!rar)
		return;
	rxe_write(hw, RXE_RAL(index), lower_32_bits(rar));
	rxe_write(hw, RXE_RAH(index), upper_32_bits(rar) | RXE_RAH_AV);
}

/**
 * rxe_hw_setup - program what reset left undefined and no ring depends on
 * @hw: the device, just reset
 *
 * Writes the filter tables from their shadows; receive and transmit stay off.
 */
void rxe_hw_setup(struct rxe_hw *hw)
{
	unsigned int i;
	u32 ctrl;

	/*
	 * 13.4.1: the PHY negotiates by itself, SLU lets the MAC follow it.
	 * Nothing is written to the PHY: that would drop a link that is up.
	 */
	ctrl = rxe_read(hw, RXE_CTRL);
	ctrl &= ~(RXE_CTRL_FRCSPD | RXE_CTRL_FRCDPLX | RXE_CTRL_RST | RXE_CTRL_RFCE |
		  RXE_CTRL_TFCE);
	ctrl |= RXE_CTRL_SLU | RXE_CTRL_ASDE;
	rxe_write(hw, RXE_CTRL, ctrl);
	rxe_write(hw, RXE_VET, ETH_P_8021Q);

	spin_lock_bh(&hw->lock);
	for (i = 0; i < RXE_RAR_ENTRIES; i++)
		rxe_rar_write(hw, i);
	for (i = 0; i < RXE_MTA_WORDS; i++)
		rxe_write(hw, RXE_MTA(i), hw->mta[i]);
	for (i = 0; i < RXE_VFTA_WORDS; i++)
		rxe_write(hw, RXE_VFTA(i), hw->vfta[i]);
	spin_unlock_bh(&hw->lock);
}

/**
 * rxe_rctl_update - change bits of the receive control register
 * @hw: the device
 * @clear: bits to clear
 * @set: bits to set
 *
 * Writes only what differs (see struct rxe_hw). The caller need not hold a lock.
 */
void rxe_rctl_update(struct rxe_hw *hw, u32 clear, u32 set)
{
	u32 rctl;

	spin_lock_bh(&hw->lock);
	rctl = (hw->rctl & ~clear) | set;
	if (rctl != hw->rctl) {
		hw->rctl = rctl;
		rxe_write(hw, RXE_RCTL, rctl);
	}
	spin_unlock_bh(&hw->lock);
}

/* 13.4.7: one frame to the PHY, either way. */
static int rxe_phy_access(struct rxe_hw *hw, u32 command, u16 *value)
{
	u32 mdic;
	int err;

	rxe_write(hw, RXE_MDIC, command | FIELD_PREP(RXE_MDIC_PHYADD, RXE_PHY_ADDRESS));
	err = read_poll_timeout(rxe_read, mdic, mdic & RXE_MDIC_R, RXE_POLL_US, RXE_TIMEOUT_US,
				false, hw, RXE_MDIC);
	if (err)
		return err;
	if (mdic & RXE_MDIC_E)
		return -EIO;
	if (value)
		*value = FIELD_GET(RXE_MDIC_DATA, mdic);
	return 0;
}

/**
 * rxe_phy_read - read a register of the PHY
 * @hw: the device
 * @reg: the register's number, as in IEEE 802.3 clause 22
 * @value: its content
 *
 * Sleeps; the caller holds RTNL, so that accesses do not mix.
 *
 * Return: 0, -ETIMEDOUT or -EIO.
 */
int rxe_phy_read(struct rxe_hw *hw, u8 reg, u16 *value)
{
	return rxe_phy_access(hw, RXE_MDIC_OP_READ | FIELD_PREP(RXE_MDIC_REGADD, reg), value);
}

/**
 * rxe_phy_write - write a register of the PHY
 * @hw: the device
 * @reg: the register's number
 * @value: its new content
 *
 * As rxe_phy_read().
 *
 * Return: 0, -ETIMEDOUT or -EIO.
 */
int rxe_phy_write(struct rxe_hw *hw, u8 reg, u16 value)
{
	return rxe_phy_access(hw, RXE_MDIC_OP_WRITE | value | FIELD_PREP(RXE_MDIC_REGADD, reg),
			      NULL);
}

/**
 * rxe_phy_loopback - have the PHY return to us what we send, or not
 * @hw: the device
 * @on: which of the two
 *
 * IEEE 802.3 22.2.4.1.2. The negotiation is left alone: the emulated device needs
 * no forced speed for this, and keeps its link. Sleeps, under RTNL.
 *
 * Return: 0, -ETIMEDOUT or -EIO.
 */
int rxe_phy_loopback(struct rxe_hw *hw, bool on)
{
	u16 bmcr;
	int err;

	err = rxe_phy_read(hw, MII_BMCR, &bmcr);
	if (err || on == !!(bmcr & BMCR_LOOPBACK))
		return err;
	return rxe_phy_write(hw, MII_BMCR, bmcr ^ BMCR_LOOPBACK);
}

/**
 * rxe_link_read - what the MAC knows of the link
 * @hw: the device
 * @link: filled in
 */
void rxe_link_read(struct rxe_hw *hw, struct rxe_link *link)
{
	u32 status = rxe_read(hw, RXE_STATUS);

	/* All ones is a device that is gone. */
	link->up = status & RXE_STATUS_LU && status != ~0U;
	link->full_duplex = status & RXE_STATUS_FD;
	switch (FIELD_GET(RXE_STATUS_SPEED, status)) {
	case RXE_STATUS_SPEED_10:
		link->speed = 10;
		break;
	case RXE_STATUS_SPEED_100:
		link->speed = 100;
		break;
	default:
		link->speed = 1000;
	}
}

/**
 * rxe_rar_set - set or clear one exact-match receive address
 * @hw: the device
 * @index: which of the 16; 0 is the station's own
 * @addr: the address, or NULL to clear the entry
 */
void rxe_rar_set(struct rxe_hw *hw, unsigned int index, const u8 *addr)
{
	u64 rar = 0;
	int i;

	/* 13.5.2: the first byte on the wire is the lowest of RAL. */
	for (i = ETH_ALEN - 1; addr && i >= 0; i--)
		rar = rar << 8 | addr[i];

	spin_lock_bh(&hw->lock);
	if (rar != hw->rar[index]) {
		hw->rar[index] = rar;
		rxe_rar_write(hw, index);
	}
	spin_unlock_bh(&hw->lock);
}

/**
 * rxe_mta_add - add an address to a multicast table being built
 * @mta: the table, RXE_MTA_WORDS long
 * @addr: the multicast address
 *
 * 13.5.1: with RCTL.MO 0 the hash is the address's bits 47:36.
 */
void rxe_mta_add(u32 *mta, const u8 *addr)
{
	u32 hash = addr[4] >> 4 | addr[5] << 4;

	mta[hash / 32] |= BIT(hash % 32);
}

/**
 * rxe_mta_write - make a multicast table the device's
 * @hw: the device
 * @mta: the table, RXE_MTA_WORDS long
 */
void rxe_mta_write(struct rxe_hw *hw, const u32 *mta)
{
	unsigned int i;

	spin_lock_bh(&hw->lock);
	for (i = 0; i < RXE_MTA_WORDS; i++) {
		if (mta[i] == hw->mta[i])
			continue;
		hw->mta[i] = mta[i];
		rxe_write(hw, RXE_MTA(i), mta[i]);
	}
	spin_unlock_bh(&hw->lock);
}

/**
 * rxe_vlan_strip - take tags out of received frames, or leave them in
 * @hw: the device
 * @on: which of the two; tags are put into transmitted frames only when on
 */
void rxe_vlan_strip(struct rxe_hw *hw, bool on)
{
	u32 ctrl = rxe_read(hw, RXE_CTRL) & ~RXE_CTRL_VME;

	rxe_write(hw, RXE_CTRL, on ? ctrl | RXE_CTRL_VME : ctrl);
}

/* One word of the VLAN table, as it is to be; written only if that is not so. */
static void rxe_vfta_update(struct rxe_hw *hw, unsigned int index)
{
	u32 word = hw->vlan_all ? ~0U : hw->vlan[index];

	/* VLAN 0 is none: the tag has a priority alone (802.1Q 9.6). */
	if (!index)
		word |= BIT(0);
	if (word != hw->vfta[index]) {
		hw->vfta[index] = word;
		rxe_write(hw, RXE_VFTA(index), word);
	}
}

/**
 * rxe_vlan_set - let one VLAN through the filter, or not
 * @hw: the device
 * @vid: the VLAN's id; 0 is always let through
 * @on: whether its frames are received
 */
void rxe_vlan_set(struct rxe_hw *hw, u16 vid, bool on)
{
	unsigned int index = vid / 32;

	spin_lock_bh(&hw->lock);
	if (on)
		hw->vlan[index] |= BIT(vid % 32);
	else
		hw->vlan[index] &= ~BIT(vid % 32);
	rxe_vfta_update(hw, index);
	spin_unlock_bh(&hw->lock);
}

/**
 * rxe_vlan_filter - filter by VLAN, or let all of them through
 * @hw: the device
 * @on: which of the two
 *
 * By filling the table, not by RCTL.VFE: see struct rxe_hw.
 */
void rxe_vlan_filter(struct rxe_hw *hw, bool on)
{
	unsigned int i;

	spin_lock_bh(&hw->lock);
	hw->vlan_all = !on;
	for (i = 0; i < RXE_VFTA_WORDS; i++)
		rxe_vfta_update(hw, i);
	spin_unlock_bh(&hw->lock);
}

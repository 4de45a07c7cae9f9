/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hardware without the network stack: what hw.c offers to the driver.
 */
#ifndef RXE_HW_H
#define RXE_HW_H

#include <linux/etherdevice.h>
#include <linux/io.h>
#include <linux/spinlock.h>

#include "regs.h"

/*
 * The statistics registers that somebody asks for, by their names in the
 * datasheet. GORC and GOTC are pairs of registers.
 */
enum rxe_stat {
	RXE_STAT_CRCERRS,
	RXE_STAT_ALGNERRC,
	RXE_STAT_MPC,
	RXE_STAT_RLEC,
	RXE_STAT_XONRXC,
	RXE_STAT_XONTXC,
	RXE_STAT_XOFFRXC,
	RXE_STAT_XOFFTXC,
	RXE_STAT_FCRUC,
	RXE_STAT_GPRC,
	RXE_STAT_BPRC,
	RXE_STAT_MPRC,
	RXE_STAT_GPTC,
	RXE_STAT_GORC,
	RXE_STAT_GOTC,
	RXE_STAT_RNBC,
	RXE_STAT_RUC,
	RXE_STAT_RFC,
	RXE_STAT_ROC,
	RXE_STAT_RJC,
	RXE_STAT_PTC64,
	RXE_STAT_PTC127,
	RXE_STAT_PTC255,
	RXE_STAT_PTC511,
	RXE_STAT_PTC1023,
	RXE_STAT_PTC1522,
	RXE_STAT_MPTC,
	RXE_STAT_BPTC,
	RXE_STATS
};

/**
 * struct rxe_hw - one device's registers and what was last written to them
 * @regs: BAR 0
 * @lock: the receive filters (RCTL, MTA, RAR, VFTA), which the stack changes
 *	  from several contexts, and the statistics registers
 * @rctl: shadow of RCTL
 * @rar: shadow of the receive addresses, 0 for an unused entry
 * @mta: shadow of the multicast table
 * @vlan: the VLANs that are wanted, a bit for each
 * @vlan_all: all of them are
 * @vfta: shadow of the VLAN table
 * @stat: the statistics registers, summed since probe
 * @stat_seen: of those that reading does not clear, the value last read
 * @stat_emulated: some are like that: the device is QEMU's
 *
 * The shadows are there because a register write that changes nothing is not
 * free: the emulated device stops reception for a second at each write of RCTL.
 */
struct rxe_hw {
	void __iomem *regs;
	spinlock_t lock; /* filters and statistics registers */
	u32 rctl;
	u64 rar[RXE_RAR_ENTRIES];
	u32 mta[RXE_MTA_WORDS];
	u32 vlan[RXE_VFTA_WORDS];
	bool vlan_all;
	u32 vfta[RXE_VFTA_WORDS];
	u64 stat[RXE_STATS];
	u32 stat_seen[RXE_STATS];
	bool stat_emulated;
};

/**
 * struct rxe_link - what the link has come to
 * @up: there is one
 * @speed: Mb/s
 * @full_duplex: both ways at once
 */
struct rxe_link {
	bool up;
	int speed;
	bool full_duplex;
};

static inline u32 rxe_read(const struct rxe_hw *hw, u32 reg)
{
	return readl(hw->regs + reg);
}

static inline void rxe_write(const struct rxe_hw *hw, u32 reg, u32 value)
{
	writel(value, hw->regs + reg);
}

void rxe_hw_reset(struct rxe_hw *hw);
int rxe_eeprom_read(struct rxe_hw *hw, u8 word, u16 *value);
int rxe_hw_read_mac(struct rxe_hw *hw, u8 *addr);
void rxe_hw_setup(struct rxe_hw *hw);
void rxe_rctl_update(struct rxe_hw *hw, u32 clear, u32 set);

void rxe_irq_enable(const struct rxe_hw *hw, u32 causes);
void rxe_irq_disable(const struct rxe_hw *hw);

int rxe_phy_read(struct rxe_hw *hw, u8 reg, u16 *value);
int rxe_phy_write(struct rxe_hw *hw, u8 reg, u16 value);
int rxe_phy_loopback(struct rxe_hw *hw, bool on);
void rxe_link_read(struct rxe_hw *hw, struct rxe_link *link);

void rxe_rar_set(struct rxe_hw *hw, unsigned int index, const u8 *addr);
void rxe_mta_add(u32 *mta, const u8 *addr);
void rxe_mta_write(struct rxe_hw *hw, const u32 *mta);
void rxe_vlan_strip(struct rxe_hw *hw, bool on);
void rxe_vlan_set(struct rxe_hw *hw, u16 vid, bool on);
void rxe_vlan_filter(struct rxe_hw *hw, bool on);

/* hw-stats.c */
void rxe_stats_init(struct rxe_hw *hw, bool emulated);
bool rxe_hw_read_stats(struct rxe_hw *hw);
u64 rxe_stat_read(struct rxe_hw *hw, enum rxe_stat stat, bool reachable);

#endif /* RXE_HW_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * The device's own statistics (13.7), summed up in 64 bits.
 *
 * A register is read when somebody asks for it and at no other time: idling costs
 * no register access. At its maximum it stops, so whoever wants every frame
 * counted asks at least once in four thousand million.
 */

#include "hw.h"

/*
 * Reading clears a register, says the datasheet. On the emulated device it does
 * not for those with "kept", which go on counting.
 */
static const struct {
	u16 reg;
	bool kept;
	bool pair;
} rxe_stat_regs[RXE_STATS] = {
	/* clang-format off */
	[RXE_STAT_CRCERRS]  = { RXE_CRCERRS, .kept = true },
	[RXE_STAT_ALGNERRC] = { RXE_ALGNERRC, .kept = true },
	[RXE_STAT_MPC]      = { RXE_MPC, .kept = true },
	[RXE_STAT_RLEC]     = { RXE_RLEC, .kept = true },
	[RXE_STAT_XONRXC]   = { RXE_XONRXC, .kept = true },
	[RXE_STAT_XONTXC]   = { RXE_XONTXC, .kept = true },
	[RXE_STAT_XOFFRXC]  = { RXE_XOFFRXC, .kept = true },
	[RXE_STAT_XOFFTXC]  = { RXE_XOFFTXC, .kept = true },
	[RXE_STAT_FCRUC]    = { RXE_FCRUC, .kept = true },
	[RXE_STAT_GPRC]     = { RXE_GPRC },
	[RXE_STAT_BPRC]     = { RXE_BPRC },
	[RXE_STAT_MPRC]     = { RXE_MPRC },
	[RXE_STAT_GPTC]     = { RXE_GPTC },
	[RXE_STAT_GORC]     = { RXE_GORCL, .pair = true },
	[RXE_STAT_GOTC]     = { RXE_GOTCL, .pair = true },
	[RXE_STAT_RNBC]     = { RXE_RNBC, .kept = true },
	[RXE_STAT_RUC]      = { RXE_RUC },
	[RXE_STAT_RFC]      = { RXE_RFC, .kept = true },
	[RXE_STAT_ROC]      = { RXE_ROC },
	[RXE_STAT_RJC]      = { RXE_RJC, .kept = true },
	[RXE_STAT_PTC64]    = { RXE_PTC64 },
	[RXE_STAT_PTC127]   = { RXE_PTC127 },
	[RXE_STAT_PTC255]   = { RXE_PTC255 },
	[RXE_STAT_PTC511]   = { RXE_PTC511 },
	[RXE_STAT_PTC1023]  = { RXE_PTC1023 },
	[RXE_STAT_PTC1522]  = { RXE_PTC1522 },
	[RXE_STAT_MPTC]     = { RXE_MPTC },
	[RXE_STAT_BPTC]     = { RXE_BPTC },
	/* clang-format on */
};

/* Adds what a register has counted since it was asked last. Under hw->lock. */
static bool rxe_stat_collect(struct rxe_hw *hw, enum rxe_stat stat)
{
	u32 value = rxe_read(hw, rxe_stat_regs[stat].reg);
	u64 since = value;

	/* All ones is the maximum, or a device that is gone. */
	if (value == ~0U && rxe_read(hw, RXE_STATUS) == ~0U)
		return false;

	/* 13.7.31: the low half first, reading the high half clears both. */
	if (rxe_stat_regs[stat].pair)
		since |= (u64)rxe_read(hw, rxe_stat_regs[stat].reg + sizeof(u32)) << 32;
	if (hw->stat_emulated && rxe_stat_regs[stat].kept) {
		/* Less than before is a device that has been through a reset of the bus. */
		if (value >= hw->stat_seen[stat])
			since -= hw->stat_seen[stat];
		hw->stat_seen[stat] = value;
	}
	hw->stat[stat] += since;
	return true;
}

/**
 * rxe_stats_init - forget what the device has counted so far
 * @hw: the device
 * @emulated: it is QEMU's
 *
 * 13.7: the registers hold anything until they have been read once.
 */
void rxe_stats_init(struct rxe_hw *hw, bool emulated)
{
	enum rxe_stat stat;

	hw->stat_emulated = emulated;
	spin_lock_bh(&hw->lock);
	for (stat = 0; stat < RXE_STATS; stat++) {
		rxe_stat_collect(hw, stat);
		hw->stat[stat] = 0;
	}
	spin_unlock_bh(&hw->lock);
}

/* What the interface's own statistics have of the device's. */
static const enum rxe_stat rxe_stat_live[] = {
	RXE_STAT_MPC,	   RXE_STAT_RNBC, RXE_STAT_CRCERRS,
	RXE_STAT_ALGNERRC, RXE_STAT_ROC,  RXE_STAT_RUC,
};

/**
 * rxe_hw_read_stats - bring the sums up to date that ip -s shows
 * @hw: the device, not suspended
 *
 * Return: false if the device is no longer there.
 */
bool rxe_hw_read_stats(struct rxe_hw *hw)
{
	bool there = true;
	unsigned int i;

	spin_lock_bh(&hw->lock);
	for (i = 0; there && i < ARRAY_SIZE(rxe_stat_live); i++)
		there = rxe_stat_collect(hw, rxe_stat_live[i]);
	spin_unlock_bh(&hw->lock);
	return there;
}

/**
 * rxe_stat_read - a statistics register's sum since probe
 * @hw: the device
 * @stat: which register
 * @reachable: the device can be read; if not, the sum is that of the last time
 *
 * Return: the sum.
 */
u64 rxe_stat_read(struct rxe_hw *hw, enum rxe_stat stat, bool reachable)
{
	u64 sum;

	spin_lock_bh(&hw->lock);
	if (reachable)
		rxe_stat_collect(hw, stat);
	sum = hw->stat[stat];
	spin_unlock_bh(&hw->lock);
	return sum;
}

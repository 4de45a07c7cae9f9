// SPDX-License-Identifier: GPL-2.0
/*
 * What ethtool shows and sets of the link: speed, negotiation, pause, the LED.
 *
 * All of it under RTNL, which orders the accesses to the PHY.
 */

#include <linux/ethtool.h>
#include <linux/mii.h>

#include "ethtool.h"
#include "hw.h"
#include "nic.h"

/* What MAC and PHY can do together: no flow control, for which the MAC has no registers. */
static void rxe_link_supported(unsigned long *modes)
{
	linkmode_zero(modes);
	mii_adv_to_linkmode_adv_t(modes, ADVERTISE_ALL);
	mii_ctrl1000_mod_linkmode_adv_t(modes, ADVERTISE_1000FULL);
	linkmode_set_bit(ETHTOOL_LINK_MODE_Autoneg_BIT, modes);
	linkmode_set_bit(ETHTOOL_LINK_MODE_TP_BIT, modes);
}

/* What the PHY offers to the other end. */
static int rxe_link_advertised(struct rxe_hw *hw, unsigned long *modes)
{
	u16 advertise, ctrl1000;
	int err;

	err = rxe_phy_read(hw, MII_ADVERTISE, &advertise)
		      ?: rxe_phy_read(hw, MII_CTRL1000, &ctrl1000);
	if (err)
		return err;
	linkmode_zero(modes);
	mii_adv_to_linkmode_adv_t(modes, advertise);
	mii_ctrl1000_mod_linkmode_adv_t(modes, ctrl1000);
	linkmode_set_bit(ETHTOOL_LINK_MODE_Autoneg_BIT, modes);
	linkmode_set_bit(ETHTOOL_LINK_MODE_TP_BIT, modes);
	return 0;
}

/**
 * rxe_get_link_ksettings - the link and what was negotiated for it
 * @netdev: the interface
 * @ks: filled in
 *
 * Return: 0, or an error of the PHY's.
 */
int rxe_get_link_ksettings(struct net_device *netdev, struct ethtool_link_ksettings *ks)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	struct rxe_hw *hw = &nic->hw;
	u16 partner, stat1000;
	struct rxe_link link;
	int err;

	rxe_link_supported(ks->link_modes.supported);
	err = rxe_link_advertised(hw, ks->link_modes.advertising) ?:
	      rxe_phy_read(hw, MII_LPA, &partner) ?:
	      rxe_phy_read(hw, MII_STAT1000, &stat1000);
	if (err)
		return err;

	mii_lpa_to_linkmode_lpa_t(ks->link_modes.lp_advertising, partner);
	mii_stat1000_mod_linkmode_lpa_t(ks->link_modes.lp_advertising, stat1000);

	ks->base.port = PORT_TP;
	ks->base.phy_address = RXE_PHY_ADDRESS;
	ks->base.autoneg = AUTONEG_ENABLE;
	ks->base.speed = SPEED_UNKNOWN;
	ks->base.duplex = DUPLEX_UNKNOWN;
	if (!netif_carrier_ok(netdev))
		return 0;

	rxe_link_read(hw, &link);
	ks->base.speed = link.speed;
	ks->base.duplex = link.full_duplex ? DUPLEX_FULL : DUPLEX_HALF;
	return 0;
}

static int rxe_link_negotiate(struct rxe_nic *nic)
{
	u16 bmcr;
	int err;

	err = rxe_phy_read(&nic->hw, MII_BMCR, &bmcr)
		      ?: rxe_phy_write(&nic->hw, MII_BMCR, bmcr | BMCR_ANENABLE | BMCR_ANRESTART);
	/* The emulated device drops the link for this, but raises no LSC. */
	if (!err && netif_running(nic->netdev))
		schedule_work(&nic->link_work);
	return err;
}

/**
 * rxe_set_link_ksettings - choose what is negotiated
 * @netdev: the interface
 * @ks: what is wanted
 *
 * The emulated PHY runs at 1000 Mb/s full duplex whatever it is told. Wishes that
 * leave this out are refused, not taken and then ignored.
 *
 * Return: 0, -EOPNOTSUPP, or an error of the PHY's.
 */
int rxe_set_link_ksettings(struct net_device *netdev, const struct ethtool_link_ksettings *ks)
{
	__ETHTOOL_DECLARE_LINK_MODE_MASK(possible);
	struct rxe_nic *nic = netdev_priv(netdev);
	__ETHTOOL_DECLARE_LINK_MODE_MASK(wanted);
	__ETHTOOL_DECLARE_LINK_MODE_MASK(now);
	struct rxe_hw *hw = &nic->hw;
	u16 advertise, ctrl1000;
	u32 new;
	int err;

	if (ks->base.port != PORT_TP || ks->base.phy_address != RXE_PHY_ADDRESS ||
	    ks->base.eth_tp_mdix_ctrl) {
		netdev_err(netdev, "one port, twisted pair, PHY %d, no choice of MDI: all fixed\n",
			   RXE_PHY_ADDRESS);
		return -EOPNOTSUPP;
	}

	linkmode_copy(wanted, ks->link_modes.advertising);
	if (ks->base.autoneg != AUTONEG_ENABLE ||
	    !(linkmode_adv_to_mii_ctrl1000_t(wanted) & ADVERTISE_1000FULL)) {
		netdev_err(netdev, "only auto-negotiation that offers 1000 Mb/s full duplex\n");
		return -EOPNOTSUPP;
	}

	/* What is offered already may stay: the PHY comes up offering pause. */
	rxe_link_supported(possible);
	err = rxe_link_advertised(hw, now);
	if (err)
		return err;
	linkmode_or(possible, possible, now);
	if (!linkmode_subset(wanted, possible)) {
		netdev_err(netdev,
			   "to advertise are 10, 100 and 1000 Mb/s, the latter full duplex\n");
		return -EOPNOTSUPP;
	}

	err = rxe_phy_read(hw, MII_ADVERTISE, &advertise)
		      ?: rxe_phy_read(hw, MII_CTRL1000, &ctrl1000);
	if (err)
		return err;

	new = linkmode_adv_to_mii_adv_t(wanted);
	/* Negotiating anew drops the link: not for nothing. */
	if (new == (advertise & (ADVERTISE_ALL | ADVERTISE_PAUSE_CAP | ADVERTISE_PAUSE_ASYM)) &&
	    ctrl1000 & ADVERTISE_1000FULL)
		return 0;

	advertise &= ~(ADVERTISE_ALL | ADVERTISE_PAUSE_CAP | ADVERTISE_PAUSE_ASYM);
	err = rxe_phy_write(hw, MII_ADVERTISE, advertise | new)
		      ?: rxe_phy_write(hw, MII_CTRL1000, ctrl1000 | ADVERTISE_1000FULL);
	if (err)
		return err;
	return rxe_link_negotiate(nic);
}

/**
 * rxe_nway_reset - negotiate again
 * @netdev: the interface
 *
 * Return: 0, -EAGAIN while the interface is down, or an error of the PHY's.
 */
int rxe_nway_reset(struct net_device *netdev)
{
	if (!netif_running(netdev))
		return -EAGAIN;
	return rxe_link_negotiate(netdev_priv(netdev));
}

/**
 * rxe_get_pauseparam - flow control, of which the emulated device has none
 * @netdev: the interface
 * @pause: filled in
 */
void rxe_get_pauseparam(struct net_device *netdev, struct ethtool_pauseparam *pause)
{
	pause->autoneg = 0;
	pause->rx_pause = 0;
	pause->tx_pause = 0;
}

/**
 * rxe_set_pauseparam - refuse flow control
 * @netdev: the interface
 * @pause: what is wanted
 *
 * FCAL, FCAH, FCT and FCTTV drop what is written to them on the emulated device.
 *
 * Return: 0 for what is so anyway, else -EOPNOTSUPP.
 */
int rxe_set_pauseparam(struct net_device *netdev, struct ethtool_pauseparam *pause)
{
	if (!pause->autoneg && !pause->rx_pause && !pause->tx_pause)
		return 0;
	netdev_err(netdev, "the device has no flow control\n");
	return -EOPNOTSUPP;
}

/**
 * rxe_set_phys_id - blink the first LED
 * @netdev: the interface
 * @state: begin, on, off, end
 *
 * Return: at the beginning, how often a second; then 0.
 */
int rxe_set_phys_id(struct net_device *netdev, enum ethtool_phys_id_state state)
{
	struct rxe_nic *nic = netdev_priv(netdev);
	struct rxe_hw *hw = &nic->hw;
	u32 ledctl;

	switch (state) {
	case ETHTOOL_ID_ACTIVE:
		nic->ledctl = rxe_read(hw, RXE_LEDCTL);
		return 2;
	case ETHTOOL_ID_ON:
	case ETHTOOL_ID_OFF:
		ledctl = nic->ledctl & ~RXE_LEDCTL_LED0;
		ledctl |= state == ETHTOOL_ID_ON ? RXE_LEDCTL_ON : RXE_LEDCTL_OFF;
		rxe_write(hw, RXE_LEDCTL, ledctl);
		return 0;
	case ETHTOOL_ID_INACTIVE:
		rxe_write(hw, RXE_LEDCTL, nic->ledctl);
		return 0;
	}
	return -EINVAL;
}

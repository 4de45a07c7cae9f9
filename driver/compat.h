/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels that the driver builds on: 6.1 and later.
 */
#ifndef RXE_COMPAT_H
#define RXE_COMPAT_H

#include <linux/netdevice.h>

/* Kbuild asks what is there, not which version: distributions carry back. */
#ifdef RXE_HAVE_PAGE_POOL_HELPERS
#include <net/page_pool/helpers.h>
#else
#include <net/page_pool.h>
#endif

/* Since 6.7 a page of any pool may be given out in parts. */
#ifndef PP_FLAG_PAGE_FRAG
#define PP_FLAG_PAGE_FRAG 0
#endif

/* Programs ask first what an interface can do with them. */
static inline void rxe_xdp_features_init(struct net_device *netdev)
{
#ifdef RXE_HAVE_XDP_FEATURES
	netdev->xdp_features = NETDEV_XDP_ACT_BASIC | NETDEV_XDP_ACT_REDIRECT |
			       NETDEV_XDP_ACT_NDO_XMIT | NETDEV_XDP_ACT_RX_SG |
			       NETDEV_XDP_ACT_NDO_XMIT_SG;
#endif
}

#endif /* RXE_COMPAT_H */

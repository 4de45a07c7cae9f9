/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels that the driver builds on: 6.1 and later.
 */
#ifndef RXE_COMPAT_H
#define RXE_COMPAT_H

#include <linux/ethtool.h>
#include <linux/netdevice.h>
#include <net/xdp.h>

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
			       NETDEV_XDP_ACT_NDO_XMIT;
#endif
}

/* What the stack hands to drivers has parted from what programs see. */
#ifdef RXE_HAVE_KERNEL_TS_INFO
#define rxe_ts_info kernel_ethtool_ts_info
#else
#define rxe_ts_info ethtool_ts_info
#endif

/*
 * Is the frame one that this ring received? Where it does not say, the pool that
 * knows its NAPI instance recognises its own poll by itself.
 */
static inline bool rxe_xdp_frame_is_of(const struct xdp_frame *xdpf, const struct xdp_rxq_info *rxq)
{
#ifdef RXE_HAVE_XDP_FRAME_MEM
	return xdpf->mem.id == rxq->mem.id;
#else
	return false;
#endif
}

#endif /* RXE_COMPAT_H */

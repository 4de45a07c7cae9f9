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

/* With a number of its own the instance keeps its id when it has been at rest. */
static inline void rxe_napi_add(struct net_device *netdev, struct napi_struct *napi,
				int (*poll)(struct napi_struct *, int))
{
#ifdef RXE_HAVE_QUEUE_NAPI
	netif_napi_add_config(netdev, napi, poll, 0);
#else
	netif_napi_add(netdev, napi, poll);
#endif
}

/*
 * Whom a NAPI instance serves: the one pair of queues, and an interrupt, or 0 for
 * neither. Under RTNL; what asks is "ynl --family netdev --dump queue-get".
 */
static inline void rxe_napi_serves(struct net_device *netdev, struct napi_struct *napi, int irq)
{
#ifdef RXE_HAVE_QUEUE_NAPI
	struct napi_struct *server = irq ? napi : NULL;

	netif_napi_set_irq(napi, irq ?: -1);
	netif_queue_set_napi(netdev, 0, NETDEV_QUEUE_TYPE_RX, server);
	netif_queue_set_napi(netdev, 0, NETDEV_QUEUE_TYPE_TX, server);
#endif
}

/* For whom a pool is: "--dump page-pool-get" tells. */
static inline void rxe_pool_is_for(struct page_pool_params *params, struct net_device *netdev)
{
#ifdef RXE_HAVE_QUEUE_NAPI
	params->netdev = netdev;
#endif
}

/*
 * Between these two, what the stack frees in @napi's own poll goes back to the pool
 * without a lock. The instance is at rest meanwhile, and other rings may be its next.
 */
static inline void rxe_pool_napi_begin(struct page_pool *pool, struct napi_struct *napi)
{
#ifdef RXE_HAVE_QUEUE_NAPI
	page_pool_enable_direct_recycling(pool, napi);
#endif
}

static inline void rxe_pool_napi_end(struct page_pool *pool)
{
#ifdef RXE_HAVE_QUEUE_NAPI
	page_pool_disable_direct_recycling(pool);
#endif
}

#endif /* RXE_COMPAT_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels that the driver builds on: 6.1 and later.
 */
#ifndef RXE_COMPAT_H
#define RXE_COMPAT_H

#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 6, 0)
#include <net/page_pool/helpers.h>
#else
#include <net/page_pool.h>
#endif

/* Since 6.3 the pool may recycle without a lock within the NAPI it is told of. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
#define RXE_PAGE_POOL_NAPI(instance)	.napi = (instance),
#else
#define RXE_PAGE_POOL_NAPI(instance)
#endif

#endif /* RXE_COMPAT_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of integers, as the kernel has them, and what is counted by them.
 */
#ifndef RXPATH_TYPES_H
#define RXPATH_TYPES_H

#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define NSEC_PER_USEC 1000ULL
#define NSEC_PER_MSEC 1000000ULL
#define NSEC_PER_SEC  1000000000ULL

#endif /* RXPATH_TYPES_H */

/* SPDX-License-Identifier: GPL-2.0 */
/* Which build of the program this is. */
#ifndef RXPATH_BUILD_H
#define RXPATH_BUILD_H

#include <stddef.h>

#include "base/types.h"

u64 build_id(void);
u64 hash_bytes(u64 hash, const void *data, size_t size);

#endif /* RXPATH_BUILD_H */

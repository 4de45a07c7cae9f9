/* SPDX-License-Identifier: GPL-2.0 */
/* What a filter asks for, and what it has met while it is in force. */
#ifndef RXPATH_CONDITION_H
#define RXPATH_CONDITION_H

#include <linux/bits.h>
#include <linux/if.h>
#include <linux/in6.h>
#include <linux/types.h>

enum rxpath_condition {
	RXPATH_IF_DEV,
	RXPATH_IF_ADDR,
	RXPATH_IF_PORT,
	RXPATH_IF_PROTO,
	RXPATH_IF_PID,
	RXPATH_IF_SAMPLE,
	RXPATH_NR_CONDITIONS,
};

#define RXPATH_FLOWS_BITS 12

/**
 * struct rxpath_flows - flows met while the filter is in force
 * @keys: of remote and local end, as the receiver sees them; 0 is free
 *
 * Grows only, without a lock: a flow that finds no place is not remembered.
 */
struct rxpath_flows {
	u32 keys[1 << RXPATH_FLOWS_BITS];
};

/**
 * struct rxpath_filter - what must hold for a call to be chosen
 * @conditions: which of the members do, as bits of enum rxpath_condition
 * @generation: a number of its own
 * @dev: name of the device, as it was given
 * @ifindex: its index
 * @netns: cookie of its namespace: another's devices have the same indices
 * @family: of @addr
 * @prefix: how many bits of @addr count
 * @addr: of either end
 * @mask: those bits, of an IPv4 address
 * @port: of either end, host order
 * @proto: IPPROTO_*
 * @pid: of the process whose sockets are meant
 * @take: flows whose hash leaves this rest
 * @of: when divided by this
 * @seen: flows that have come through the device, as sockets do not tell it
 * @owned: flows of the process's sockets, as packets do not tell it
 * @ports: ports at which its sockets without a peer wait, a bit each
 */
struct rxpath_filter {
	unsigned long conditions;
	u32 generation;
	char dev[IFNAMSIZ];
	int ifindex;
	u64 netns;
	u8 family;
	u8 prefix;
	union {
		__be32 ip;
		struct in6_addr ip6;
	} addr;
	__be32 mask;
	u16 port;
	u8 proto;
	int pid;
	u32 take;
	u32 of;
	struct rxpath_flows *seen;
	struct rxpath_flows *owned;
	unsigned long *ports;
};

static inline bool filter_has(const struct rxpath_filter *filter, enum rxpath_condition condition)
{
	return filter->conditions & BIT(condition);
}

#endif /* RXPATH_CONDITION_H */

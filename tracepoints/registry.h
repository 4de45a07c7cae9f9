/* SPDX-License-Identifier: GPL-2.0 */
/* What is registered along the path in the running kernel: see registry.c. */
#ifndef RXPATH_REGISTRY_H
#define RXPATH_REGISTRY_H

#include <linux/trace_events.h>
#include <linux/types.h>

#define RXPATH_WHERE_LEN   8
#define RXPATH_WHAT_LEN	   12
#define RXPATH_HANDLER_LEN 48

/**
 * struct rxpath_registered - one handler and what it serves
 * @where: the table that it is in: softirq, packet, ipv4 or ipv6
 * @what: the name of what it serves, empty where we know none
 * @handler: the function's name, and its module's
 * @number: of the softirq, the ethertype (3: every frame), the protocol
 */
struct rxpath_registered {
	char where[RXPATH_WHERE_LEN];
	char what[RXPATH_WHAT_LEN];
	char handler[RXPATH_HANDLER_LEN];
	u32 number;
};

int rxpath_registry_reg(struct trace_event_call *call, enum trace_reg type, void *data);

#endif /* RXPATH_REGISTRY_H */

/* SPDX-License-Identifier: GPL-2.0 */
/* What the events' classes are told by: see arm.c. */
#ifndef RXPATH_ARM_H
#define RXPATH_ARM_H

#include <linux/trace_events.h>

int rxpath_event_reg(struct trace_event_call *call, enum trace_reg type, void *data);

#endif /* RXPATH_ARM_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an event says of a call, read from the registers: capture_<class>() at
 * entry, complete_<class>() at return for the classes that look twice.
 *
 * All of them run with preemption off, in any context, inside a probe: they
 * take no lock, never sleep, and change nothing.
 */
#ifndef RXPATH_CAPTURE_H
#define RXPATH_CAPTURE_H

#include <linux/ptrace.h>

#include "call.h"

s64 capture_return(const struct pt_regs *regs, unsigned int arg);

#define RXPATH_CAPTURE(_class)						\
	void capture_##_class(struct rxpath_call *call, struct pt_regs *regs, \
			      unsigned int arg)
#define RXPATH_COMPLETE(_class)						\
	void complete_##_class(struct rxpath_call *call, unsigned int arg)
#define RXPATH_COMPLETE_NOTHING(_class)					\
	static inline RXPATH_COMPLETE(_class) { }

static inline RXPATH_CAPTURE(call) { }
RXPATH_CAPTURE(irq);
RXPATH_CAPTURE(napi);
RXPATH_CAPTURE(skb);
RXPATH_CAPTURE(merge);
RXPATH_CAPTURE(ip);
RXPATH_CAPTURE(route);
RXPATH_CAPTURE(tcp);
RXPATH_CAPTURE(segment);
RXPATH_CAPTURE(coalesce);
RXPATH_CAPTURE(sock);
RXPATH_CAPTURE(wake);
RXPATH_CAPTURE(callback);
RXPATH_CAPTURE(epoll_ctl);
RXPATH_CAPTURE(epoll_wait);
RXPATH_CAPTURE(recv);
RXPATH_CAPTURE(copy);

RXPATH_COMPLETE_NOTHING(call)
RXPATH_COMPLETE_NOTHING(irq)
RXPATH_COMPLETE(napi);
RXPATH_COMPLETE_NOTHING(skb)
RXPATH_COMPLETE_NOTHING(merge)
RXPATH_COMPLETE_NOTHING(ip)
RXPATH_COMPLETE(route);
RXPATH_COMPLETE_NOTHING(tcp)
RXPATH_COMPLETE(segment);
RXPATH_COMPLETE_NOTHING(coalesce)
RXPATH_COMPLETE_NOTHING(sock)
RXPATH_COMPLETE_NOTHING(wake)
RXPATH_COMPLETE_NOTHING(callback)
RXPATH_COMPLETE_NOTHING(epoll_ctl)
RXPATH_COMPLETE_NOTHING(epoll_wait)
RXPATH_COMPLETE(recv);
RXPATH_COMPLETE_NOTHING(copy)

#endif /* RXPATH_CAPTURE_H */

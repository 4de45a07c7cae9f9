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

#include "call.h"

s64 capture_return(unsigned long value, unsigned int arg);

void capture_irq(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_napi(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_skb(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_merge(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_ip(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_route(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_tcp(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_segment(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_coalesce(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_sock(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_wake(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_callback(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_epoll_ctl(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_epoll_wait(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_recv(struct rxpath_call *call, const unsigned long *args, unsigned int arg);
void capture_copy(struct rxpath_call *call, const unsigned long *args, unsigned int arg);

void complete_napi(struct rxpath_call *call, unsigned int arg);
void complete_route(struct rxpath_call *call, unsigned int arg);
void complete_segment(struct rxpath_call *call, unsigned int arg);
void complete_recv(struct rxpath_call *call, unsigned int arg);

/* The class "call" has nothing but times and a return value; most are said at entry. */
static inline void capture_call(struct rxpath_call *call, const unsigned long *args, unsigned int arg)
{
}

static inline void complete_nothing(struct rxpath_call *call, unsigned int arg)
{
}

#define complete_call	    complete_nothing
#define complete_irq	    complete_nothing
#define complete_skb	    complete_nothing
#define complete_merge	    complete_nothing
#define complete_ip	    complete_nothing
#define complete_tcp	    complete_nothing
#define complete_coalesce   complete_nothing
#define complete_sock	    complete_nothing
#define complete_wake	    complete_nothing
#define complete_callback   complete_nothing
#define complete_epoll_ctl  complete_nothing
#define complete_epoll_wait complete_nothing
#define complete_copy	    complete_nothing

#endif /* RXPATH_CAPTURE_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * The filter at work. Runs at the entry of every hooked call while a filter is
 * set, in any context: what it turns away has cost little more than the way here.
 *
 *   A packet is judged by its own headers and device, wherever it is met.
 *   A socket is judged by its ends; or it is the chosen packet's.
 *   A step of something (wake-up, callback, route lookup) goes with the chosen
 *   call that it is part of.
 *   A call around others (poll, list of packets, epoll_wait) is chosen if one of
 *   those is: as an event is written at return, that is known by then.
 *   An interrupt handler's calls are chosen: nobody knows yet whose frames they
 *   announce.
 *
 * What is part of what: a scope is one context of a CPU, or one task.
 */
#include <linux/net.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <net/sock.h>

#include "arguments.h"
#include "gate.h"
#include "judge.h"
#include "match.h"
#include "scope.h"

DEFINE_STATIC_KEY_FALSE(rxpath_filtering);
struct rxpath_filter __rcu *rxpath_filter;
__be16 rxpath_only_port;
int rxpath_gated;

/* In its own context, as hooked functions that work for others run in anybody's. */
static bool is_process(const struct rxpath_filter *filter)
{
	return in_task() && (current->tgid == filter->pid || current->pid == filter->pid);
}

static const struct sock *file_socket(struct file *file)
{
	const struct socket *socket = file ? sock_from_file(file) : NULL;

	return socket ? socket->sk : NULL;
}

static noinline bool judge_socket(struct rxpath_filter *filter, struct rxpath_call *call,
				  const struct sock *sk)
{
	if (filter_has(filter, RXPATH_IF_PID) && sk && is_process(filter))
		rxpath_filter_learn(filter, sk);
	if (rxpath_socket_matches(filter, sk) || in_chosen_call(filter->generation))
		return call_chosen(call, filter->generation);
	return false;
}

static noinline bool judge_device(struct rxpath_filter *filter, struct rxpath_call *call,
				  unsigned int arg)
{
	struct rxpath_scope *scope;

	if (in_hardirq())
		return call_chosen(call, filter->generation);
	scope = call_pending(call, filter->generation);
	if (!scope)
		return false;
	/* Where polling ends nothing need be in it: what was polled counts. */
	if (RXPATH_SECOND_OF(arg))
		call->before = scope->polled;
	else
		scope->polled = scope->hits;
	return true;
}

static noinline bool judge_calls(struct rxpath_filter *filter, struct rxpath_call *call)
{
	const bool alone = filter->conditions == BIT(RXPATH_IF_PID) && is_process(filter);

	if (alone || in_chosen_call(filter->generation))
		return call_chosen(call, filter->generation);
	return call_pending(call, filter->generation);
}

static __always_inline bool judge(struct rxpath_filter *filter, struct rxpath_frame *frame,
				  unsigned int arg, enum rxpath_subject subject)
{
	struct rxpath_call *call = &frame->call;

	if (likely(subject <= RXPATH_BY_COPY))
		return rxpath_packet_matches(filter, packet_of(frame->args, arg, subject),
					     subject) &&
		       call_chosen(call, filter->generation);
	switch (subject) {
	case RXPATH_BY_SOCKET:
		return judge_socket(filter, call, socket_of(frame->args, arg));
	case RXPATH_BY_FILE:
		return judge_socket(filter, call, file_socket((void *)frame->args[0]));
	case RXPATH_BY_DEVICE:
		return judge_device(filter, call, arg);
	case RXPATH_BY_PART:
		return in_chosen_call(filter->generation) && call_chosen(call, filter->generation);
	case RXPATH_BY_SOFTIRQS:
		return in_chosen_call(filter->generation) ? call_chosen(call, filter->generation)
							  : rxpath_pend_on_softirqs(call);
	default:
		return judge_calls(filter, call);
	}
}

/**
 * rxpath_judge - does the filter let a call become an event?
 * @frame: the call
 * @arg: the hook's argument index and flags
 * @subject: what the call is about
 *
 * Return: false if not; true also where its return will tell.
 */
bool rxpath_judge(struct rxpath_frame *frame, unsigned int arg, enum rxpath_subject subject)
{
	struct rxpath_filter *filter;
	bool chosen;

	/* Holds the filter and the CPU. The notrace kind: this is in every call's way. */
	preempt_disable_notrace();
	filter = rcu_dereference_raw(rxpath_filter);
	chosen = !filter || judge(filter, frame, arg, subject);
	preempt_enable_notrace();
	return chosen;
}

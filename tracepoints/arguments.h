/* SPDX-License-Identifier: GPL-2.0 */
/* Where a hooked call's packet or socket is among its arguments: the hook's flags say it. */
#ifndef RXPATH_ARGUMENTS_H
#define RXPATH_ARGUMENTS_H

#include <linux/net.h>
#include <linux/skbuff.h>
#include <net/sock.h>

#include "rxpath_hooks.h"
#include "subject.h"

static __always_inline const struct sk_buff *packet_of(const unsigned long *args, unsigned int arg,
						       enum rxpath_subject subject)
{
	const unsigned int index = arg & RXPATH_ARG_MASK;
	const struct sk_buff *skb = (void *)args[index];

	if (subject == RXPATH_BY_MERGE)
		return (void *)args[index + 1];
	if (arg & RXPATH_PSKB)
		return skb ? *(const struct sk_buff **)skb : NULL;
	return skb;
}

static __always_inline const struct sock *socket_of(const unsigned long *args, unsigned int arg)
{
	const void *argument = (void *)args[arg & RXPATH_ARG_MASK];

	if (!(arg & RXPATH_SOCKET))
		return argument;
	return argument ? READ_ONCE(((const struct socket *)argument)->sk) : NULL;
}

#endif /* RXPATH_ARGUMENTS_H */

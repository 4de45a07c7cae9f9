// SPDX-License-Identifier: GPL-2.0
/* From 6.11 on: the function that drops a packet is told the socket first. */
#include <linux/skbuff.h>

void probe(struct sock *sk, struct sk_buff *skb);
void probe(struct sock *sk, struct sk_buff *skb)
{
	sk_skb_reason_drop(sk, skb, SKB_DROP_REASON_NOT_SPECIFIED);
}

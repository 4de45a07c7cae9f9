// SPDX-License-Identifier: GPL-2.0
/* Before 6.11: it is told the packet first. */
#include <linux/skbuff.h>

void probe(struct sk_buff *skb);
void probe(struct sk_buff *skb)
{
	kfree_skb_reason(skb, SKB_DROP_REASON_NOT_SPECIFIED);
}

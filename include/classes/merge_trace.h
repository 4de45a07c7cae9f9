/* SPDX-License-Identifier: GPL-2.0 */
/* GRO appends one frame to the packet that it holds. */

#define RXPATH_merge_SUBJECT RXPATH_BY_MERGE
#define RXPATH_merge_FIELDS(F)                                                                     \
	F(ID, into, kept->into, "the packet that GRO holds")                                       \
	F(ID, skb, kept->skb, "the one whose data it takes")                                       \
	F(U32, len, kept->len, "its bytes")                                                        \
	F(RET, ret, call->ret)
#define RXPATH_merge_PRINT                                                                         \
	"into=%08x skb=%08x len=%u ret=%d", __entry->into, __entry->skb, __entry->len, __entry->ret

RXPATH_STORE(merge, RXPATH_merge_FIELDS)
RXPATH_CLASS(merge, merge, merge)

#ifdef RXPATH_KEPT
struct rxpath_merge {
	u32 into;
	u32 skb;
	u32 len;
};
#endif

#ifdef RXPATH_CAPTURE
#include <net/gro.h>

static __always_inline void capture_merge(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const struct sk_buff *into = (void *)argument(args, arg);
	const struct sk_buff *skb = (void *)argument(args, arg + 1);

	call->merge.into = object_id(into);
	call->merge.skb = object_id(skb);
	call->merge.len = skb ? skb_gro_len(skb) : 0;
}

#define complete_merge complete_nothing
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* GRO lets a packet go. */

#define RXPATH_flush_SUBJECT RXPATH_BY_PACKET
#define RXPATH_flush_FIELDS(F)                                                                     \
	F(ID, skb, kept->skb, "the packet that GRO lets go")                                       \
	F(U32, len, kept->len, "its bytes")                                                        \
	F(U16, count, kept->count, "the frames that are in it")                                    \
	F(RET, ret, call->ret)
#define RXPATH_flush_PRINT                                                                         \
	"skb=%08x len=%u count=%u ret=%d", __entry->skb, __entry->len, __entry->count, __entry->ret

RXPATH_STORE(flush, RXPATH_flush_FIELDS)
RXPATH_CLASS(flush, flush, flush)

#ifdef RXPATH_KEPT
/* GRO lets a packet go. */
struct rxpath_flush {
	u32 skb;
	u32 len;
	u16 count;
};
#endif

#ifdef RXPATH_CAPTURE
#include <net/gro.h>

static __always_inline void capture_flush(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	call->flush = (struct rxpath_flush){ .skb = object_id(skb) };
	if (!skb)
		return;
	call->flush.len = skb->len;
	call->flush.count = NAPI_GRO_CB(skb)->count;
}

#define complete_flush complete_nothing
#endif

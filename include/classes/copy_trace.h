/* SPDX-License-Identifier: GPL-2.0 */
/* Bytes of a packet are copied to a program. */

#define RXPATH_copy_SUBJECT RXPATH_BY_COPY
#define RXPATH_copy_FIELDS(F)                                                                      \
	F(ID, skb, kept->skb)                                                                      \
	F(U32, offset, kept->offset)                                                               \
	F(U32, len, kept->len)                                                                     \
	F(RET, ret, call->ret)
#define RXPATH_copy_PRINT                                                                          \
	"skb=%08x offset=%u len=%u ret=%d", __entry->skb, __entry->offset, __entry->len,           \
		__entry->ret

RXPATH_STORE(copy, RXPATH_copy_FIELDS)
RXPATH_CLASS(copy, copy, copy)

#ifdef RXPATH_KEPT
struct rxpath_copy {
	u32 skb;
	u32 offset;
	u32 len;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_copy(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	call->copy.skb = object_id((void *)argument(args, arg));
	call->copy.offset = argument(args, arg + 1);
	call->copy.len = argument(args, arg + 3);
}

#define complete_copy complete_nothing
#endif

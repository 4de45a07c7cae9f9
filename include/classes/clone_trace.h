/* SPDX-License-Identifier: GPL-2.0 */
/* A second skb for the same data. */

#define RXPATH_clone_SUBJECT RXPATH_BY_COPY
#define RXPATH_clone_FIELDS(F)                                                                     \
	F(ID, skb, kept->skb)                                                                      \
	F(ID, clone, call->ret, "the id of the second skb for the same data")
#define RXPATH_clone_PRINT "skb=%08x clone=%08x", __entry->skb, __entry->clone

RXPATH_STORE(clone, RXPATH_clone_FIELDS)
RXPATH_CLASS(clone, clone, clone)

#ifdef RXPATH_KEPT
/* The copy is what the function returns. */
struct rxpath_clone {
	u32 skb;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_clone(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	call->clone.skb = object_id((void *)argument(args, arg));
}

#define complete_clone complete_nothing
#endif

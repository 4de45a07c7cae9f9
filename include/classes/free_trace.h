/* SPDX-License-Identifier: GPL-2.0 */
/* An skb is given back. */

#define RXPATH_free_SUBJECT RXPATH_BY_PART
#define RXPATH_free_FIELDS(F)                                                                      \
	F(ID, skb, kept->skb)                                                                      \
	F(U32, users, kept->users,                                                                 \
	  "that it has: where it is more than 1, this is one of them and not the end")             \
	F(RET, ret, call->ret)
#define RXPATH_free_PRINT "skb=%08x users=%u ret=%d", __entry->skb, __entry->users, __entry->ret

RXPATH_STORE(free, RXPATH_free_FIELDS)
RXPATH_CLASS(free, free, free)

#ifdef RXPATH_KEPT
struct rxpath_free {
	u32 skb;
	u32 users;
};
#endif

#ifdef RXPATH_CAPTURE
/* The memory is the skb's own until the function has run. */
static __always_inline void capture_free(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	call->free = (struct rxpath_free){ .skb = object_id(skb) };
	if (skb)
		call->free.users = refcount_read(&skb->users);
}

#define complete_free complete_nothing
#endif

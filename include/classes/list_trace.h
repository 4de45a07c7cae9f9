/* SPDX-License-Identifier: GPL-2.0 */
/* A list of packets. */

#define RXPATH_list_SUBJECT RXPATH_BY_LIST
#define RXPATH_list_FIELDS(F)                                                                      \
	F(ID, first, kept->first, "skb of the list")                                               \
	F(U32, count, kept->count, "of its packets")                                               \
	F(RET, ret, call->ret)
#define RXPATH_list_PRINT "first=%08x count=%u ret=%d", __entry->first, __entry->count, __entry->ret

RXPATH_STORE(list, RXPATH_list_FIELDS)
RXPATH_CLASS(list, list, list)

#ifdef RXPATH_KEPT
/* A list of packets: how many, and the first of them. */
struct rxpath_list {
	u32 first;
	u32 count;
};
#endif

#ifdef RXPATH_CAPTURE
/* A list longer than this is counted no further. */
#define LIST_MAX 1024

static __always_inline void capture_list(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct list_head *head = (void *)argument(args, arg);
	const struct sk_buff *skb;

	call->list = (struct rxpath_list){};
	if (!head)
		return;
	list_for_each_entry(skb, head, list) {
		if (!call->list.count)
			call->list.first = object_id(skb);
		if (++call->list.count == LIST_MAX)
			break;
	}
}

#define complete_list complete_nothing
#endif

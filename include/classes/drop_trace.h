/* SPDX-License-Identifier: GPL-2.0 */
/* A packet is dropped, and why. */

#define RXPATH_drop_SUBJECT RXPATH_BY_COPY
#define RXPATH_drop_FIELDS(F)                                                                      \
	F(ID, skb, kept->skb)                                                                      \
	F(U32, len, kept->len)                                                                     \
	F(U32, users, kept->users)                                                                 \
	F(U32, number, kept->reason, "the kernel's number of the reason")                          \
	F(U16, protocol, kept->protocol, "ethertype")                                              \
	F(FILL28, reason, drop_name(__entry->reason, kept->reason),                                \
	  "the kernel's name of it; NOT_SPECIFIED also where nothing went wrong")                  \
	F(RET, ret, call->ret)
#define RXPATH_drop_PRINT                                                                          \
	"skb=%08x len=%u users=%u protocol=%s number=%u reason=%s ret=%d", __entry->skb,           \
		__entry->len, __entry->users, show_ethertype(__entry->protocol), __entry->number,  \
		__entry->reason, __entry->ret

RXPATH_STORE(drop, RXPATH_drop_FIELDS)
RXPATH_CLASS(drop, drop, drop)

#ifdef RXPATH_KEPT
struct rxpath_drop {
	u32 skb;
	u32 len;
	u32 users;
	u32 reason;
	u16 protocol;
};
#endif

#ifdef RXPATH_CAPTURE
#include <net/dropreason.h>

/*
 * Why a packet is dropped, by the kernel's name of the reason. Later kernels have
 * a list for each of their parts, and the part's number above the reason's.
 */
#ifdef SKB_DROP_REASON_SUBSYS_SHIFT
static inline void drop_name(char to[28], unsigned int reason)
{
	const unsigned int part = reason >> SKB_DROP_REASON_SUBSYS_SHIFT;
	const unsigned int number = reason & ~SKB_DROP_REASON_SUBSYS_MASK;
	const struct drop_reason_list *list = NULL;
	const char *name = NULL;

	rcu_read_lock();
	if (part < SKB_DROP_REASON_SUBSYS_NUM)
		list = rcu_dereference(drop_reasons_by_subsys[part]);
	if (list && number < list->n_reasons)
		name = list->reasons[number];
	strscpy_pad(to, name ?: "?", 28);
	rcu_read_unlock();
}
#else
static inline void drop_name(char to[28], unsigned int reason)
{
	const char *name = reason < SKB_DROP_REASON_MAX ? drop_reasons[reason] : NULL;

	strscpy_pad(to, name ?: "?", 28);
}
#endif

static __always_inline void capture_drop(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	call->drop = (struct rxpath_drop){
		.skb = object_id(skb),
		.reason = argument(args, arg + 1),
	};
	if (!skb)
		return;
	call->drop.len = skb->len;
	call->drop.users = refcount_read(&skb->users);
	call->drop.protocol = ntohs(skb->protocol);
}

#define complete_drop complete_nothing
#endif

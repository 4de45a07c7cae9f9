/* SPDX-License-Identifier: GPL-2.0 */
/* A segment is joined to the last of the queue. */

#define RXPATH_coalesce_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_coalesce_FIELDS(F)                                                                  \
	F(ID, sk, kept->sk)                                                                        \
	F(ID, into, kept->into)                                                                    \
	F(ID, skb, kept->skb)                                                                      \
	F(U32, seq, kept->seq)                                                                     \
	F(U32, end_seq, kept->end_seq)                                                             \
	F(RET8, ret, call->ret, "1: the bytes joined `into`")
#define RXPATH_coalesce_PRINT                                                                      \
	"sk=%08x into=%08x skb=%08x seq=%u end_seq=%u ret=%s", __entry->sk, __entry->into,         \
		__entry->skb, __entry->seq, __entry->end_seq,                                      \
		__print_symbolic(__entry->ret, { 0, "kept" }, { 1, "joined" })

RXPATH_STORE(coalesce, RXPATH_coalesce_FIELDS)
RXPATH_CLASS(coalesce, coalesce, coalesce)

#ifdef RXPATH_KEPT
struct rxpath_coalesce {
	u32 sk;
	u32 into;
	u32 skb;
	u32 seq;
	u32 end_seq;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_coalesce(struct rxpath_call *call, const unsigned long *args,
					     unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg + 2);

	call->coalesce = (struct rxpath_coalesce){
		.sk = object_id((void *)argument(args, arg)),
		.into = object_id((void *)argument(args, arg + 1)),
		.skb = object_id(skb),
	};
	if (!skb)
		return;
	call->coalesce.seq = TCP_SKB_CB(skb)->seq;
	call->coalesce.end_seq = TCP_SKB_CB(skb)->end_seq;
}

#define complete_coalesce complete_nothing
#endif

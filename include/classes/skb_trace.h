/* SPDX-License-Identifier: GPL-2.0 */
/* A frame, and one on its way through GRO. */

#define RXPATH_skb_SUBJECT RXPATH_BY_FRAME
#define RXPATH_skb_FIELDS(F)                                                                       \
	F(ID, skb, kept->skb)                                                                      \
	F(INT, ifindex, kept->ifindex)                                                             \
	F(U32, len, kept->len, "bytes")                                                            \
	F(U16, protocol, kept->protocol, "ethertype")                                              \
	F(RET, ret, call->ret,                                                                     \
	  "of the two GRO functions: 0 merged, 1 merged and freed, 2 held, 3 passed on, 4 consumed")
#define RXPATH_skb_PRINT                                                                           \
	"skb=%08x ifindex=%d len=%u protocol=%s ret=%d", __entry->skb, __entry->ifindex,           \
		__entry->len, show_ethertype(__entry->protocol), __entry->ret

#define RXPATH_gro_SUBJECT RXPATH_BY_FRAME
#define RXPATH_gro_FIELDS(F)                                                                       \
	F(ID, skb, kept->skb.skb)                                                                  \
	F(INT, ifindex, kept->skb.ifindex)                                                         \
	F(U32, len, kept->skb.len, "bytes")                                                        \
	F(U16, protocol, kept->skb.protocol, "ethertype")                                          \
	F(U8, inner, kept->inner, "and what follows tell of the calls in it, see below")           \
	F(S8, merge_ret, kept->merge_ret)                                                          \
	F(U32, dev_after, kept->dev_after)                                                         \
	F(U32, dev_dur, kept->dev_dur)                                                             \
	F(U32, merge_after, kept->merge_after)                                                     \
	F(U32, merge_dur, kept->merge_dur)                                                         \
	F(ID, into, kept->into)                                                                    \
	F(U32, merged, kept->merged)                                                               \
	F(RET, ret, call->ret)
#define RXPATH_gro_PRINT                                                                           \
	"skb=%08x ifindex=%d len=%u protocol=%s inner=%s dev_after=%u dev_dur=%u "                 \
	"merge_after=%u merge_dur=%u into=%08x merged=%u merge_ret=%d ret=%d",                     \
		__entry->skb, __entry->ifindex, __entry->len, show_ethertype(__entry->protocol),   \
		__print_flags(__entry->inner, "|", { 1, "dev_gro_receive" },                       \
			      { 2, "skb_gro_receive" }),                                           \
		__entry->dev_after, __entry->dev_dur, __entry->merge_after, __entry->merge_dur,    \
		__entry->into, __entry->merged, __entry->merge_ret, __entry->ret

RXPATH_STORE(skb, RXPATH_skb_FIELDS)
RXPATH_CLASS(skb, skb, skb)
RXPATH_STORE(gro, RXPATH_gro_FIELDS)
/* The reader takes it apart: then it is a frame's, and the calls in it have events of their own. */
RXPATH_CLASS_AS(gro, gro, gro)
#define EV_gro EV_skb

#ifdef RXPATH_KEPT
struct rxpath_skb {
	u32 skb;
	int ifindex;
	u32 len;
	u16 protocol;
};

/*
 * A frame on its way through GRO, and the calls in its own that are told with it
 * (fold.h): ns from the start of the one to the other's. @around: the call that
 * @rxpath_gro_call was before.
 */
struct rxpath_gro {
	struct rxpath_skb skb;
	struct rxpath_call *around;
	u32 dev_after;
	u32 dev_dur;
	u32 merge_after;
	u32 merge_dur;
	u32 into;
	u32 merged;
	s8 merge_ret;
	u8 inner;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void skb_describe(struct rxpath_skb *to, const struct sk_buff *skb)
{
	*to = (struct rxpath_skb){ .skb = object_id(skb) };
	if (!skb)
		return;
	to->ifindex = skb->dev ? skb->dev->ifindex : 0;
	to->len = skb->len;
	to->protocol = ntohs(skb->protocol);
}

static __always_inline void capture_skb(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	if (arg & RXPATH_PSKB)
		skb = skb ? *(const struct sk_buff **)skb : NULL;
	skb_describe(&call->skb, skb);
}

#define complete_skb complete_nothing

static __always_inline void capture_gro(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	skb_describe(&call->gro.skb, (void *)argument(args, arg));
	fold_begin(call);
}

static __always_inline void complete_gro(struct rxpath_call *call, unsigned int arg)
{
	fold_end(call);
}
#endif

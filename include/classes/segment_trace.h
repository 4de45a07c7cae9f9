/* SPDX-License-Identifier: GPL-2.0 */
/* A segment that has come to its socket. */

/* What both tell. */
#define RXPATH_segment_COMMON(F)                                                                   \
	F(ID, sk, kept->sock.sk)                                                                   \
	F(ID, skb, kept->skb)                                                                      \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U8, state, kept->sock.state, "before")                                                   \
	F(U32, seq, kept->seq)                                                                     \
	F(U32, end_seq, kept->end_seq)                                                             \
	F(U32, rcv_nxt, kept->rcv_nxt)                                                             \
	F(U32, rcv_nxt_after, kept->rcv_nxt_after)                                                 \
	F(U32, queued, kept->sock.queued)                                                          \
	F(U32, queued_after, kept->queued_after)
#define RXPATH_segment_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_segment_FIELDS(F) RXPATH_segment_COMMON(F) F(RET, ret, call->ret)
#define RXPATH_segment_PRINT                                                                       \
	"sk=%08x skb=%08x sport=%u dport=%u state=%s seq=%u end_seq=%u rcv_nxt=%u->%u "            \
	"queued=%u->%u ret=%d",                                                                    \
		__entry->sk, __entry->skb, __entry->sport, __entry->dport,                         \
		show_tcp_state(__entry->state), __entry->seq, __entry->end_seq, __entry->rcv_nxt,  \
		__entry->rcv_nxt_after, __entry->queued, __entry->queued_after, __entry->ret

#define RXPATH_input_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_input_FIELDS(F)									\
	RXPATH_segment_COMMON(F)								\
	F(U32, window, kept->window, "bytes that the peer may still send")			\
	F(U8, order, kept->order)								\
	F(U8, path, kept->path)								\
	F(U8, acked, kept->ack, "see below")							\
	F(RET, ret, call->ret)
#define RXPATH_input_PRINT                                                                         \
	"sk=%08x skb=%08x sport=%u dport=%u state=%s seq=%u end_seq=%u rcv_nxt=%u->%u "            \
	"queued=%u->%u window=%u order=%s path=%s acked=%s ret=%d",                                \
		__entry->sk, __entry->skb, __entry->sport, __entry->dport,                         \
		show_tcp_state(__entry->state), __entry->seq, __entry->end_seq, __entry->rcv_nxt,  \
		__entry->rcv_nxt_after, __entry->queued, __entry->queued_after, __entry->window,   \
		__print_symbolic(__entry->order, { 0, "none" }, { 1, "next" }, { 2, "old" },       \
				 { 3, "overlap" }, { 4, "ahead" }, { 5, "beyond" }),               \
		__print_symbolic(__entry->path, { 0, "none" }, { 1, "fast" }, { 2, "slow" }),      \
		show_acked(__entry->acked), __entry->ret

RXPATH_STORE(segment, RXPATH_input_FIELDS)
RXPATH_CLASS(segment, segment, segment)
RXPATH_CLASS(input, segment, segment)

#ifdef RXPATH_KEPT
/* Where a segment lies in what the socket expects. */
enum rxpath_order {
	RXPATH_ORDER_NONE, /* no data */
	RXPATH_ORDER_NEXT, /* in order */
	RXPATH_ORDER_OLD, /* all of it has been received before */
	RXPATH_ORDER_OVERLAP, /* its beginning has */
	RXPATH_ORDER_AHEAD, /* out of order: something before it is missing */
	RXPATH_ORDER_BEYOND, /* outside of the window */
};

/* Header prediction at the beginning of tcp_rcv_established(). */
enum rxpath_path {
	RXPATH_PATH_NONE, /* another function */
	RXPATH_PATH_FAST,
	RXPATH_PATH_SLOW,
};

/*
 * The caller holds the socket for the whole call: it is there at return too.
 * The members behind fin are those of the class "input".
 */
struct rxpath_segment {
	const struct sock *socket;
	struct rxpath_sock sock;
	u32 skb;
	u32 seq;
	u32 end_seq;
	u32 rcv_nxt;
	u32 rcv_nxt_after;
	u32 queued_after;
	bool fin;
	u8 order;
	u8 path;
	u8 ack;
	u32 segs_out;
	u32 window;
};
#endif

#ifdef RXPATH_CAPTURE
/* As tcp_data_queue() decides it. */
static inline u8 segment_order(const struct tcp_sock *tp, u32 seq, u32 end_seq)
{
	const u32 window = tcp_receive_window(tp);

	if (seq == end_seq)
		return RXPATH_ORDER_NONE;
	if (seq == tp->rcv_nxt)
		return window ? RXPATH_ORDER_NEXT : RXPATH_ORDER_BEYOND;
	if (!after(end_seq, tp->rcv_nxt))
		return RXPATH_ORDER_OLD;
	if (!before(seq, tp->rcv_nxt + window))
		return RXPATH_ORDER_BEYOND;
	return before(seq, tp->rcv_nxt) ? RXPATH_ORDER_OVERLAP : RXPATH_ORDER_AHEAD;
}

/* What header prediction compares: all flags but PSH, header length, window. */
#define PREDICTED_BITS (~(TCP_RESERVED_BITS | TCP_FLAG_PSH))

/*
 * Header prediction as tcp_rcv_established() does it, but for the time stamp's
 * age. A segment with data that the socket has no memory set aside for leaves
 * the fast path, too.
 */
static inline u8 segment_path(const struct sock *sk, const struct sk_buff *skb)
{
	const struct tcphdr *tcp = (const void *)skb->data;
	const struct tcp_sock *tp = tcp_sk(sk);

	if ((tcp_flag_word(tcp) & PREDICTED_BITS) != tp->pred_flags ||
	    TCP_SKB_CB(skb)->seq != tp->rcv_nxt || after(TCP_SKB_CB(skb)->ack_seq, tp->snd_nxt) ||
	    before(TCP_SKB_CB(skb)->ack_seq, tp->snd_una))
		return RXPATH_PATH_SLOW;
	if (skb->len > tp->tcp_header_len && (int)skb->truesize > sk->sk_forward_alloc)
		return RXPATH_PATH_SLOW;
	return RXPATH_PATH_FAST;
}

/*
 * The table hooks functions of this class only behind tcp_v4_fill_cb(): the
 * control block holds the sequence numbers of a TCP segment.
 */
static __always_inline void capture_segment(struct rxpath_call *call, const unsigned long *args,
					    unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const struct sk_buff *skb = (void *)argument(args, arg + 1);

	call->segment = (struct rxpath_segment){ .skb = object_id(skb) };
	sock_describe(&call->segment.sock, sk);
	if (skb) {
		call->segment.seq = TCP_SKB_CB(skb)->seq;
		call->segment.end_seq = TCP_SKB_CB(skb)->end_seq;
	}
	if (!sk || !sock_is_tcp(sk))
		return;
	call->segment.socket = sk;
	call->segment.fin = skb && TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN;
	call->segment.rcv_nxt = READ_ONCE(tcp_sk(sk)->rcv_nxt);
}

static __always_inline void complete_segment(struct rxpath_call *call, unsigned int arg)
{
	const struct sock *sk = call->segment.socket;

	if (!sk)
		return;
	call->segment.rcv_nxt_after = READ_ONCE(tcp_sk(sk)->rcv_nxt);
	call->segment.queued_after = bytes_queued(sk);
	/* The socket learns of a FIN only after the segment has been queued. */
	if (call->segment.fin && !sock_flag(sk, SOCK_DONE) &&
	    call->segment.rcv_nxt_after == call->segment.end_seq && call->segment.queued_after)
		call->segment.queued_after--;
}

static __always_inline void capture_input(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const struct sk_buff *skb = (void *)argument(args, arg + 1);

	capture_segment(call, args, arg);
	if (!call->segment.socket || !skb)
		return;
	call->segment.segs_out = READ_ONCE(tcp_sk(sk)->segs_out);
	if (sk->sk_state != TCP_LISTEN && sk->sk_state != TCP_SYN_SENT)
		call->segment.order =
			segment_order(tcp_sk(sk), call->segment.seq, call->segment.end_seq);
	if (arg & RXPATH_PREDICTS)
		call->segment.path = segment_path(sk, skb);
}

static __always_inline void complete_input(struct rxpath_call *call, unsigned int arg)
{
	const struct sock *sk = call->segment.socket;

	if (!sk)
		return;
	complete_segment(call, arg);
	call->segment.window = tcp_receive_window(tcp_sk(sk));
	call->segment.ack = ack_since(tcp_sk(sk), call->segment.segs_out);
}
#endif

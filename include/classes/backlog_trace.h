/* SPDX-License-Identifier: GPL-2.0 */
/* What waits while a program holds the socket. */

#define RXPATH_backlog_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_backlog_FIELDS(F)                                                                   \
	F(ID, sk, kept->sock.sk)                                                                   \
	F(ID, skb, kept->skb, "(0 when the program lets go)")                                      \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U8, state, kept->sock.state)                                                             \
	F(U32, seq, kept->seq)                                                                     \
	F(U32, end_seq, kept->end_seq)                                                             \
	F(ID, into, kept->into, "the segment that it joined there")                                \
	F(U32, backlog, kept->bytes)                                                               \
	F(U32, backlog_after, kept->bytes_after, "bytes of memory that wait")                      \
	F(RET, ret, call->ret)
#define RXPATH_backlog_PRINT                                                                       \
	"sk=%08x skb=%08x sport=%u dport=%u state=%s seq=%u end_seq=%u into=%08x "                 \
	"backlog=%u->%u ret=%d",                                                                   \
		__entry->sk, __entry->skb, __entry->sport, __entry->dport,                         \
		show_tcp_state(__entry->state), __entry->seq, __entry->end_seq, __entry->into,     \
		__entry->backlog, __entry->backlog_after, __entry->ret

RXPATH_STORE(backlog, RXPATH_backlog_FIELDS)
RXPATH_CLASS(backlog, backlog, backlog)

#ifdef RXPATH_KEPT
struct rxpath_backlog {
	const struct sock *socket;
	const struct sk_buff *packet;
	struct rxpath_sock sock;
	u32 skb;
	u32 into;
	u32 seq;
	u32 end_seq;
	u32 bytes;
	u32 bytes_after;
};
#endif

#ifdef RXPATH_CAPTURE
/*
 * What waits in the backlog while a program holds the socket, with the segment
 * that comes to it, or none when the program lets go. The socket's lock is held.
 */
static __always_inline void capture_backlog(struct rxpath_call *call, const unsigned long *args,
					    unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const unsigned int second = RXPATH_SECOND_OF(arg);
	const struct sk_buff *skb = second ? (void *)argument(args, second) : NULL;

	call->backlog = (struct rxpath_backlog){
		.socket = sk,
		.packet = skb,
		.skb = object_id(skb),
	};
	sock_describe(&call->backlog.sock, sk);
	if (sk)
		call->backlog.bytes = READ_ONCE(sk->sk_backlog.len);
	if (!skb)
		return;
	call->backlog.seq = TCP_SKB_CB(skb)->seq;
	call->backlog.end_seq = TCP_SKB_CB(skb)->end_seq;
}

/* A segment that was taken is the last of the backlog now, or has joined the last. */
static __always_inline void complete_backlog(struct rxpath_call *call, unsigned int arg)
{
	const struct sock *sk = call->backlog.socket;

	if (!sk)
		return;
	call->backlog.bytes_after = READ_ONCE(sk->sk_backlog.len);
	if (call->backlog.packet && !call->ret && sk->sk_backlog.tail != call->backlog.packet)
		call->backlog.into = object_id(sk->sk_backlog.tail);
}
#endif

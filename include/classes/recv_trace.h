/* SPDX-License-Identifier: GPL-2.0 */
/* A program reads from a socket. */

#define RXPATH_recv_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_recv_FIELDS(F)                                                                      \
	F(ID, sk, kept->sock.sk)                                                                   \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U32, want, kept->want, "bytes asked for")                                                \
	F(U32, flags, kept->flags, "MSG_*")                                                        \
	F(U32, seq, kept->seq)                                                                     \
	F(U32, seq_after, kept->seq_after, "the next byte to read")                                \
	F(U32, window, kept->window)                                                               \
	F(U8, acked, kept->ack)                                                                    \
	F(RET, ret, call->ret, "bytes or -errno")
#define RXPATH_recv_PRINT                                                                          \
	"sk=%08x sport=%u dport=%u want=%u flags=%s seq=%u->%u window=%u acked=%s "                \
	"ret=%d",                                                                                  \
		__entry->sk, __entry->sport, __entry->dport, __entry->want,                        \
		show_msg_flags(__entry->flags), __entry->seq, __entry->seq_after, __entry->window, \
		show_acked(__entry->acked), __entry->ret

RXPATH_STORE(recv, RXPATH_recv_FIELDS)
RXPATH_CLASS(recv, recv, recv)

#ifdef RXPATH_KEPT
/* The file descriptor holds the socket for the whole call. */
struct rxpath_recv {
	const struct sock *socket;
	struct rxpath_sock sock;
	u32 want;
	u32 flags;
	u32 seq;
	u32 seq_after;
	u32 segs_out;
	u32 window;
	u8 ack;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_recv(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);

	call->recv = (struct rxpath_recv){
		.want = min_t(size_t, argument(args, arg + 2), U32_MAX),
		.flags = argument(args, arg + 3),
	};
	sock_describe(&call->recv.sock, sk);
	if (!sk || !sock_is_tcp(sk))
		return;
	call->recv.socket = sk;
	call->recv.seq = READ_ONCE(tcp_sk(sk)->copied_seq);
	call->recv.segs_out = READ_ONCE(tcp_sk(sk)->segs_out);
}

static __always_inline void complete_recv(struct rxpath_call *call, unsigned int arg)
{
	const struct sock *sk = call->recv.socket;

	if (!sk)
		return;
	call->recv.seq_after = READ_ONCE(tcp_sk(sk)->copied_seq);
	call->recv.window = tcp_receive_window(tcp_sk(sk));
	call->recv.ack = ack_since(tcp_sk(sk), call->recv.segs_out);
}
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* A datagram is taken off the queue. */

#define RXPATH_take_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_take_FIELDS(F)                                                                      \
	F(ID, sk, kept->sock.sk)                                                                   \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U32, flags, kept->flags, "MSG_*")                                                        \
	F(ID, skb, call->ret, "the one taken from the queue")
#define RXPATH_take_PRINT                                                                          \
	"sk=%08x sport=%u dport=%u flags=%s skb=%08x", __entry->sk, __entry->sport,                \
		__entry->dport, show_msg_flags(__entry->flags), __entry->skb

RXPATH_STORE(take, RXPATH_take_FIELDS)
RXPATH_CLASS(take, take, take)

#ifdef RXPATH_KEPT
/* The skb taken from the queue is what the function returns. */
struct rxpath_take {
	struct rxpath_sock sock;
	u32 flags;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_take(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	sock_describe(&call->take.sock, (void *)argument(args, arg));
	call->take.flags = argument(args, arg + 1);
}

#define complete_take complete_nothing
#endif

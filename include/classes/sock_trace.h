/* SPDX-License-Identifier: GPL-2.0 */
/* A socket as it is. */

#define RXPATH_sock_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_sock_FIELDS(F)                                                                      \
	F(ID, sk, kept->sk)                                                                        \
	F(U16, sport, kept->sport)                                                                 \
	F(U16, dport, kept->dport)                                                                 \
	F(U8, state, kept->state)                                                                  \
	F(U32, queued, kept->queued)                                                               \
	F(RET64, ret, call->ret)
#define RXPATH_sock_PRINT                                                                          \
	"sk=%08x sport=%u dport=%u state=%s queued=%u ret=%lld", __entry->sk, __entry->sport,      \
		__entry->dport, show_tcp_state(__entry->state), __entry->queued, __entry->ret

RXPATH_STORE(sock, RXPATH_sock_FIELDS)
RXPATH_CLASS(sock, sock, sock)

#ifdef RXPATH_CAPTURE
static __always_inline void capture_sock(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	sock_describe(&call->sock, argument_sock(args, arg));
}

#define complete_sock complete_nothing
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* A socket's state changes. */

#define RXPATH_state_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_state_FIELDS(F)                                                                     \
	F(ID, sk, kept->sock.sk)                                                                   \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U8, state, kept->sock.state)                                                             \
	F(U8, state_after, kept->to)                                                               \
	F(RET, ret, call->ret)
#define RXPATH_state_PRINT                                                                         \
	"sk=%08x sport=%u dport=%u state=%s->%s ret=%d", __entry->sk, __entry->sport,              \
		__entry->dport, show_tcp_state(__entry->state),                                    \
		show_tcp_state(__entry->state_after), __entry->ret

RXPATH_CLASS(state, state, socket)

#ifdef RXPATH_KEPT
struct rxpath_state {
	struct rxpath_sock sock;
	u8 to;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_state(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	sock_describe(&call->state.sock, (void *)argument(args, arg));
	call->state.to = argument(args, arg + 1);
}

#define complete_state complete_nothing
#endif

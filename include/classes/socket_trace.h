/* SPDX-License-Identifier: GPL-2.0 */
/* What a program does to a socket. */

#define RXPATH_socket_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_socket_FIELDS(F)                                                                    \
	F(ID, sk, kept->sock.sk)                                                                   \
	F(U16, sport, kept->sport_after)                                                           \
	F(U16, dport, kept->dport_after, "after")                                                  \
	F(U8, state, kept->sock.state)                                                             \
	F(U8, state_after, kept->state_after)                                                      \
	F(INT, value, kept->value, "listen's backlog or shutdown's how")                           \
	F(RET, ret, call->ret)
#define RXPATH_socket_PRINT                                                                        \
	"sk=%08x sport=%u dport=%u state=%s->%s value=%d ret=%d", __entry->sk, __entry->sport,     \
		__entry->dport, show_tcp_state(__entry->state),                                    \
		show_tcp_state(__entry->state_after), __entry->value, __entry->ret

RXPATH_STORE(socket, RXPATH_socket_FIELDS)
RXPATH_CLASS(socket, socket, socket)

#ifdef RXPATH_KEPT
/* What a program does to a socket, and what that changes. */
struct rxpath_socket {
	const struct sock *socket;
	struct rxpath_sock sock;
	u16 sport_after;
	u16 dport_after;
	u8 state_after;
	int value;
};
#endif

#ifdef RXPATH_CAPTURE
/* The file descriptor holds the socket for the whole call. */
static __always_inline void capture_socket(struct rxpath_call *call, const unsigned long *args,
					   unsigned int arg)
{
	const struct sock *sk = argument_sock(args, arg);
	const unsigned int value = RXPATH_SECOND_OF(arg);

	call->socket = (struct rxpath_socket){ .socket = sk };
	sock_describe(&call->socket.sock, sk);
	if (value)
		call->socket.value = argument(args, value);
}

static __always_inline void complete_socket(struct rxpath_call *call, unsigned int arg)
{
	struct rxpath_sock after;

	sock_describe(&after, call->socket.socket);
	call->socket.sport_after = after.sport;
	call->socket.dport_after = after.dport;
	call->socket.state_after = after.state;
}
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* A socket file is asked what is ready. */

#define RXPATH_poll_SUBJECT RXPATH_BY_FILE
#define RXPATH_poll_FIELDS(F)                                                                      \
	F(ID, sk, kept->sock.sk)                                                                   \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U8, state, kept->sock.state)                                                             \
	F(ID, wq, kept->wq, "the socket's wait queue")                                             \
	F(U32, events, kept->events, "asked for")                                                  \
	F(RET, ret, call->ret, "those that are there")
#define RXPATH_poll_PRINT                                                                          \
	"sk=%08x sport=%u dport=%u state=%s wq=%08x events=%s ret=%s", __entry->sk,                \
		__entry->sport, __entry->dport, show_tcp_state(__entry->state), __entry->wq,       \
		show_poll_mask(__entry->events), show_poll_mask(__entry->ret)

RXPATH_STORE(file_poll, RXPATH_poll_FIELDS)
RXPATH_CLASS(poll, poll, file_poll)

#ifdef RXPATH_KEPT
struct rxpath_poll {
	struct rxpath_sock sock;
	u32 wq;
	u32 events;
};
#endif

#ifdef RXPATH_CAPTURE
/* The file is a socket's: its functions alone are hooked with this class. */
static __always_inline void capture_poll(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct file *file = (void *)argument(args, arg);
	const struct socket *socket = file ? file->private_data : NULL;
	const unsigned int table = RXPATH_SECOND_OF(arg);
	const struct poll_table_struct *asked = (void *)argument(args, table);

	sock_describe(&call->poll.sock, socket ? socket->sk : NULL);
	call->poll.wq = object_id(socket ? &socket->wq.wait : NULL);
	call->poll.events = asked ? (__force u32)asked->_key : 0;
}

#define complete_poll complete_nothing
#endif

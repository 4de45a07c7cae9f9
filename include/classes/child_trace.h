/* SPDX-License-Identifier: GPL-2.0 */
/* A new socket receives the segment that made it. */

#define RXPATH_child_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_child_FIELDS(F)                                                                     \
	F(ID, sk, kept->sock.sk, "the new socket")                                                 \
	F(ID, parent, kept->parent, "the listening one")                                           \
	F(ID, skb, kept->skb)                                                                      \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U8, state, kept->sock.state)                                                             \
	F(RET, ret, call->ret)
#define RXPATH_child_PRINT                                                                         \
	"sk=%08x parent=%08x skb=%08x sport=%u dport=%u state=%s ret=%d", __entry->sk,             \
		__entry->parent, __entry->skb, __entry->sport, __entry->dport,                     \
		show_tcp_state(__entry->state), __entry->ret

RXPATH_STORE(child, RXPATH_child_FIELDS)
RXPATH_CLASS(child, child, child)

#ifdef RXPATH_KEPT
struct rxpath_child {
	struct rxpath_sock sock;
	u32 parent;
	u32 skb;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_child(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	sock_describe(&call->child.sock, (void *)argument(args, arg + 1));
	call->child.parent = object_id((void *)argument(args, arg));
	call->child.skb = object_id((void *)argument(args, arg + 2));
}

#define complete_child complete_nothing
#endif

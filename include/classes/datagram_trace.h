/* SPDX-License-Identifier: GPL-2.0 */
/* A datagram that has come to its socket. */

#define RXPATH_datagram_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_datagram_FIELDS(F)                                                                  \
	F(ID, sk, kept->sock.sk)                                                                   \
	F(ID, skb, kept->skb)                                                                      \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U32, len, kept->len)                                                                     \
	F(U32, memory, kept->memory)                                                               \
	F(U32, memory_after, kept->memory_after, "bytes of memory in the receive queue")           \
	F(U32, limit, kept->limit, "of it")                                                        \
	F(RET, ret, call->ret)
#define RXPATH_datagram_PRINT                                                                      \
	"sk=%08x skb=%08x sport=%u dport=%u len=%u memory=%u->%u limit=%u ret=%d", __entry->sk,    \
		__entry->skb, __entry->sport, __entry->dport, __entry->len, __entry->memory,       \
		__entry->memory_after, __entry->limit, __entry->ret

RXPATH_STORE(datagram, RXPATH_datagram_FIELDS)
RXPATH_CLASS(datagram, datagram, datagram)

#ifdef RXPATH_KEPT
struct rxpath_datagram {
	const struct sock *socket;
	struct rxpath_sock sock;
	u32 skb;
	u32 len;
	u32 memory;
	u32 memory_after;
	u32 limit;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_datagram(struct rxpath_call *call, const unsigned long *args,
					     unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const struct sk_buff *skb = (void *)argument(args, arg + 1);

	call->datagram = (struct rxpath_datagram){
		.socket = sk,
		.skb = object_id(skb),
		.len = skb ? skb->len : 0,
	};
	sock_describe(&call->datagram.sock, sk);
	if (!sk)
		return;
	call->datagram.memory = atomic_read(&sk->sk_rmem_alloc);
	call->datagram.limit = READ_ONCE(sk->sk_rcvbuf);
}

static __always_inline void complete_datagram(struct rxpath_call *call, unsigned int arg)
{
	if (call->datagram.socket)
		call->datagram.memory_after = atomic_read(&call->datagram.socket->sk_rmem_alloc);
}
#endif

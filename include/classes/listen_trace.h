/* SPDX-License-Identifier: GPL-2.0 */
/* A listening socket and its queues. */

#define RXPATH_listen_QUEUES(F)                                                                    \
	F(U16, dport, kept->dport)                                                                 \
	F(U32, syn_queue, kept->syn_queue)                                                         \
	F(U32, syn_queue_after, kept->syn_queue_after)                                             \
	F(U32, accept_queue, kept->accept_queue)                                                   \
	F(U32, accept_queue_after, kept->accept_queue_after)                                       \
	F(U32, backlog, kept->backlog, "how many may wait")
#define RXPATH_listen_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_listen_FIELDS(F)								\
	F(ID, sk, kept->sk, "the listening socket")						\
	F(ID, req, kept->req, "the half-open connection")					\
	F(ID, child, kept->child, "the finished one's socket")					\
	RXPATH_listen_QUEUES(F)								\
	F(RET, ret, !!call->ret)
#define RXPATH_listen_PRINT                                                                        \
	"sk=%08x req=%08x child=%08x dport=%u syn_queue=%u->%u accept_queue=%u->%u "               \
	"backlog=%u ret=%d",                                                                       \
		__entry->sk, __entry->req, __entry->child, __entry->dport, __entry->syn_queue,     \
		__entry->syn_queue_after, __entry->accept_queue, __entry->accept_queue_after,      \
		__entry->backlog, __entry->ret

#define RXPATH_syn_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_syn_FIELDS(F)									\
	F(ID, sk, kept->sk, "the listening socket")						\
	F(ID, skb, kept->skb, "the SYN")							\
	RXPATH_listen_QUEUES(F)								\
	F(RET, ret, call->ret)
#define RXPATH_syn_PRINT                                                                           \
	"sk=%08x skb=%08x dport=%u syn_queue=%u->%u accept_queue=%u->%u backlog=%u "               \
	"ret=%d",                                                                                  \
		__entry->sk, __entry->skb, __entry->dport, __entry->syn_queue,                     \
		__entry->syn_queue_after, __entry->accept_queue, __entry->accept_queue_after,      \
		__entry->backlog, __entry->ret

#define RXPATH_listen_STORE(F) RXPATH_listen_FIELDS(F) F(ID, skb)
RXPATH_STORE(listen, RXPATH_listen_STORE)
RXPATH_CLASS(listen, listen, listen)
RXPATH_CLASS(syn, listen, listen)

#ifdef RXPATH_KEPT
/* A listening socket and its queues: of half-open and of finished connections. */
struct rxpath_listen {
	const struct sock *socket;
	u32 sk;
	u32 skb;
	u32 req;
	u32 child;
	u32 syn_queue;
	u32 syn_queue_after;
	u32 accept_queue;
	u32 accept_queue_after;
	u32 backlog;
	u16 dport;
};
#endif

#ifdef RXPATH_CAPTURE
#include <net/inet_connection_sock.h>
#include <net/request_sock.h>

static inline void queues_describe(struct rxpath_listen *to, const struct sock *sk)
{
	to->syn_queue = reqsk_queue_len(&inet_csk(sk)->icsk_accept_queue);
	to->accept_queue = READ_ONCE(sk->sk_ack_backlog);
	to->backlog = READ_ONCE(sk->sk_max_ack_backlog);
}

static __always_inline void capture_listen(struct rxpath_call *call, const unsigned long *args,
					   unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const unsigned int req = RXPATH_SECOND_OF(arg);
	const unsigned int child = RXPATH_THIRD_OF(arg);

	call->listen = (struct rxpath_listen){ .sk = object_id(sk) };
	if (req)
		call->listen.req = object_id((void *)argument(args, req));
	if (child)
		call->listen.child = object_id((void *)argument(args, child));
	if (!sk || !sock_is_tcp(sk))
		return;
	call->listen.socket = sk;
	call->listen.dport = inet_sk(sk)->inet_num;
	queues_describe(&call->listen, sk);
}

/* The listening socket outlives the call: a program's file or the request holds it. */
static __always_inline void complete_listen(struct rxpath_call *call, unsigned int arg)
{
	const struct sock *sk = call->listen.socket;
	struct rxpath_listen after;

	if (sk) {
		queues_describe(&after, sk);
		call->listen.syn_queue_after = after.syn_queue;
		call->listen.accept_queue_after = after.accept_queue;
	}
	if ((arg & RXPATH_RET_MASK) == RXPATH_ID && !RXPATH_THIRD_OF(arg))
		call->listen.child = call->ret;
}

static __always_inline void capture_syn(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	capture_listen(call, args, arg & RXPATH_ARG_MASK);
	call->listen.skb = object_id((void *)argument(args, arg + 1));
}

static __always_inline void complete_syn(struct rxpath_call *call, unsigned int arg)
{
	complete_listen(call, arg & RXPATH_ARG_MASK);
}
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* What is left of a connection that our side has closed first: a socket ends, its ports do not. */

#define RXPATH_timewait_SUBJECT RXPATH_BY_SOCKET
#define RXPATH_timewait_FIELDS(F)                                                                  \
	F(ID, sk, kept->sock.sk, "the socket that ends")                                           \
	F(U16, sport, kept->sock.sport)                                                            \
	F(U16, dport, kept->sock.dport)                                                            \
	F(U8, state, kept->sock.state, "of it")                                                    \
	F(U8, state_after, kept->left, "of what is left: FIN_WAIT2 waits for the peer's FIN, "     \
	  "TIME_WAIT for stray segments to be gone")                                               \
	F(U32, timeout, kept->timeout, "ms until that is forgotten")                               \
	F(U32, snd_nxt, kept->snd_nxt, "the next byte that it would send")                         \
	F(U32, rcv_nxt, kept->rcv_nxt, "the next that it expects, and acknowledges")               \
	F(RET, ret, call->ret)
#define RXPATH_timewait_PRINT                                                                      \
	"sk=%08x sport=%u dport=%u state=%s->%s timeout=%u snd_nxt=%u rcv_nxt=%u ret=%d",          \
		__entry->sk, __entry->sport, __entry->dport, show_tcp_state(__entry->state),       \
		show_tcp_state(__entry->state_after), __entry->timeout, __entry->snd_nxt,          \
		__entry->rcv_nxt, __entry->ret

RXPATH_STORE(timewait, RXPATH_timewait_FIELDS)
RXPATH_CLASS(timewait, timewait, timewait)

#ifdef RXPATH_KEPT
struct rxpath_timewait {
	struct rxpath_sock sock;
	u32 timeout;
	u32 snd_nxt;
	u32 rcv_nxt;
	u8 left;
};
#endif

#ifdef RXPATH_CAPTURE
#include <linux/jiffies.h>

/* As tcp_time_wait() decides it: no less than three and a half times its retransmission timeout. */
static inline unsigned int timewait_jiffies(const struct sock *sk, int state, int asked)
{
	const int rto = inet_csk(sk)->icsk_rto;

	return state == TCP_TIME_WAIT ? TCP_TIMEWAIT_LEN : max(asked, (rto << 2) - (rto >> 1));
}

/* The socket is closed when the function returns, and then it may be gone. */
static __always_inline void capture_timewait(struct rxpath_call *call, const unsigned long *args,
					     unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const int state = argument(args, arg + 1);

	call->timewait = (struct rxpath_timewait){ .left = state };
	sock_describe(&call->timewait.sock, sk);
	if (!sk || !sock_is_tcp(sk))
		return;
	call->timewait.timeout =
		jiffies_to_msecs(timewait_jiffies(sk, state, argument(args, arg + 2)));
	call->timewait.snd_nxt = READ_ONCE(tcp_sk(sk)->snd_nxt);
	call->timewait.rcv_nxt = READ_ONCE(tcp_sk(sk)->rcv_nxt);
}

#define complete_timewait complete_nothing
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an event says of a call: capture_<class>() reads it from the arguments at
 * entry, complete_<class>() at return for the classes that look twice.
 *
 * All of them run in any context: they take no lock, never sleep, and change
 * nothing. They are inline as each hook knows the place of its arguments and
 * what else there is to know of its function.
 *
 * The hook table says which argument is which; the function's own contract says
 * that a pointer passed to it may be followed. What the contract leaves open is
 * checked here: a header that is not in the skb's linear area, or was not found
 * yet, reads as zeroes, and so does a socket that is not TCP's.
 */
#ifndef RXPATH_CAPTURE_H
#define RXPATH_CAPTURE_H

#include <linux/err.h>
#include <linux/ip.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/wait.h>
#include <net/gro.h>
#include <net/route.h>
#include <net/tcp.h>

#include "call.h"
#include "fold.h"
#include "ids.h"
#include "rxpath_hooks.h"

static __always_inline unsigned long argument(const unsigned long *args, unsigned int index)
{
	return args[index & RXPATH_ARG_MASK];
}

/**
 * capture_return - what the function returned
 * @value: the register that it returned in
 * @arg: the hook's flags
 *
 * Return: the value, cut to its type; never an address.
 */
static __always_inline s64 capture_return(unsigned long value, unsigned int arg)
{
	switch (arg & RXPATH_RET_MASK) {
	case RXPATH_VOID:
		return 0;
	case RXPATH_BOOL:
		return !!(u8)value;
	case RXPATH_PTR:
		return !!value;
	case RXPATH_ID:
		return IS_ERR_VALUE(value) ? 0 : object_id((void *)value);
	default:
		return (int)value;
	}
}

/*
 * Headers are looked for from skb->head, not from skb->data: data moves past a
 * header once its layer has dealt with it, the header stays.
 */
static inline const void *header_at(const struct sk_buff *skb, const unsigned char *header,
				    size_t len)
{
	if (header < skb->head || header + len > skb_tail_pointer(skb))
		return NULL;
	return header;
}

static inline const struct iphdr *ip_header(const struct sk_buff *skb)
{
	const struct iphdr *ip;

	ip = header_at(skb, skb_network_header(skb), sizeof(*ip));
	return ip && ip->version == 4 ? ip : NULL;
}

static inline const struct tcphdr *tcp_header(const struct sk_buff *skb)
{
	if (!skb_transport_header_was_set(skb))
		return NULL;
	return header_at(skb, skb_transport_header(skb), sizeof(struct tcphdr));
}

/* The socket that an argument names, directly or as a program's end of it. */
static __always_inline const struct sock *argument_sock(const unsigned long *args, unsigned int arg)
{
	const struct socket *socket = (void *)argument(args, arg);

	if (arg & RXPATH_SOCKET)
		return socket ? READ_ONCE(socket->sk) : NULL;
	return (const struct sock *)socket;
}

/* Request and time-wait sockets end before the fields that we read. */
static inline bool sock_is_tcp(const struct sock *sk)
{
	return sk_fullsock(sk) && sk->sk_protocol == IPPROTO_TCP &&
	       (sk->sk_family == AF_INET || sk->sk_family == AF_INET6);
}

static inline bool sock_has_ports(const struct sock *sk)
{
	return sk_fullsock(sk) && (sk->sk_family == AF_INET || sk->sk_family == AF_INET6);
}

/*
 * Bytes that a program could read now. The peer's FIN takes a sequence number
 * and is no byte.
 */
static inline u32 bytes_queued(const struct sock *sk)
{
	const struct tcp_sock *tp = tcp_sk(sk);
	u32 queued;

	if (sk->sk_state == TCP_LISTEN || sk->sk_state == TCP_SYN_SENT)
		return 0;
	queued = READ_ONCE(tp->rcv_nxt) - READ_ONCE(tp->copied_seq);
	if (queued && sock_flag(sk, SOCK_DONE))
		queued--;
	return queued;
}

static inline void sock_describe(struct rxpath_sock *to, const struct sock *sk)
{
	*to = (struct rxpath_sock){ .sk = object_id(sk) };
	if (!sk)
		return;
	to->state = sk->sk_state;
	if (sock_has_ports(sk)) {
		to->sport = ntohs(inet_sk(sk)->inet_dport);
		to->dport = inet_sk(sk)->inet_num;
	}
	if (sock_is_tcp(sk))
		to->queued = bytes_queued(sk);
}

/*
 * A wake-up's key is a poll mask for files, and a pointer for those who wait on
 * a bit or a page: that one is nobody's business.
 */
static inline u32 wake_key(unsigned long key)
{
	return key > U32_MAX ? 0 : key;
}

static __always_inline void capture_irq(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	call->irq.irq = argument(args, arg);
}

static __always_inline void capture_napi(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct napi_struct *napi = (void *)argument(args, arg);
	const unsigned int work = RXPATH_SECOND_OF(arg);

	call->napi = (struct rxpath_napi){};
	if (!napi)
		return;
	call->napi.napi = napi->napi_id;
	call->napi.ifindex = napi->dev ? napi->dev->ifindex : 0;
	call->napi.weight = napi->weight;
	if (work)
		call->napi.work = argument(args, work);
}

/* A poll function says its work by returning it. */
static __always_inline void complete_napi(struct rxpath_call *call, unsigned int arg)
{
	if (!RXPATH_SECOND_OF(arg))
		call->napi.work = call->ret;
}

static __always_inline void skb_describe(struct rxpath_skb *to, const struct sk_buff *skb)
{
	*to = (struct rxpath_skb){ .skb = object_id(skb) };
	if (!skb)
		return;
	to->ifindex = skb->dev ? skb->dev->ifindex : 0;
	to->len = skb->len;
	to->protocol = ntohs(skb->protocol);
}

static __always_inline void capture_skb(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);

	if (arg & RXPATH_PSKB)
		skb = skb ? *(const struct sk_buff **)skb : NULL;
	skb_describe(&call->skb, skb);
}

static __always_inline void capture_gro(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	skb_describe(&call->gro.skb, (void *)argument(args, arg));
	fold_begin(call);
}

static __always_inline void complete_gro(struct rxpath_call *call, unsigned int arg)
{
	fold_end(call);
}

static __always_inline void capture_merge(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const struct sk_buff *into = (void *)argument(args, arg);
	const struct sk_buff *skb = (void *)argument(args, arg + 1);

	call->merge.into = object_id(into);
	call->merge.skb = object_id(skb);
	call->merge.len = skb ? skb_gro_len(skb) : 0;
}

static __always_inline void capture_route(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct iphdr *ip = skb ? ip_header(skb) : NULL;

	call->route = (struct rxpath_route){
		.packet = skb,
		.skb = object_id(skb),
	};
	if (!ip)
		return;
	call->route.saddr = ip->saddr;
	call->route.daddr = ip->daddr;
}

static __always_inline void complete_route(struct rxpath_call *call, unsigned int arg)
{
	const struct sk_buff *skb = call->route.packet;

	if (skb && !call->ret && skb_rtable(skb))
		call->route.type = skb_rtable(skb)->rt_type;
}

static inline void tcp_describe(struct rxpath_tcp *to, const struct sk_buff *skb)
{
	const struct tcphdr *tcp = skb ? tcp_header(skb) : NULL;
	int len;

	*to = (struct rxpath_tcp){ .skb = object_id(skb) };
	if (!tcp)
		return;
	/* The IP length is no help: a packet merged by GRO may be longer. */
	len = (int)skb->len - skb_transport_offset(skb) - tcp->doff * 4;
	to->len = max(len, 0);
	to->seq = ntohl(tcp->seq);
	to->ack = ntohl(tcp->ack_seq);
	to->sport = ntohs(tcp->source);
	to->dport = ntohs(tcp->dest);
	to->flags = tcp_flag_byte(tcp);
	to->window = ntohs(tcp->window);
}

static __always_inline void capture_tcp(struct rxpath_call *call, const unsigned long *args,
					unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg);
	const struct iphdr *ip = skb ? ip_header(skb) : NULL;

	tcp_describe(&call->tcp, skb);
	if (ip) {
		call->tcp.saddr = ip->saddr;
		call->tcp.daddr = ip->daddr;
	}
}

/*
 * The table hooks functions of this class only behind tcp_v4_fill_cb(): the
 * control block holds the sequence numbers of a TCP segment.
 */
static __always_inline void capture_segment(struct rxpath_call *call, const unsigned long *args,
					    unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const struct sk_buff *skb = (void *)argument(args, arg + 1);

	call->segment = (struct rxpath_segment){ .skb = object_id(skb) };
	sock_describe(&call->segment.sock, sk);
	if (skb) {
		call->segment.seq = TCP_SKB_CB(skb)->seq;
		call->segment.end_seq = TCP_SKB_CB(skb)->end_seq;
	}
	if (!sk || !sock_is_tcp(sk))
		return;
	call->segment.socket = sk;
	call->segment.fin = skb && TCP_SKB_CB(skb)->tcp_flags & TCPHDR_FIN;
	call->segment.rcv_nxt = READ_ONCE(tcp_sk(sk)->rcv_nxt);
}

/*
 * Whether a segment has gone out since, and every one of them acknowledges; or
 * what else the socket has in mind.
 */
static inline u8 ack_since(const struct tcp_sock *tp, u32 segs_out)
{
	if (READ_ONCE(tp->segs_out) != segs_out)
		return RXPATH_ACK_SENT;
	if (tp->inet_conn.icsk_ack.pending & ICSK_ACK_TIMER)
		return RXPATH_ACK_DELAYED;
	return tp->compressed_ack ? RXPATH_ACK_COMPRESSED : RXPATH_ACK_NONE;
}

/* As tcp_data_queue() decides it. */
static inline u8 segment_order(const struct tcp_sock *tp, u32 seq, u32 end_seq)
{
	const u32 window = tcp_receive_window(tp);

	if (seq == end_seq)
		return RXPATH_ORDER_NONE;
	if (seq == tp->rcv_nxt)
		return window ? RXPATH_ORDER_NEXT : RXPATH_ORDER_BEYOND;
	if (!after(end_seq, tp->rcv_nxt))
		return RXPATH_ORDER_OLD;
	if (!before(seq, tp->rcv_nxt + window))
		return RXPATH_ORDER_BEYOND;
	return before(seq, tp->rcv_nxt) ? RXPATH_ORDER_OVERLAP : RXPATH_ORDER_AHEAD;
}

/* What header prediction compares: all flags but PSH, header length, window. */
#define PREDICTED_BITS (~(TCP_RESERVED_BITS | TCP_FLAG_PSH))

/*
 * Header prediction as tcp_rcv_established() does it, but for the time stamp's
 * age. A segment with data that the socket has no memory set aside for leaves
 * the fast path, too.
 */
static inline u8 segment_path(const struct sock *sk, const struct sk_buff *skb)
{
	const struct tcphdr *tcp = (const void *)skb->data;
	const struct tcp_sock *tp = tcp_sk(sk);

	if ((tcp_flag_word(tcp) & PREDICTED_BITS) != tp->pred_flags ||
	    TCP_SKB_CB(skb)->seq != tp->rcv_nxt || after(TCP_SKB_CB(skb)->ack_seq, tp->snd_nxt) ||
	    before(TCP_SKB_CB(skb)->ack_seq, tp->snd_una))
		return RXPATH_PATH_SLOW;
	if (skb->len > tp->tcp_header_len && (int)skb->truesize > sk->sk_forward_alloc)
		return RXPATH_PATH_SLOW;
	return RXPATH_PATH_FAST;
}

static __always_inline void capture_input(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const struct sk_buff *skb = (void *)argument(args, arg + 1);

	capture_segment(call, args, arg);
	if (!call->segment.socket || !skb)
		return;
	call->segment.segs_out = READ_ONCE(tcp_sk(sk)->segs_out);
	if (sk->sk_state != TCP_LISTEN && sk->sk_state != TCP_SYN_SENT)
		call->segment.order =
			segment_order(tcp_sk(sk), call->segment.seq, call->segment.end_seq);
	if (arg & RXPATH_PREDICTS)
		call->segment.path = segment_path(sk, skb);
}

static __always_inline void complete_segment(struct rxpath_call *call, unsigned int arg)
{
	const struct sock *sk = call->segment.socket;

	if (!sk)
		return;
	call->segment.rcv_nxt_after = READ_ONCE(tcp_sk(sk)->rcv_nxt);
	call->segment.queued_after = bytes_queued(sk);
	/* The socket learns of a FIN only after the segment has been queued. */
	if (call->segment.fin && !sock_flag(sk, SOCK_DONE) &&
	    call->segment.rcv_nxt_after == call->segment.end_seq && call->segment.queued_after)
		call->segment.queued_after--;
}

static __always_inline void complete_input(struct rxpath_call *call, unsigned int arg)
{
	const struct sock *sk = call->segment.socket;

	if (!sk)
		return;
	complete_segment(call, arg);
	call->segment.window = tcp_receive_window(tcp_sk(sk));
	call->segment.ack = ack_since(tcp_sk(sk), call->segment.segs_out);
}

static __always_inline void capture_coalesce(struct rxpath_call *call, const unsigned long *args,
					     unsigned int arg)
{
	const struct sk_buff *skb = (void *)argument(args, arg + 2);

	call->coalesce = (struct rxpath_coalesce){
		.sk = object_id((void *)argument(args, arg)),
		.into = object_id((void *)argument(args, arg + 1)),
		.skb = object_id(skb),
	};
	if (!skb)
		return;
	call->coalesce.seq = TCP_SKB_CB(skb)->seq;
	call->coalesce.end_seq = TCP_SKB_CB(skb)->end_seq;
}

static __always_inline void capture_sock(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	sock_describe(&call->sock, argument_sock(args, arg));
}

static __always_inline void capture_wake(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	call->wake.wq = object_id((void *)argument(args, arg));
	call->wake.key = wake_key(argument(args, RXPATH_SECOND_OF(arg)));
}

/*
 * The wait queue's lock is held: the entry is on the queue, so its task has not
 * gone yet.
 */
static __always_inline void capture_callback(struct rxpath_call *call, const unsigned long *args,
					     unsigned int arg)
{
	const struct wait_queue_entry *wait = (void *)argument(args, arg);
	const struct task_struct *task;

	call->callback = (struct rxpath_callback){
		.wait = object_id(wait),
		.key = wake_key(argument(args, arg + 3)),
	};
	if (!wait)
		return;
	call->callback.exclusive = !!(wait->flags & WQ_FLAG_EXCLUSIVE);
	task = arg & RXPATH_TASK ? wait->private : NULL;
	if (!task)
		return;
	call->callback.pid = task->pid;
	/* Like the scheduler's events: a name caught in the middle of a change does no harm. */
	memcpy(call->callback.comm, task->comm, TASK_COMM_LEN);
}

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

static __always_inline void capture_copy(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	call->copy.skb = object_id((void *)argument(args, arg));
	call->copy.offset = argument(args, arg + 1);
	call->copy.len = argument(args, arg + 3);
}

/* The class "call" has nothing but times and a return value; most are said at entry. */
static __always_inline void capture_call(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
}

static __always_inline void complete_nothing(struct rxpath_call *call, unsigned int arg)
{
}

#define complete_call	  complete_nothing
#define complete_irq	  complete_nothing
#define complete_skb	  complete_nothing
#define complete_merge	  complete_nothing
#define complete_tcp	  complete_nothing
#define complete_coalesce complete_nothing
#define complete_sock	  complete_nothing
#define complete_wake	  complete_nothing
#define complete_callback complete_nothing
#define complete_copy	  complete_nothing

#endif /* RXPATH_CAPTURE_H */

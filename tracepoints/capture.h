/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an event says of a call: capture_<class>() reads it from the arguments at
 * entry, complete_<class>() at return for the classes that look twice. Both are in
 * the class's file, include/classes/; here is what several of them need.
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
#include <linux/ipv6.h>
#include <linux/kernel.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/tcp.h>
#include <linux/wait.h>
#include <net/tcp.h>

#include "call.h"
#include "eventpoll.h"
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

static inline const struct ipv6hdr *ip6_header(const struct sk_buff *skb)
{
	const struct ipv6hdr *ip;

	ip = header_at(skb, skb_network_header(skb), sizeof(*ip));
	return ip && ip->version == 6 ? ip : NULL;
}

static inline const void *transport_header(const struct sk_buff *skb, size_t len)
{
	if (!skb || !skb_transport_header_was_set(skb))
		return NULL;
	return header_at(skb, skb_transport_header(skb), len);
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

/* Most are said at entry. */
static __always_inline void complete_nothing(struct rxpath_call *call, unsigned int arg)
{
}

#define RXPATH_CAPTURE
#include "rxpath_classes.h"
#undef RXPATH_CAPTURE

#endif /* RXPATH_CAPTURE_H */

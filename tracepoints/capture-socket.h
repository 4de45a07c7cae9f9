/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an event says of a socket's life, from its making to its end, and of what
 * waits in its queues: see capture.h, whose rules hold here too.
 */
#ifndef RXPATH_CAPTURE_SOCKET_H
#define RXPATH_CAPTURE_SOCKET_H

#include <linux/kernel.h>
#include <net/inet_connection_sock.h>
#include <net/request_sock.h>

#include "capture.h"

/*
 * The name of what @address points to. A symbol that the kernel does not know is
 * printed as a number, which is nobody's business.
 */
static inline void symbol_name(char *to, size_t size, const void *address)
{
	snprintf(to, size, "%ps", address);
	if (to[0] == '0' || to[0] == '(')
		to[0] = '\0';
}

/*
 * The argument is the socket, or where a pointer to it will be: then the three
 * before it are what was asked for.
 */
static __always_inline void capture_create(struct rxpath_call *call, const unsigned long *args,
					   unsigned int arg)
{
	call->create = (struct rxpath_create){ .socket = (void *)argument(args, arg) };
	if (arg & RXPATH_PSKB) {
		call->create.family = argument(args, arg - 3);
		call->create.type = argument(args, arg - 2);
		call->create.protocol = argument(args, arg - 1);
	}
}

/* Nobody but the caller knows of the socket yet. */
static __always_inline void complete_create(struct rxpath_call *call, unsigned int arg)
{
	const struct socket *socket = call->create.socket;

	if (call->ret || !socket)
		return;
	if (arg & RXPATH_PSKB)
		socket = *(struct socket *const *)socket;
	call->create.type = socket->type;
	symbol_name(call->create.ops, sizeof(call->create.ops), socket->ops);
	if (!socket->sk)
		return;
	call->create.sk = object_id(socket->sk);
	call->create.family = socket->sk->sk_family;
	call->create.protocol = socket->sk->sk_protocol;
	strscpy(call->create.prot, socket->sk->sk_prot->name, sizeof(call->create.prot));
}

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

static __always_inline void capture_state(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	sock_describe(&call->state.sock, (void *)argument(args, arg));
	call->state.to = argument(args, arg + 1);
}

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

static __always_inline void capture_child(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	sock_describe(&call->child.sock, (void *)argument(args, arg + 1));
	call->child.parent = object_id((void *)argument(args, arg));
	call->child.skb = object_id((void *)argument(args, arg + 2));
}

/*
 * What waits in the backlog while a program holds the socket, with the segment
 * that comes to it, or none when the program lets go. The socket's lock is held.
 */
static __always_inline void capture_backlog(struct rxpath_call *call, const unsigned long *args,
					    unsigned int arg)
{
	const struct sock *sk = (void *)argument(args, arg);
	const unsigned int second = RXPATH_SECOND_OF(arg);
	const struct sk_buff *skb = second ? (void *)argument(args, second) : NULL;

	call->backlog = (struct rxpath_backlog){
		.socket = sk,
		.packet = skb,
		.skb = object_id(skb),
	};
	sock_describe(&call->backlog.sock, sk);
	if (sk)
		call->backlog.bytes = READ_ONCE(sk->sk_backlog.len);
	if (!skb)
		return;
	call->backlog.seq = TCP_SKB_CB(skb)->seq;
	call->backlog.end_seq = TCP_SKB_CB(skb)->end_seq;
}

/* A segment that was taken is the last of the backlog now, or has joined the last. */
static __always_inline void complete_backlog(struct rxpath_call *call, unsigned int arg)
{
	const struct sock *sk = call->backlog.socket;

	if (!sk)
		return;
	call->backlog.bytes_after = READ_ONCE(sk->sk_backlog.len);
	if (call->backlog.packet && !call->ret && sk->sk_backlog.tail != call->backlog.packet)
		call->backlog.into = object_id(sk->sk_backlog.tail);
}

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

static __always_inline void capture_take(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	sock_describe(&call->take.sock, (void *)argument(args, arg));
	call->take.flags = argument(args, arg + 1);
}

#define complete_state complete_nothing
#define complete_child complete_nothing
#define complete_take  complete_nothing

#endif /* RXPATH_CAPTURE_SOCKET_H */

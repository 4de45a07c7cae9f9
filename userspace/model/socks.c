// SPDX-License-Identifier: GPL-2.0
/*
 * The sockets that events name.
 */
#include "model/model.h"

/**
 * model_sock - the socket that an event names
 * @m: model
 * @id: its id in the trace
 * @sport: remote port
 * @dport: local port
 *
 * One address serves one socket after the other: the ports tell them apart.
 *
 * Return: the socket, NULL if @id is 0.
 */
struct sock *model_sock(const struct model *m, u32 id, u16 sport, u16 dport)
{
	u64 key = (u64)id << 32 | (u64)sport << 16 | dport;

	return id ? map_get(&m->sock_keys, key) : NULL;
}

/**
 * model_make_sock - the socket that an event names, made if there is none yet
 * @m: model
 * @id: its id in the trace
 * @sport: remote port
 * @dport: local port
 *
 * Return: the socket, NULL if @id is 0.
 */
struct sock *model_make_sock(struct model *m, u32 id, u16 sport, u16 dport)
{
	struct sock *sk = model_sock(m, id, sport, dport);

	if (sk || !id)
		return sk;
	sk = xcalloc(1, sizeof(*sk));
	sk->id = id;
	sk->sport = sport;
	sk->dport = dport;
	ptrs_add(&m->socks, sk);
	sk->no = m->socks.n;
	map_set(&m->sock_keys, (u64)id << 32 | (u64)sport << 16 | dport, sk);
	return sk;
}

/**
 * sock_base - what a socket's sequence numbers are shown relative to
 * @sk: socket, or NULL
 * @seq: number; the first that is seen stays
 */
void sock_base(struct sock *sk, u32 seq)
{
	if (!sk || sk->has_base)
		return;
	sk->base = seq;
	sk->has_base = true;
}

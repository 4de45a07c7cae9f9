/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Event classes of the trace system "rxpath": a socket's life and what waits in its queues.
 * A part of rxpath_trace.h, which includes it each time that it is read itself.
 */
RXPATH_CLASS(input,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, skb)
		__field(u32, seq)
		__field(u32, end_seq)
		__field(u32, rcv_nxt)
		__field(u32, rcv_nxt_after)
		__field(u32, queued)
		__field(u32, queued_after)
		__field(u32, window)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
		__field(u8, order)
		__field(u8, path)
		__field(u8, acked)
	),
	TP_fast_assign(
		__entry->sk = call->segment.sock.sk;
		__entry->skb = call->segment.skb;
		__entry->sport = call->segment.sock.sport;
		__entry->dport = call->segment.sock.dport;
		__entry->state = call->segment.sock.state;
		__entry->seq = call->segment.seq;
		__entry->end_seq = call->segment.end_seq;
		__entry->rcv_nxt = call->segment.rcv_nxt;
		__entry->rcv_nxt_after = call->segment.rcv_nxt_after;
		__entry->queued = call->segment.sock.queued;
		__entry->queued_after = call->segment.queued_after;
		__entry->window = call->segment.window;
		__entry->order = call->segment.order;
		__entry->path = call->segment.path;
		__entry->acked = call->segment.ack;
		__entry->ret = call->ret;
	),
	"sk=%08x skb=%08x sport=%u dport=%u state=%s seq=%u end_seq=%u rcv_nxt=%u->%u queued=%u->%u window=%u order=%s path=%s acked=%s ret=%d",
	__entry->sk, __entry->skb, __entry->sport, __entry->dport,
	show_tcp_state(__entry->state), __entry->seq, __entry->end_seq,
	__entry->rcv_nxt, __entry->rcv_nxt_after, __entry->queued,
	__entry->queued_after, __entry->window,
	__print_symbolic(__entry->order,
			 { 0, "none" },
			 { 1, "next" },
			 { 2, "old" },
			 { 3, "overlap" },
			 { 4, "ahead" },
			 { 5, "beyond" }),
	__print_symbolic(__entry->path,
			 { 0, "none" },
			 { 1, "fast" },
			 { 2, "slow" }),
	show_acked(__entry->acked), __entry->ret
);

RXPATH_CLASS(backlog,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, skb)
		__field(u32, seq)
		__field(u32, end_seq)
		__field(u32, into)
		__field(u32, backlog)
		__field(u32, backlog_after)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
	),
	TP_fast_assign(
		__entry->sk = call->backlog.sock.sk;
		__entry->skb = call->backlog.skb;
		__entry->sport = call->backlog.sock.sport;
		__entry->dport = call->backlog.sock.dport;
		__entry->state = call->backlog.sock.state;
		__entry->seq = call->backlog.seq;
		__entry->end_seq = call->backlog.end_seq;
		__entry->into = call->backlog.into;
		__entry->backlog = call->backlog.bytes;
		__entry->backlog_after = call->backlog.bytes_after;
		__entry->ret = call->ret;
	),
	"sk=%08x skb=%08x sport=%u dport=%u state=%s seq=%u end_seq=%u into=%08x backlog=%u->%u ret=%d",
	__entry->sk, __entry->skb, __entry->sport, __entry->dport,
	show_tcp_state(__entry->state), __entry->seq, __entry->end_seq,
	__entry->into, __entry->backlog, __entry->backlog_after, __entry->ret
);

RXPATH_CLASS(create,
	TP_STRUCT__entry(
		__field(u32, sk)
		__array(char, ops, 28)
		__array(char, prot, 8)
		__field(int, ret)
		__field(u16, family)
		__field(u16, type)
		__field(u16, protocol)
	),
	TP_fast_assign(
		__entry->sk = call->create.sk;
		__entry->family = call->create.family;
		__entry->type = call->create.type;
		__entry->protocol = call->create.protocol;
		memcpy(__entry->ops, call->create.ops, sizeof(__entry->ops));
		memcpy(__entry->prot, call->create.prot, sizeof(__entry->prot));
		__entry->ret = call->ret;
	),
	"sk=%08x family=%u type=%u protocol=%u ops=%s prot=%s ret=%d",
	__entry->sk, __entry->family, __entry->type, __entry->protocol,
	__entry->ops, __entry->prot, __entry->ret
);

RXPATH_CLASS(socket,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(int, value)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
		__field(u8, state_after)
	),
	TP_fast_assign(
		__entry->sk = call->socket.sock.sk;
		__entry->sport = call->socket.sport_after;
		__entry->dport = call->socket.dport_after;
		__entry->state = call->socket.sock.state;
		__entry->state_after = call->socket.state_after;
		__entry->value = call->socket.value;
		__entry->ret = call->ret;
	),
	"sk=%08x sport=%u dport=%u state=%s->%s value=%d ret=%d",
	__entry->sk, __entry->sport, __entry->dport,
	show_tcp_state(__entry->state), show_tcp_state(__entry->state_after),
	__entry->value, __entry->ret
);

RXPATH_CLASS(state,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
		__field(u8, state_after)
	),
	TP_fast_assign(
		__entry->sk = call->state.sock.sk;
		__entry->sport = call->state.sock.sport;
		__entry->dport = call->state.sock.dport;
		__entry->state = call->state.sock.state;
		__entry->state_after = call->state.to;
		__entry->ret = call->ret;
	),
	"sk=%08x sport=%u dport=%u state=%s->%s ret=%d",
	__entry->sk, __entry->sport, __entry->dport,
	show_tcp_state(__entry->state), show_tcp_state(__entry->state_after),
	__entry->ret
);

RXPATH_CLASS(syn,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, skb)
		__field(u32, syn_queue)
		__field(u32, syn_queue_after)
		__field(u32, accept_queue)
		__field(u32, accept_queue_after)
		__field(u32, backlog)
		__field(int, ret)
		__field(u16, dport)
	),
	TP_fast_assign(
		__entry->sk = call->listen.sk;
		__entry->skb = call->listen.skb;
		__entry->dport = call->listen.dport;
		__entry->syn_queue = call->listen.syn_queue;
		__entry->syn_queue_after = call->listen.syn_queue_after;
		__entry->accept_queue = call->listen.accept_queue;
		__entry->accept_queue_after = call->listen.accept_queue_after;
		__entry->backlog = call->listen.backlog;
		__entry->ret = call->ret;
	),
	"sk=%08x skb=%08x dport=%u syn_queue=%u->%u accept_queue=%u->%u backlog=%u ret=%d",
	__entry->sk, __entry->skb, __entry->dport, __entry->syn_queue,
	__entry->syn_queue_after, __entry->accept_queue,
	__entry->accept_queue_after, __entry->backlog, __entry->ret
);

RXPATH_CLASS(listen,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, req)
		__field(u32, child)
		__field(u32, syn_queue)
		__field(u32, syn_queue_after)
		__field(u32, accept_queue)
		__field(u32, accept_queue_after)
		__field(u32, backlog)
		__field(int, ret)
		__field(u16, dport)
	),
	TP_fast_assign(
		__entry->sk = call->listen.sk;
		__entry->req = call->listen.req;
		__entry->child = call->listen.child;
		__entry->dport = call->listen.dport;
		__entry->syn_queue = call->listen.syn_queue;
		__entry->syn_queue_after = call->listen.syn_queue_after;
		__entry->accept_queue = call->listen.accept_queue;
		__entry->accept_queue_after = call->listen.accept_queue_after;
		__entry->backlog = call->listen.backlog;
		__entry->ret = !!call->ret;
	),
	"sk=%08x req=%08x child=%08x dport=%u syn_queue=%u->%u accept_queue=%u->%u backlog=%u ret=%d",
	__entry->sk, __entry->req, __entry->child, __entry->dport,
	__entry->syn_queue, __entry->syn_queue_after, __entry->accept_queue,
	__entry->accept_queue_after, __entry->backlog, __entry->ret
);

RXPATH_CLASS(child,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, parent)
		__field(u32, skb)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
	),
	TP_fast_assign(
		__entry->sk = call->child.sock.sk;
		__entry->parent = call->child.parent;
		__entry->skb = call->child.skb;
		__entry->sport = call->child.sock.sport;
		__entry->dport = call->child.sock.dport;
		__entry->state = call->child.sock.state;
		__entry->ret = call->ret;
	),
	"sk=%08x parent=%08x skb=%08x sport=%u dport=%u state=%s ret=%d",
	__entry->sk, __entry->parent, __entry->skb, __entry->sport,
	__entry->dport, show_tcp_state(__entry->state), __entry->ret
);

RXPATH_CLASS(datagram,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, skb)
		__field(u16, sport)
		__field(u16, dport)
		__field(u32, len)
		__field(u32, memory)
		__field(u32, memory_after)
		__field(u32, limit)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->sk = call->datagram.sock.sk;
		__entry->skb = call->datagram.skb;
		__entry->sport = call->datagram.sock.sport;
		__entry->dport = call->datagram.sock.dport;
		__entry->len = call->datagram.len;
		__entry->memory = call->datagram.memory;
		__entry->memory_after = call->datagram.memory_after;
		__entry->limit = call->datagram.limit;
		__entry->ret = call->ret;
	),
	"sk=%08x skb=%08x sport=%u dport=%u len=%u memory=%u->%u limit=%u ret=%d",
	__entry->sk, __entry->skb, __entry->sport, __entry->dport,
	__entry->len, __entry->memory, __entry->memory_after, __entry->limit,
	__entry->ret
);

RXPATH_CLASS(take,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u16, sport)
		__field(u16, dport)
		__field(u32, flags)
		__field(u32, skb)
	),
	TP_fast_assign(
		__entry->sk = call->take.sock.sk;
		__entry->sport = call->take.sock.sport;
		__entry->dport = call->take.sock.dport;
		__entry->flags = call->take.flags;
		__entry->skb = call->ret;
	),
	"sk=%08x sport=%u dport=%u flags=%s skb=%08x",
	__entry->sk, __entry->sport, __entry->dport,
	show_msg_flags(__entry->flags), __entry->skb
);

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Event classes of the trace system "rxpath": epoll, select and poll.
 * A part of rxpath_trace.h, which includes it each time that it is read itself.
 */
RXPATH_CLASS(epoll_create,
	TP_STRUCT__entry(
		__field(u32, ep)
		__field(int, flags)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->ep = call->epoll_create.ep;
		__entry->flags = call->epoll_create.flags;
		__entry->ret = call->ret;
	),
	"ep=%08x flags=%#x ret=%d",
	__entry->ep, __entry->flags, __entry->ret
);

RXPATH_CLASS(epoll_ctl,
	TP_STRUCT__entry(
		__field(u32, ep)
		__field(int, epfd)
		__field(int, op)
		__field(int, fd)
		__field(u32, events)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->ep = call->epoll_ctl.ep;
		__entry->epfd = call->epoll_ctl.epfd;
		__entry->op = call->epoll_ctl.op;
		__entry->fd = call->epoll_ctl.fd;
		__entry->events = call->epoll_ctl.events;
		__entry->ret = call->ret;
	),
	"ep=%08x epfd=%d op=%s fd=%d events=%s ret=%d",
	__entry->ep, __entry->epfd, show_epoll_op(__entry->op), __entry->fd,
	show_epoll_events(__entry->events), __entry->ret
);

RXPATH_CLASS(epoll_item,
	TP_STRUCT__entry(
		__field(u32, ep)
		__field(int, fd)
		__field(u32, events)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->ep = call->epoll_item.ep;
		__entry->fd = call->epoll_item.fd;
		__entry->events = call->epoll_item.events;
		__entry->ret = call->ret;
	),
	"ep=%08x fd=%d events=%s ret=%s",
	__entry->ep, __entry->fd, show_epoll_events(__entry->events),
	show_poll_mask(__entry->ret)
);

RXPATH_CLASS(epoll_callback,
	TP_STRUCT__entry(
		__field(u32, wait)
		__field(u32, ep)
		__field(int, fd)
		__field(u32, key)
		__field(u32, events)
		__field(int, ret)
		__field(u16, ready)
		__field(u16, ready_after)
		__field(u8, exclusive)
	),
	TP_fast_assign(
		__entry->wait = call->epoll_callback.wait;
		__entry->ep = call->epoll_callback.ep;
		__entry->fd = call->epoll_callback.fd;
		__entry->key = call->epoll_callback.key;
		__entry->events = call->epoll_callback.events;
		__entry->ready = call->epoll_callback.ready;
		__entry->ready_after = call->epoll_callback.ready_after;
		__entry->exclusive = call->epoll_callback.exclusive;
		__entry->ret = call->ret;
	),
	"wait=%08x ep=%08x fd=%d key=%s events=%s ready=%u->%u exclusive=%u ret=%d",
	__entry->wait, __entry->ep, __entry->fd, show_poll_mask(__entry->key),
	show_epoll_events(__entry->events), __entry->ready,
	__entry->ready_after, __entry->exclusive, __entry->ret
);

RXPATH_CLASS(epoll_wait,
	TP_STRUCT__entry(
		__field(u32, ep)
		__field(int, epfd)
		__field(int, maxevents)
		__field(u16, ready)
		__field(u16, ready_after)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->ep = call->epoll_wait.ep;
		__entry->epfd = call->epoll_wait.epfd;
		__entry->maxevents = call->epoll_wait.maxevents;
		__entry->ready = call->epoll_wait.ready;
		__entry->ready_after = call->epoll_wait.ready_after;
		__entry->ret = call->ret;
	),
	"ep=%08x epfd=%d maxevents=%d ready=%u->%u ret=%d",
	__entry->ep, __entry->epfd, __entry->maxevents, __entry->ready,
	__entry->ready_after, __entry->ret
);

RXPATH_CLASS(poll,
	TP_STRUCT__entry(
		__field(u32, sk)
		__field(u32, wq)
		__field(u32, events)
		__field(int, ret)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
	),
	TP_fast_assign(
		__entry->sk = call->poll.sock.sk;
		__entry->sport = call->poll.sock.sport;
		__entry->dport = call->poll.sock.dport;
		__entry->state = call->poll.sock.state;
		__entry->wq = call->poll.wq;
		__entry->events = call->poll.events;
		__entry->ret = call->ret;
	),
	"sk=%08x sport=%u dport=%u state=%s wq=%08x events=%s ret=%s",
	__entry->sk, __entry->sport, __entry->dport,
	show_tcp_state(__entry->state), __entry->wq,
	show_poll_mask(__entry->events), show_poll_mask(__entry->ret)
);

RXPATH_CLASS(select,
	TP_STRUCT__entry(
		__field(u32, nfds)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->nfds = call->select.nfds;
		__entry->ret = call->ret;
	),
	"nfds=%u ret=%d",
	__entry->nfds, __entry->ret
);

RXPATH_CLASS(entry,
	TP_STRUCT__entry(
		__field(u32, wq)
		__field(u32, wait)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->wq = call->entry.wq;
		__entry->wait = call->entry.wait;
		__entry->ret = call->ret;
	),
	"wq=%08x wait=%08x ret=%d",
	__entry->wq, __entry->wait, __entry->ret
);

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Event classes of the trace system "rxpath": epoll, select and poll.
 * A part of rxpath_trace.h, which includes it each time that it is read itself.
 */
DECLARE_EVENT_CLASS(rxpath_epoll_create,
	TP_PROTO(const struct rxpath_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u64, start)
		__field(u64, dur)
		__field(u32, ep)
		__field(int, flags)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->start = call->start;
		__entry->dur = call->dur;
		__entry->ep = call->epoll_create.ep;
		__entry->flags = call->epoll_create.flags;
		__entry->ret = call->ret;
	),
	TP_printk("start=%llu dur=%llu ep=%08x flags=%#x ret=%d",
		  __entry->start, __entry->dur, __entry->ep, __entry->flags,
		  __entry->ret)
);

DECLARE_EVENT_CLASS(rxpath_epoll_ctl,
	TP_PROTO(const struct rxpath_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u64, start)
		__field(u64, dur)
		__field(u32, ep)
		__field(int, epfd)
		__field(int, op)
		__field(int, fd)
		__field(u32, events)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->start = call->start;
		__entry->dur = call->dur;
		__entry->ep = call->epoll_ctl.ep;
		__entry->epfd = call->epoll_ctl.epfd;
		__entry->op = call->epoll_ctl.op;
		__entry->fd = call->epoll_ctl.fd;
		__entry->events = call->epoll_ctl.events;
		__entry->ret = call->ret;
	),
	TP_printk("start=%llu dur=%llu ep=%08x epfd=%d op=%s fd=%d events=%s ret=%d",
		  __entry->start, __entry->dur, __entry->ep, __entry->epfd,
		  show_epoll_op(__entry->op), __entry->fd,
		  show_epoll_events(__entry->events), __entry->ret)
);

DECLARE_EVENT_CLASS(rxpath_epoll_item,
	TP_PROTO(const struct rxpath_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u64, start)
		__field(u64, dur)
		__field(u32, ep)
		__field(int, fd)
		__field(u32, events)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->start = call->start;
		__entry->dur = call->dur;
		__entry->ep = call->epoll_item.ep;
		__entry->fd = call->epoll_item.fd;
		__entry->events = call->epoll_item.events;
		__entry->ret = call->ret;
	),
	TP_printk("start=%llu dur=%llu ep=%08x fd=%d events=%s ret=%s",
		  __entry->start, __entry->dur, __entry->ep, __entry->fd,
		  show_epoll_events(__entry->events),
		  show_poll_mask(__entry->ret))
);

DECLARE_EVENT_CLASS(rxpath_epoll_callback,
	TP_PROTO(const struct rxpath_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u64, start)
		__field(u64, dur)
		__field(u32, wait)
		__field(u32, ep)
		__field(int, fd)
		__field(u32, key)
		__field(u32, events)
		__field(u16, ready)
		__field(u16, ready_after)
		__field(u8, exclusive)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->start = call->start;
		__entry->dur = call->dur;
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
	TP_printk("start=%llu dur=%llu wait=%08x ep=%08x fd=%d key=%s events=%s ready=%u->%u exclusive=%u ret=%d",
		  __entry->start, __entry->dur, __entry->wait, __entry->ep,
		  __entry->fd, show_poll_mask(__entry->key),
		  show_epoll_events(__entry->events), __entry->ready,
		  __entry->ready_after, __entry->exclusive, __entry->ret)
);

DECLARE_EVENT_CLASS(rxpath_epoll_wait,
	TP_PROTO(const struct rxpath_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u64, start)
		__field(u64, dur)
		__field(u32, ep)
		__field(int, epfd)
		__field(int, maxevents)
		__field(u16, ready)
		__field(u16, ready_after)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->start = call->start;
		__entry->dur = call->dur;
		__entry->ep = call->epoll_wait.ep;
		__entry->epfd = call->epoll_wait.epfd;
		__entry->maxevents = call->epoll_wait.maxevents;
		__entry->ready = call->epoll_wait.ready;
		__entry->ready_after = call->epoll_wait.ready_after;
		__entry->ret = call->ret;
	),
	TP_printk("start=%llu dur=%llu ep=%08x epfd=%d maxevents=%d ready=%u->%u ret=%d",
		  __entry->start, __entry->dur, __entry->ep, __entry->epfd,
		  __entry->maxevents, __entry->ready, __entry->ready_after,
		  __entry->ret)
);

DECLARE_EVENT_CLASS(rxpath_poll,
	TP_PROTO(const struct rxpath_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u64, start)
		__field(u64, dur)
		__field(u32, sk)
		__field(u16, sport)
		__field(u16, dport)
		__field(u8, state)
		__field(u32, wq)
		__field(u32, events)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->start = call->start;
		__entry->dur = call->dur;
		__entry->sk = call->poll.sock.sk;
		__entry->sport = call->poll.sock.sport;
		__entry->dport = call->poll.sock.dport;
		__entry->state = call->poll.sock.state;
		__entry->wq = call->poll.wq;
		__entry->events = call->poll.events;
		__entry->ret = call->ret;
	),
	TP_printk("start=%llu dur=%llu sk=%08x sport=%u dport=%u state=%s wq=%08x events=%s ret=%s",
		  __entry->start, __entry->dur, __entry->sk, __entry->sport,
		  __entry->dport, show_tcp_state(__entry->state), __entry->wq,
		  show_poll_mask(__entry->events),
		  show_poll_mask(__entry->ret))
);

DECLARE_EVENT_CLASS(rxpath_select,
	TP_PROTO(const struct rxpath_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u64, start)
		__field(u64, dur)
		__field(u32, nfds)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->start = call->start;
		__entry->dur = call->dur;
		__entry->nfds = call->select.nfds;
		__entry->ret = call->ret;
	),
	TP_printk("start=%llu dur=%llu nfds=%u ret=%d",
		  __entry->start, __entry->dur, __entry->nfds, __entry->ret)
);

DECLARE_EVENT_CLASS(rxpath_entry,
	TP_PROTO(const struct rxpath_call *call),
	TP_ARGS(call),
	TP_STRUCT__entry(
		__field(u64, start)
		__field(u64, dur)
		__field(u32, wq)
		__field(u32, wait)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->start = call->start;
		__entry->dur = call->dur;
		__entry->wq = call->entry.wq;
		__entry->wait = call->entry.wait;
		__entry->ret = call->ret;
	),
	TP_printk("start=%llu dur=%llu wq=%08x wait=%08x ret=%d",
		  __entry->start, __entry->dur, __entry->wq, __entry->wait,
		  __entry->ret)
);

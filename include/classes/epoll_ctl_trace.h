/* SPDX-License-Identifier: GPL-2.0 */
/* A descriptor of interest is added, changed or removed. */

#define RXPATH_epoll_ctl_SUBJECT RXPATH_BY_CALLS
#define RXPATH_epoll_ctl_FIELDS(F)                                                                 \
	F(INT, epfd, kept->epfd)                                                                   \
	F(INT, op, kept->op, "(1 add, 2 delete, 3 modify)")                                        \
	F(INT, fd, kept->fd)                                                                       \
	F(ID, ep, kept->ep)                                                                        \
	F(U32, events, kept->events, "asked for with EPOLLET (bit 31) and EPOLLONESHOT (bit 30)")  \
	F(RET, ret, call->ret)
#define RXPATH_epoll_ctl_PRINT                                                                     \
	"ep=%08x epfd=%d op=%s fd=%d events=%s ret=%d", __entry->ep, __entry->epfd,                \
		show_epoll_op(__entry->op), __entry->fd, show_epoll_events(__entry->events),       \
		__entry->ret

RXPATH_STORE(epoll_ctl, RXPATH_epoll_ctl_FIELDS)
RXPATH_CLASS(epoll_ctl, epoll_ctl, epoll_ctl)

#ifdef RXPATH_KEPT
struct rxpath_epoll_ctl {
	u32 ep;
	u32 events;
	int epfd;
	int op;
	int fd;
};
#endif

#ifdef RXPATH_CAPTURE
/* Its event has been copied from the program already; to delete needs none. */
static __always_inline void capture_epoll_ctl(struct rxpath_call *call, const unsigned long *args,
					      unsigned int arg)
{
	const struct epoll_event *event = (void *)argument(args, arg + 3);

	call->epoll_ctl = (struct rxpath_epoll_ctl){
		.epfd = argument(args, arg),
		.op = argument(args, arg + 1),
		.fd = argument(args, arg + 2),
	};
	call->epoll_ctl.ep = object_id(epoll_of_fd(call->epoll_ctl.epfd));
	if (event && call->epoll_ctl.op != EPOLL_CTL_DEL)
		call->epoll_ctl.events = (__force u32)event->events;
}

#define complete_epoll_ctl complete_nothing
#endif

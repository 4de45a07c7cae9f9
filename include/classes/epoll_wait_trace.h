/* SPDX-License-Identifier: GPL-2.0 */
/* A program waits for its ready list. */

#define RXPATH_epoll_wait_SUBJECT RXPATH_BY_CALLS
#define RXPATH_epoll_wait_FIELDS(F)                                                                \
	F(INT, epfd, kept->epfd)                                                                   \
	F(INT, maxevents, kept->maxevents)                                                         \
	F(ID, ep, kept->ep)                                                                        \
	F(U16, ready, kept->ready)                                                                 \
	F(U16, ready_after, kept->ready_after, "the length of the ready list")                     \
	F(RET, ret, call->ret, "the number of events")
#define RXPATH_epoll_wait_PRINT                                                                    \
	"ep=%08x epfd=%d maxevents=%d ready=%u->%u ret=%d", __entry->ep, __entry->epfd,            \
		__entry->maxevents, __entry->ready, __entry->ready_after, __entry->ret

RXPATH_STORE(epoll_wait, RXPATH_epoll_wait_FIELDS)
RXPATH_CLASS(epoll_wait, epoll_wait, epoll_wait)

#ifdef RXPATH_KEPT
struct rxpath_epoll_wait {
	const void *list;
	u32 ep;
	int epfd;
	int maxevents;
	u16 ready;
	u16 ready_after;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_epoll_wait(struct rxpath_call *call, const unsigned long *args,
					       unsigned int arg)
{
	const struct epoll_instance *instance;

	call->epoll_wait = (struct rxpath_epoll_wait){
		.epfd = argument(args, arg),
		.maxevents = argument(args, arg + 2),
	};
	instance = epoll_of_fd(call->epoll_wait.epfd);
	if (!instance)
		return;
	call->epoll_wait.ep = object_id(instance);
	call->epoll_wait.list = &instance->ready;
	call->epoll_wait.ready = epoll_ready(&instance->ready);
}

/* Another thread may have closed the instance since: then there is no list any more. */
static __always_inline void complete_epoll_wait(struct rxpath_call *call, unsigned int arg)
{
	if (call->epoll_wait.list && epoll_of_fd(call->epoll_wait.epfd))
		call->epoll_wait.ready_after = epoll_ready(call->epoll_wait.list);
}
#endif

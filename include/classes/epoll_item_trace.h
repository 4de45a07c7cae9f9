/* SPDX-License-Identifier: GPL-2.0 */
/* A watched file is asked what is ready. */

#define RXPATH_epoll_item_SUBJECT RXPATH_BY_CALLS
#define RXPATH_epoll_item_FIELDS(F)                                                                \
	F(ID, ep, kept->ep)                                                                        \
	F(INT, fd, kept->fd)                                                                       \
	F(U32, events, kept->events, "asked for")                                                  \
	F(RET, ret, call->ret, "those that are there")
#define RXPATH_epoll_item_PRINT                                                                    \
	"ep=%08x fd=%d events=%s ret=%s", __entry->ep, __entry->fd,                                \
		show_epoll_events(__entry->events), show_poll_mask(__entry->ret)

RXPATH_STORE(epoll_item, RXPATH_epoll_item_FIELDS)
RXPATH_CLASS(epoll_item, epoll_item, epoll_item)

#ifdef RXPATH_KEPT
struct rxpath_epoll_item {
	u32 ep;
	u32 events;
	int fd;
};
#endif

#ifdef RXPATH_CAPTURE
/* epoll's mutex is held. */
static __always_inline void capture_epoll_item(struct rxpath_call *call, const unsigned long *args,
					       unsigned int arg)
{
	const struct epoll_interest *interest = (void *)argument(args, arg);
	struct epoll_instance *instance;

	call->epoll_item = (struct rxpath_epoll_item){};
	if (!interest || get_kernel_nofault(instance, &interest->instance) || !ready_list(instance))
		return;
	call->epoll_item.ep = object_id(instance);
	call->epoll_item.fd = interest->watched.fd;
	call->epoll_item.events = (__force u32)interest->event.events;
}

#define complete_epoll_item complete_nothing
#endif

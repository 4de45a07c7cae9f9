/* SPDX-License-Identifier: GPL-2.0 */
/* The callback of epoll's entry. */

#define RXPATH_epoll_callback_SUBJECT RXPATH_BY_PART
#define RXPATH_epoll_callback_FIELDS(F)                                                            \
	F(ID, wait, kept->wait)                                                                    \
	F(ID, ep, kept->ep)                                                                        \
	F(INT, fd, kept->fd, "the item's")                                                         \
	F(U32, key, kept->key, "the poll mask")                                                    \
	F(U32, events, kept->events, "asked for")                                                  \
	F(U16, ready, kept->ready)                                                                 \
	F(U16, ready_after, kept->ready_after, "the length of the ready list")                     \
	F(U8, exclusive, kept->exclusive)                                                          \
	F(RET, ret, call->ret)
#define RXPATH_epoll_callback_PRINT                                                                \
	"wait=%08x ep=%08x fd=%d key=%s events=%s ready=%u->%u exclusive=%u ret=%d",               \
		__entry->wait, __entry->ep, __entry->fd, show_poll_mask(__entry->key),             \
		show_epoll_events(__entry->events), __entry->ready, __entry->ready_after,          \
		__entry->exclusive, __entry->ret

RXPATH_CLASS(epoll_callback, epoll_callback, callback)

#ifdef RXPATH_KEPT
struct rxpath_epoll_callback {
	const void *list;
	u32 wait;
	u32 ep;
	u32 key;
	u32 events;
	int fd;
	u16 ready;
	u16 ready_after;
	u8 exclusive;
};
#endif

#ifdef RXPATH_CAPTURE
/*
 * The wait queue's lock is held, so the entry and what it stands for are there;
 * but they are epoll's only if they look like it.
 */
static __always_inline void capture_epoll_callback(struct rxpath_call *call,
						   const unsigned long *args, unsigned int arg)
{
	const struct wait_queue_entry *wait = (void *)argument(args, arg);
	struct rxpath_epoll_callback *to = &call->epoll_callback;
	const struct epoll_interest *interest;
	struct epoll_instance *instance;

	*to = (struct rxpath_epoll_callback){
		.wait = object_id(wait),
		.key = wake_key(argument(args, arg + 3)),
	};
	if (!wait)
		return;
	to->exclusive = !!(wait->flags & WQ_FLAG_EXCLUSIVE);
	interest = container_of(wait, struct epoll_entry, wait)->interest;
	if (get_kernel_nofault(instance, &interest->instance) || !ready_list(instance))
		return;
	to->ep = object_id(instance);
	to->list = &instance->ready;
	to->ready = epoll_ready(to->list);
	to->fd = interest->watched.fd;
	to->events = (__force u32)interest->event.events;
}

static __always_inline void complete_epoll_callback(struct rxpath_call *call, unsigned int arg)
{
	call->epoll_callback.ready_after = epoll_ready(call->epoll_callback.list);
}
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* An instance of epoll is made. */

#define RXPATH_epoll_create_SUBJECT RXPATH_BY_CALLS
#define RXPATH_epoll_create_FIELDS(F)                                                              \
	F(ID, ep, kept->ep, "the instance")                                                        \
	F(INT, flags, kept->flags)                                                                 \
	F(RET, ret, call->ret, "its descriptor")
#define RXPATH_epoll_create_PRINT                                                                  \
	"ep=%08x flags=%#x ret=%d", __entry->ep, __entry->flags, __entry->ret

RXPATH_STORE(epoll_create, RXPATH_epoll_create_FIELDS)
RXPATH_CLASS(epoll_create, epoll_create, epoll_create)

#ifdef RXPATH_KEPT
struct rxpath_epoll_create {
	u32 ep;
	int flags;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_epoll_create(struct rxpath_call *call,
						 const unsigned long *args, unsigned int arg)
{
	call->epoll_create = (struct rxpath_epoll_create){ .flags = argument(args, arg) };
}

static __always_inline void complete_epoll_create(struct rxpath_call *call, unsigned int arg)
{
	call->epoll_create.ep = object_id(epoll_of_fd(call->ret));
}
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* A wait queue is woken. */

#define RXPATH_wake_SUBJECT RXPATH_BY_PART
#define RXPATH_wake_FIELDS(F)                                                                      \
	F(ID, wq, kept->wq, "the wait queue")                                                      \
	F(U32, key, kept->key, "the poll mask")                                                    \
	F(RET, ret, call->ret)
#define RXPATH_wake_PRINT                                                                          \
	"wq=%08x key=%s ret=%d", __entry->wq, show_poll_mask(__entry->key), __entry->ret

RXPATH_STORE(wake, RXPATH_wake_FIELDS)
RXPATH_CLASS(wake, wake, wake)

#ifdef RXPATH_KEPT
struct rxpath_wake {
	u32 wq;
	u32 key;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_wake(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	call->wake.wq = object_id((void *)argument(args, arg));
	call->wake.key = wake_key(argument(args, RXPATH_SECOND_OF(arg)));
}

#define complete_wake complete_nothing
#endif

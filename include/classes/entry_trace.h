/* SPDX-License-Identifier: GPL-2.0 */
/* An entry is hung on a wait queue. */

#define RXPATH_entry_SUBJECT RXPATH_BY_PART
#define RXPATH_entry_FIELDS(F)                                                                     \
	F(ID, wq, kept->wq, "the wait queue")                                                      \
	F(ID, wait, kept->wait,                                                                    \
	  "the entry that is hung on it "                                                          \
	  "(0 where the function makes it itself: the call within says it)")                       \
	F(RET, ret, call->ret)
#define RXPATH_entry_PRINT "wq=%08x wait=%08x ret=%d", __entry->wq, __entry->wait, __entry->ret

RXPATH_STORE(entry, RXPATH_entry_FIELDS)
RXPATH_CLASS(entry, entry, entry)

#ifdef RXPATH_KEPT
/* An entry is hung on a wait queue. */
struct rxpath_entry {
	u32 wq;
	u32 wait;
};
#endif

#ifdef RXPATH_CAPTURE
static __always_inline void capture_entry(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const unsigned int entry = RXPATH_SECOND_OF(arg);

	call->entry.wq = object_id((void *)argument(args, arg));
	call->entry.wait = entry ? object_id((void *)argument(args, entry)) : 0;
}

#define complete_entry complete_nothing
#endif

/* SPDX-License-Identifier: GPL-2.0 */
/* An entry's callback wakes a task. */

#define RXPATH_callback_SUBJECT RXPATH_BY_PART
#define RXPATH_callback_FIELDS(F)                                                                  \
	F(ID, wait, kept->wait, "the queue's entry")                                               \
	F(ID_GONE, wq)                                                                             \
	F(INT, pid, kept->pid,                                                                     \
	  "of the task that it wakes (0 where the entry is not a task's own)")                     \
	F(U32, key, kept->key, "the poll mask")                                                    \
	F(COMM, comm, kept->comm, "the task's name")                                               \
	F(U8, exclusive, kept->exclusive)                                                          \
	F(RET, ret, call->ret)
#define RXPATH_callback_PRINT                                                                      \
	"wait=%08x pid=%d comm=%s key=%s exclusive=%u ret=%d", __entry->wait, __entry->pid,        \
		__entry->comm, show_poll_mask(__entry->key), __entry->exclusive, __entry->ret

#define RXPATH_callback_STORE(F)                                                                   \
	RXPATH_callback_FIELDS(F) F(ID, ep) F(INT, fd) F(U32, events) F(U16, ready)                \
		F(U16, ready_after)
RXPATH_STORE(callback, RXPATH_callback_STORE)
RXPATH_CLASS(callback, callback, callback)

#ifdef RXPATH_KEPT
struct rxpath_callback {
	u32 wait;
	int pid;
	u32 key;
	u8 exclusive;
	char comm[TASK_COMM_LEN];
};
#endif

#ifdef RXPATH_CAPTURE
/*
 * The wait queue's lock is held: the entry is on the queue, so its task has not
 * gone yet.
 */
static __always_inline void capture_callback(struct rxpath_call *call, const unsigned long *args,
					     unsigned int arg)
{
	const struct wait_queue_entry *wait = (void *)argument(args, arg);
	const struct task_struct *task;

	call->callback = (struct rxpath_callback){
		.wait = object_id(wait),
		.key = wake_key(argument(args, arg + 3)),
	};
	if (!wait)
		return;
	call->callback.exclusive = !!(wait->flags & WQ_FLAG_EXCLUSIVE);
	task = arg & RXPATH_TASK ? wait->private : NULL;
	if (!task)
		return;
	call->callback.pid = task->pid;
	/* Like the scheduler's events: a name caught in the middle of a change does no harm. */
	memcpy(call->callback.comm, task->comm, TASK_COMM_LEN);
}

#define complete_callback complete_nothing
#endif

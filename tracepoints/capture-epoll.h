/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an event says of epoll, select and poll: see capture.h, whose rules hold
 * here too.
 *
 * fs/eventpoll.c keeps its structs to itself, and yet the length of the ready list
 * and the descriptor that an item stands for are what a reader wants to know. So
 * their beginnings are declared here once more; they are the same from 6.1 on.
 * Nothing is believed before it has been checked: a layout that differs gives
 * zeroes, not nonsense, and no read of it can fault.
 */
#ifndef RXPATH_CAPTURE_EPOLL_H
#define RXPATH_CAPTURE_EPOLL_H

#include <linux/eventpoll.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/rbtree.h>
#include <linux/uaccess.h>
#include <net/sock.h>

#include "capture.h"

/* An instance of epoll: what epoll_create() returns a descriptor of. */
struct epoll_instance {
	struct mutex mutex; /* held while events are collected */
	wait_queue_head_t waiters;
	wait_queue_head_t pollers;
	struct list_head ready;
};

/* A descriptor of interest. */
struct epoll_interest {
	union {
		struct rb_node node;
		struct rcu_head rcu;
	};
	struct list_head ready;
	struct epoll_interest *next;
	struct {
		struct file *file;
		int fd;
	} __packed watched;
	bool dying;
	void *entries;
	struct epoll_instance *instance;
	struct hlist_node link;
	struct wakeup_source *wakeup;
	struct epoll_event event;
};

/* Its entry on a wait queue. */
struct epoll_entry {
	struct epoll_entry *next;
	struct epoll_interest *interest;
	wait_queue_entry_t wait;
};

/* Longer ready lists are counted no further. */
#define READY_MAX 64

/*
 * How long a ready list is. Nobody holds it still, and it may be on another CPU's
 * stack for a while: each step is read as if it could fault, and there is an end.
 */
static inline u16 epoll_ready(const struct list_head *list)
{
	struct list_head *at;
	struct list_head *next;
	u16 count = 0;

	if (!list || get_kernel_nofault(at, &list->next))
		return 0;
	while (at != list && count < READY_MAX) {
		count++;
		if (get_kernel_nofault(next, &at->next))
			return 0;
		at = next;
	}
	return count;
}

/* Is there a list where an instance has its ready list? */
static inline const struct list_head *ready_list(const struct epoll_instance *instance)
{
	struct list_head *next;
	struct list_head *back;

	if (!instance || get_kernel_nofault(next, &instance->ready.next) ||
	    get_kernel_nofault(back, &next->prev) || back != &instance->ready)
		return NULL;
	return &instance->ready;
}

/* The instance behind a descriptor of the running task, NULL if it is none. */
static inline const struct epoll_instance *epoll_of_fd(int fd)
{
	const struct epoll_instance *instance = NULL;
	const struct file *file;

	if (!current->files || fd < 0)
		return NULL;
	rcu_read_lock();
	file = files_lookup_fd_raw(current->files, fd);
	if (file)
		instance = READ_ONCE(file->private_data);
	rcu_read_unlock();
	return ready_list(instance) ? instance : NULL;
}

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

static __always_inline void capture_epoll_create(struct rxpath_call *call,
						 const unsigned long *args, unsigned int arg)
{
	call->epoll_create = (struct rxpath_epoll_create){ .flags = argument(args, arg) };
}

static __always_inline void complete_epoll_create(struct rxpath_call *call, unsigned int arg)
{
	call->epoll_create.ep = object_id(epoll_of_fd(call->ret));
}

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

/* The file is a socket's: its functions alone are hooked with this class. */
static __always_inline void capture_poll(struct rxpath_call *call, const unsigned long *args,
					 unsigned int arg)
{
	const struct file *file = (void *)argument(args, arg);
	const struct socket *socket = file ? file->private_data : NULL;
	const unsigned int table = RXPATH_SECOND_OF(arg);
	const struct poll_table_struct *asked = (void *)argument(args, table);

	sock_describe(&call->poll.sock, socket ? socket->sk : NULL);
	call->poll.wq = object_id(socket ? &socket->wq.wait : NULL);
	call->poll.events = asked ? (__force u32)asked->_key : 0;
}

static __always_inline void capture_select(struct rxpath_call *call, const unsigned long *args,
					   unsigned int arg)
{
	call->select.nfds = argument(args, arg);
}

static __always_inline void capture_entry(struct rxpath_call *call, const unsigned long *args,
					  unsigned int arg)
{
	const unsigned int entry = RXPATH_SECOND_OF(arg);

	call->entry.wq = object_id((void *)argument(args, arg));
	call->entry.wait = entry ? object_id((void *)argument(args, entry)) : 0;
}

#define complete_epoll_item complete_nothing
#define complete_epoll_ctl  complete_nothing
#define complete_poll	    complete_nothing
#define complete_select	    complete_nothing
#define complete_entry	    complete_nothing

#endif /* RXPATH_CAPTURE_EPOLL_H */

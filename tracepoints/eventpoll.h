/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is to be read of epoll. Captures read it: see capture.h, whose rules hold
 * here too.
 *
 * fs/eventpoll.c keeps its structs to itself, and yet the length of the ready list
 * and the descriptor that an item stands for are what a reader wants to know. So
 * their beginnings are declared here once more; they are the same from 6.1 on.
 * Nothing is believed before it has been checked: a layout that differs gives
 * zeroes, not nonsense, and no read of it can fault.
 */
#ifndef RXPATH_EVENTPOLL_H
#define RXPATH_EVENTPOLL_H

#include <linux/eventpoll.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/rbtree.h>
#include <linux/uaccess.h>
#include <net/sock.h>

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

#endif /* RXPATH_EVENTPOLL_H */

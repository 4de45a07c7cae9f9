// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs rxpath/account: what is not in the trace, told in the trace.
 *
 * Writing anything to it writes an event "loss" for each hook that has missed
 * calls since the last time, and for each hook and CPU on which a task was in the
 * function already when the hook was armed: those calls have no event either.
 * `rxpath record` writes when it begins and when it ends. What a full buffer cost
 * the kernel's own marks tell.
 *
 * The kernel counts a probe's missed calls for all CPUs together: cpu is -1 there.
 */
#include <linux/debugfs.h>
#include <linux/fdtable.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/percpu.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <net/sock.h>

#include <asm/syscall.h>
#include <asm/unistd.h>

#include "account.h"

#define CREATE_TRACE_POINTS
#include "loss_trace.h"

/* What a system call waits in; the second and third by the socket that it reads. */
enum waits { IN_NOTHING, IN_TCP, IN_UDP, IN_EPOLL, IN_SELECT, IN_POLL, IN_ACCEPT, IN_CONNECT };

static bool waits_in(long nr, enum waits in)
{
	switch (nr) {
	case __NR_read:
	case __NR_readv:
	case __NR_recvfrom:
	case __NR_recvmsg:
	case __NR_recvmmsg:
		return in == IN_TCP || in == IN_UDP;
#ifdef __NR_epoll_wait
	case __NR_epoll_wait:
#endif
	case __NR_epoll_pwait:
	case __NR_epoll_pwait2:
		return in == IN_EPOLL;
#ifdef __NR_select
	case __NR_select:
#endif
	case __NR_pselect6:
		return in == IN_SELECT;
#ifdef __NR_poll
	case __NR_poll:
#endif
	case __NR_ppoll:
		return in == IN_POLL;
	case __NR_accept:
	case __NR_accept4:
		return in == IN_ACCEPT;
	case __NR_connect:
		return in == IN_CONNECT;
	default:
		return false;
	}
}

static enum waits waits_of_hook(const struct rxpath_hook *hook)
{
	switch (hook - rxpath_hooks) {
	case RXPATH_HOOK_tcp_recvmsg:
	case RXPATH_HOOK_sk_wait_data:
		return IN_TCP;
	case RXPATH_HOOK_udp_recvmsg:
	case RXPATH_HOOK___skb_recv_udp:
		return IN_UDP;
	case RXPATH_HOOK_do_epoll_wait:
		return IN_EPOLL;
	case RXPATH_HOOK_do_select:
		return IN_SELECT;
	case RXPATH_HOOK_do_sys_poll:
		return IN_POLL;
	case RXPATH_HOOK_inet_csk_accept:
		return IN_ACCEPT;
	case RXPATH_HOOK_inet_stream_connect:
		return IN_CONNECT;
	default:
		return IN_NOTHING;
	}
}

struct fd_socket {
	unsigned int fd;
	u8 protocol;
};

/* For iterate_fd(), which begins at the descriptor asked for and may go on behind it. */
static int is_of_protocol(const void *data, struct file *file, unsigned int fd)
{
	const struct fd_socket *wanted = data;
	const struct socket *socket;

	if (fd != wanted->fd)
		return -EBADF;
	socket = sock_from_file(file);
	if (!socket || !socket->sk || socket->sk->sk_protocol != wanted->protocol)
		return -ENOTSOCK;
	/* IPv6's are in functions of their own but for TCP. */
	return socket->sk->sk_family == AF_INET || wanted->protocol == IPPROTO_TCP ? 1 : -ENOTSOCK;
}

static bool waits_for_socket(struct task_struct *task, struct pt_regs *regs, u8 protocol)
{
	struct fd_socket wanted = { .protocol = protocol };
	unsigned long args[6];
	int ret = 0;

	syscall_get_arguments(task, regs, args);
	wanted.fd = args[0];
	task_lock(task);
	if (task->files)
		ret = iterate_fd(task->files, wanted.fd, is_of_protocol, &wanted);
	task_unlock(task);
	return ret == 1;
}

/*
 * Its system call stands on its stack. A task that has exited has given that back, but
 * RCU keeps it for as long as we look; and its state, asked next, lets nobody read it.
 */
static bool task_waits(struct task_struct *task, enum waits in)
{
	struct pt_regs *regs = task_pt_regs(task);

	if (task->flags & PF_KTHREAD || !(READ_ONCE(task->__state) & TASK_NORMAL) ||
	    !waits_in(syscall_get_nr(task, regs), in))
		return false;
	if (in == IN_TCP || in == IN_ACCEPT || in == IN_CONNECT)
		return waits_for_socket(task, regs, IPPROTO_TCP);
	if (in == IN_UDP)
		return waits_for_socket(task, regs, IPPROTO_UDP);
	return true;
}

/**
 * rxpath_account_waiting - count the tasks that are in a hook's function
 * @hook: the hook, about to be armed
 *
 * Only functions that wait are looked for: a task's system call says in which it
 * sleeps. What others were in is over in a moment.
 */
void rxpath_account_waiting(struct rxpath_hook *hook)
{
	const enum waits in = waits_of_hook(hook);
	struct task_struct *process, *task;

	if (in == IN_NOTHING)
		return;
	if (!hook->before)
		hook->before = alloc_percpu(unsigned int);
	if (!hook->before)
		return;
	rcu_read_lock();
	/* clang-format off */
	for_each_process_thread(process, task) {
		if (task_waits(task, in))
			*per_cpu_ptr(hook->before, task_cpu(task)) += 1;
	}
	/* clang-format on */
	rcu_read_unlock();
}

static void hook_tell(struct rxpath_hook *hook)
{
	struct rxpath_loss loss = {
		.hook = hook->event,
		.cpu = -1,
		.nested = hook->nested + hook->probe.kp.nmissed - hook->told_nested,
		.exhausted = hook->exhausted + hook->probe.nmissed - hook->told_exhausted,
	};
	int cpu;

	if (loss.nested || loss.exhausted)
		trace_loss(&loss);
	hook->told_nested += loss.nested;
	hook->told_exhausted += loss.exhausted;
	if (!hook->before)
		return;
	for_each_possible_cpu(cpu) {
		unsigned int *before = per_cpu_ptr(hook->before, cpu);

		loss = (struct rxpath_loss){ .hook = hook->event, .cpu = cpu, .before = *before };
		if (*before)
			trace_loss(&loss);
		*before = 0;
	}
}

static ssize_t account_write(struct file *file, const char __user *from, size_t len, loff_t *pos)
{
	unsigned int i;

	mutex_lock(&rxpath_hooks_lock);
	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		hook_tell(&rxpath_hooks[i]);
	mutex_unlock(&rxpath_hooks_lock);
	return len;
}

static const struct file_operations account_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = account_write,
};

/**
 * rxpath_account_init - make the file
 * @dir: where
 */
void rxpath_account_init(struct dentry *dir)
{
	debugfs_create_file("account", 0200, dir, NULL, &account_fops);
}

/**
 * rxpath_account_exit - free what was counted
 */
void rxpath_account_exit(void)
{
	unsigned int i;

	for (i = 0; i < RXPATH_NR_HOOKS; i++)
		free_percpu(rxpath_hooks[i].before);
}

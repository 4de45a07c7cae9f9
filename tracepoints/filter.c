// SPDX-License-Identifier: GPL-2.0
/*
 * debugfs rxpath/filter: which calls become events, settable while recording.
 *
 * One line of conditions, all of which must hold:
 *
 *   dev NAME           the device that packets come through, in the writer's
 *                      network namespace
 *   addr ADDR[/BITS]   either end's address, IPv4 or IPv6
 *   port NUMBER        either end's port
 *   proto NAME|NUMBER  tcp, udp, icmp, icmpv6
 *   pid NUMBER         the process whose sockets they are for
 *   sample [K/]N       one flow of N: those whose hash leaves K (default 0)
 *
 * "all", or an empty line, takes the filter away. Reading gives the line in
 * force and, after a line that was refused, why, behind a "#".
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bitmap.h>
#include <linux/ctype.h>
#include <linux/debugfs.h>
#include <linux/fdtable.h>
#include <linux/inet.h>
#include <linux/inetdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/nsproxy.h>
#include <linux/pid.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/net_namespace.h>

#include "condition.h"
#include "filter.h"
#include "gate.h"
#include "judge.h"
#include "match.h"
#include "scope.h"

#define LINE_MAX_LEN 256
#define NR_PORTS     65536

/* Taken under rxpath_hooks_lock by the hooks that are detached, never the other way round. */
static DEFINE_MUTEX(filter_lock);
static char refused[128];

static const char *const condition_names[RXPATH_NR_CONDITIONS] = {
	[RXPATH_IF_DEV] = "dev",     [RXPATH_IF_ADDR] = "addr", [RXPATH_IF_PORT] = "port",
	[RXPATH_IF_PROTO] = "proto", [RXPATH_IF_PID] = "pid",	[RXPATH_IF_SAMPLE] = "sample",
};

static const struct {
	const char *name;
	u8 proto;
} protocols[] = {
	{ "tcp", IPPROTO_TCP },
	{ "udp", IPPROTO_UDP },
	{ "icmp", IPPROTO_ICMP },
	{ "icmpv6", IPPROTO_ICMPV6 },
};

/* Says why a line is refused; the last word on it is the kernel log's, too. */
static __printf(1, 2) int refuse(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vscnprintf(refused, sizeof(refused), format, args);
	va_end(args);
	return -EINVAL;
}

static int parse_dev(struct rxpath_filter *filter, const char *value)
{
	struct net *net = current->nsproxy->net_ns;
	const struct net_device *dev;
	int ret = 0;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, value);
	if (dev) {
		strscpy(filter->dev, dev->name, sizeof(filter->dev));
		filter->ifindex = dev->ifindex;
		filter->netns = net->net_cookie;
	} else {
		ret = refuse("dev %s: no such device in this network namespace", value);
	}
	rcu_read_unlock();
	return ret;
}

static int parse_addr(struct rxpath_filter *filter, char *value)
{
	char *bits = strchr(value, '/');
	u8 most;

	if (bits)
		*bits++ = '\0';
	if (in4_pton(value, -1, (u8 *)&filter->addr.ip, -1, NULL)) {
		filter->family = AF_INET;
		most = 32;
	} else if (in6_pton(value, -1, (u8 *)&filter->addr.ip6, -1, NULL)) {
		filter->family = AF_INET6;
		most = 128;
	} else {
		return refuse("addr %s: not an IPv4 or IPv6 address", value);
	}
	filter->prefix = most;
	if (bits && (kstrtou8(bits, 10, &filter->prefix) || filter->prefix > most))
		return refuse("addr %s/%s: give 0 to %u bits behind the '/'", value, bits, most);
	if (most == 32)
		filter->mask = inet_make_mask(filter->prefix);
	return 0;
}

static int parse_port(struct rxpath_filter *filter, const char *value)
{
	if (kstrtou16(value, 10, &filter->port) || !filter->port)
		return refuse("port %s: not a number from 1 to 65535", value);
	return 0;
}

static int parse_proto(struct rxpath_filter *filter, const char *value)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(protocols); i++) {
		if (strcmp(value, protocols[i].name))
			continue;
		filter->proto = protocols[i].proto;
		return 0;
	}
	if (kstrtou8(value, 10, &filter->proto) || !filter->proto)
		return refuse("proto %s: not tcp, udp, icmp, icmpv6 or a number from 1 to 255",
			      value);
	return 0;
}

static int parse_sample(struct rxpath_filter *filter, char *value)
{
	char *of = strchr(value, '/');

	if (of)
		*of++ = '\0';
	if (kstrtou32(of ?: value, 10, &filter->of) || !filter->of)
		return refuse("sample %s: give [K/]N, N from 1 on", of ?: value);
	if (of && (kstrtou32(value, 10, &filter->take) || filter->take >= filter->of))
		return refuse("sample %s/%s: give K/N, K from 0 to N-1", value, of);
	return 0;
}

static int learn_file(const void *data, struct file *file, unsigned int fd)
{
	struct socket *socket = sock_from_file(file);

	if (socket && socket->sk)
		rxpath_filter_learn((struct rxpath_filter *)data, socket->sk);
	return 0;
}

/* What the process has open now is known now; the rest as it uses it. */
static int parse_pid(struct rxpath_filter *filter, const char *value)
{
	struct task_struct *task = NULL;
	struct pid *pid;
	int number;

	if (kstrtoint(value, 10, &number) || number < 1)
		return refuse("pid %s: not a number from 1 on", value);
	pid = find_get_pid(number);
	if (pid)
		task = get_pid_task(pid, PIDTYPE_PID);
	put_pid(pid);
	if (!task)
		return refuse("pid %d: no such process", number);

	filter->pid = task->pid;
	filter->owned = kvzalloc(sizeof(*filter->owned), GFP_KERNEL);
	filter->ports = bitmap_zalloc(NR_PORTS, GFP_KERNEL);
	if (filter->owned && filter->ports) {
		task_lock(task);
		if (task->files)
			iterate_fd(task->files, 0, learn_file, filter);
		task_unlock(task);
	}
	put_task_struct(task);
	return filter->owned && filter->ports ? 0 : -ENOMEM;
}

static int parse_condition(struct rxpath_filter *filter, enum rxpath_condition condition,
			   char *value)
{
	switch (condition) {
	case RXPATH_IF_DEV:
		filter->seen = kvzalloc(sizeof(*filter->seen), GFP_KERNEL);
		return filter->seen ? parse_dev(filter, value) : -ENOMEM;
	case RXPATH_IF_ADDR:
		return parse_addr(filter, value);
	case RXPATH_IF_PORT:
		return parse_port(filter, value);
	case RXPATH_IF_PROTO:
		return parse_proto(filter, value);
	case RXPATH_IF_PID:
		return parse_pid(filter, value);
	default:
		return parse_sample(filter, value);
	}
}

static char *next_word(char **rest)
{
	char *word;

	do {
		word = strsep(rest, " \t\n");
	} while (word && !*word);
	return word;
}

static int parse(struct rxpath_filter *filter, char *line)
{
	char *word, *value;
	int condition, ret;

	while ((word = next_word(&line))) {
		if (!strcmp(word, "all") && !filter->conditions && !next_word(&line))
			return 0;
		condition = match_string(condition_names, RXPATH_NR_CONDITIONS, word);
		if (condition < 0)
			return refuse("%s: not one of dev, addr, port, proto, pid, sample", word);
		if (filter->conditions & BIT(condition))
			return refuse("%s: given twice", word);
		value = next_word(&line);
		if (!value)
			return refuse("%s: a value is missing behind it", word);
		ret = parse_condition(filter, condition, value);
		if (ret)
			return ret;
		filter->conditions |= BIT(condition);
	}
	return 0;
}

static void filter_free(struct rxpath_filter *filter)
{
	if (!filter)
		return;
	kvfree(filter->seen);
	kvfree(filter->owned);
	bitmap_free(filter->ports);
	kfree(filter);
}

/* Puts a filter in force, or none; the one before is judged by no more when it is freed. */
static void filter_set(struct rxpath_filter *filter)
{
	struct rxpath_filter *old =
		rcu_dereference_protected(rxpath_filter, lockdep_is_held(&filter_lock));

	WRITE_ONCE(rxpath_only_port, filter ? htons(filter->port) : 0);
	if (filter) {
		filter->generation = rxpath_generation_begin();
		rcu_assign_pointer(rxpath_filter, filter);
		if (!old)
			static_branch_enable(&rxpath_filtering);
		WRITE_ONCE(rxpath_gated, 1);
	} else if (old) {
		WRITE_ONCE(rxpath_gated, 0);
		static_branch_disable(&rxpath_filtering);
		RCU_INIT_POINTER(rxpath_filter, NULL);
	}
	rxpath_generation_begun();
	filter_free(old);
}

static ssize_t filter_write(struct file *file, const char __user *from, size_t len, loff_t *pos)
{
	struct rxpath_filter *filter;
	char *line;
	int ret;

	if (len >= LINE_MAX_LEN)
		return -EINVAL;
	line = memdup_user_nul(from, len);
	if (IS_ERR(line))
		return PTR_ERR(line);
	filter = kzalloc(sizeof(*filter), GFP_KERNEL);
	if (!filter) {
		kfree(line);
		return -ENOMEM;
	}

	mutex_lock(&filter_lock);
	refused[0] = '\0';
	ret = parse(filter, line);
	if (ret == -EINVAL)
		pr_notice("filter refused: %s\n", refused);
	if (ret || !filter->conditions) {
		filter_free(filter);
		filter = NULL;
	}
	if (!ret)
		filter_set(filter);
	mutex_unlock(&filter_lock);
	kfree(line);
	return ret ?: len;
}

static void protocol_show(struct seq_file *file, u8 proto)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(protocols); i++) {
		if (protocols[i].proto != proto)
			continue;
		seq_puts(file, protocols[i].name);
		return;
	}
	seq_printf(file, "%u", proto);
}

static void condition_show(struct seq_file *file, const struct rxpath_filter *filter,
			   enum rxpath_condition condition)
{
	seq_printf(file, "%s ", condition_names[condition]);
	switch (condition) {
	case RXPATH_IF_DEV:
		seq_puts(file, filter->dev);
		break;
	case RXPATH_IF_ADDR:
		if (filter->family == AF_INET)
			seq_printf(file, "%pI4/%u", &filter->addr.ip, filter->prefix);
		else
			seq_printf(file, "%pI6c/%u", &filter->addr.ip6, filter->prefix);
		break;
	case RXPATH_IF_PORT:
		seq_printf(file, "%u", filter->port);
		break;
	case RXPATH_IF_PROTO:
		protocol_show(file, filter->proto);
		break;
	case RXPATH_IF_PID:
		seq_printf(file, "%d", filter->pid);
		break;
	default:
		seq_printf(file, "%u/%u", filter->take, filter->of);
		break;
	}
}

static int filter_show(struct seq_file *file, void *unused)
{
	const struct rxpath_filter *filter;
	bool first = true;
	int i;

	mutex_lock(&filter_lock);
	filter = rcu_dereference_protected(rxpath_filter, lockdep_is_held(&filter_lock));
	if (!filter)
		seq_puts(file, "all");
	for (i = 0; filter && i < RXPATH_NR_CONDITIONS; i++) {
		if (!(filter->conditions & BIT(i)))
			continue;
		if (!first)
			seq_putc(file, ' ');
		condition_show(file, filter, i);
		first = false;
	}
	seq_putc(file, '\n');
	if (refused[0])
		seq_printf(file, "# refused: %s\n", refused);
	if (rxpath_unjudged)
		seq_printf(file, "# %lu calls judged without those around them: too many tasks\n",
			   rxpath_unjudged);
	mutex_unlock(&filter_lock);
	return 0;
}

static int filter_open(struct inode *inode, struct file *file)
{
	return single_open(file, filter_show, NULL);
}

static const struct file_operations filter_fops = {
	.owner = THIS_MODULE,
	.open = filter_open,
	.read = seq_read,
	.write = filter_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/**
 * rxpath_filter_init - make the filter's file
 * @dir: where
 */
void rxpath_filter_init(struct dentry *dir)
{
	debugfs_create_file("filter", 0600, dir, NULL, &filter_fops);
}

/**
 * rxpath_filter_exit - take the filter away
 *
 * Its file has gone and no hook is attached.
 */
void rxpath_filter_exit(void)
{
	mutex_lock(&filter_lock);
	filter_set(NULL);
	mutex_unlock(&filter_lock);
}

/**
 * rxpath_filter_forget - hooks have been detached while calls were open
 *
 * Those will not tell of their end: what was known of them is dropped.
 */
void rxpath_filter_forget(void)
{
	struct rxpath_filter *filter;

	mutex_lock(&filter_lock);
	filter = rcu_dereference_protected(rxpath_filter, lockdep_is_held(&filter_lock));
	if (filter) {
		WRITE_ONCE(filter->generation, rxpath_generation_begin());
		rxpath_generation_begun();
	}
	mutex_unlock(&filter_lock);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The event "registered": which function serves which softirq, ethertype and IP
 * protocol, as it stands in the running kernel.
 *
 * The calls of a trace show where a packet went; this shows why: net_rx_action is
 * there as it was registered for NET_RX, ip_rcv for 0x0800, tcp_v4_rcv for 6. It
 * is told once each time that the event is enabled, as soon as tracing is on: a
 * recorder enables its events first.
 */
#include <linux/if_ether.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/netdevice.h>
#include <linux/rculist.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include <net/protocol.h>

#include "registry.h"

/* Enabling the event is what makes it be told: see rxpath_registry_reg(). */
#define trace_event_reg rxpath_registry_reg
#define CREATE_TRACE_POINTS
#include "registry_trace.h"
#undef trace_event_reg

/* How often we look whether tracing is on, for as long as it is not. */
#define WAIT_JIFFIES (HZ / 50)

struct known {
	u32 number;
	const char *name;
};

static const struct known softirqs[] = {
	{ HI_SOFTIRQ, "HI" },		{ TIMER_SOFTIRQ, "TIMER" },
	{ NET_TX_SOFTIRQ, "NET_TX" },	{ NET_RX_SOFTIRQ, "NET_RX" },
	{ BLOCK_SOFTIRQ, "BLOCK" },	{ IRQ_POLL_SOFTIRQ, "IRQ_POLL" },
	{ TASKLET_SOFTIRQ, "TASKLET" }, { SCHED_SOFTIRQ, "SCHED" },
	{ HRTIMER_SOFTIRQ, "HRTIMER" }, { RCU_SOFTIRQ, "RCU" },
};

static const struct known ethertypes[] = {
	{ ETH_P_ALL, "all" },	{ ETH_P_IP, "IPv4" },	   { ETH_P_ARP, "ARP" },
	{ ETH_P_IPV6, "IPv6" }, { ETH_P_8021Q, "802.1Q" }, { ETH_P_8021AD, "802.1AD" },
	{ ETH_P_LOOP, "Loop" }, { ETH_P_802_2, "802.2" },
};

static const struct known protocols[] = {
	{ IPPROTO_ICMP, "ICMP" }, { IPPROTO_IGMP, "IGMP" },	  { IPPROTO_TCP, "TCP" },
	{ IPPROTO_UDP, "UDP" },	  { IPPROTO_IPV6, "IPv6" },	  { IPPROTO_GRE, "GRE" },
	{ IPPROTO_ESP, "ESP" },	  { IPPROTO_AH, "AH" },		  { IPPROTO_ICMPV6, "ICMPv6" },
	{ IPPROTO_SCTP, "SCTP" }, { IPPROTO_ROUTING, "routing" }, { IPPROTO_FRAGMENT, "fragment" },
	{ IPPROTO_NONE, "none" }, { IPPROTO_DSTOPTS, "options" }, { IPPROTO_UDPLITE, "UDP-Lite" },
};

typedef unsigned long (*lookup_fn)(const char *name);

/*
 * Tables that the kernel does not export are found by name. The function that
 * finds them is not for modules either; a probe that is never armed finds it.
 */
static lookup_fn symbol_lookup(void)
{
	struct kprobe probe = {
		.symbol_name = "kallsyms_lookup_name",
		.flags = KPROBE_FLAG_DISABLED,
	};
	lookup_fn lookup;

	if (register_kprobe(&probe))
		return NULL;
	lookup = (lookup_fn)probe.addr;
	unregister_kprobe(&probe);
	return lookup;
}

static void tell(const char *where, const struct known *known, size_t n, u32 number,
		 const void *handler)
{
	struct rxpath_registered one = { .number = number };
	size_t i;

	if (!handler)
		return;
	strscpy(one.where, where, sizeof(one.where));
	for (i = 0; i < n; i++)
		if (known[i].number == number)
			strscpy(one.what, known[i].name, sizeof(one.what));
	/* A function that the kernel has no name for would be printed as its address. */
	snprintf(one.handler, sizeof(one.handler), "%ps", handler);
	if (one.handler[0] == '0')
		strscpy(one.handler, "?", sizeof(one.handler));
	trace_registered(&one);
}

static void tell_softirqs(const struct softirq_action *table)
{
	u32 i;

	for (i = 0; table && i < NR_SOFTIRQS; i++)
		tell("softirq", softirqs, ARRAY_SIZE(softirqs), i, table[i].action);
}

static void tell_packets(const struct list_head *list)
{
	const struct packet_type *type;

	if (!list)
		return;
	list_for_each_entry_rcu(type, list, list)
		tell("packet", ethertypes, ARRAY_SIZE(ethertypes), ntohs(type->type), type->func);
}

static void tell_all(lookup_fn lookup)
{
	const struct list_head *types = (void *)lookup("ptype_base");
	u32 i;

	tell_softirqs((void *)lookup("softirq_vec"));
	rcu_read_lock();
	tell_packets((void *)lookup("ptype_all"));
	for (i = 0; types && i < PTYPE_HASH_SIZE; i++)
		tell_packets(&types[i]);
	for (i = 0; i < MAX_INET_PROTOS; i++) {
		const struct net_protocol *protocol = rcu_dereference(inet_protos[i]);

		if (protocol)
			tell("ipv4", protocols, ARRAY_SIZE(protocols), i, protocol->handler);
	}
#if IS_ENABLED(CONFIG_IPV6)
	for (i = 0; i < MAX_INET_PROTOS; i++) {
		const struct inet6_protocol *protocol = rcu_dereference(inet6_protos[i]);

		if (protocol)
			tell("ipv6", protocols, ARRAY_SIZE(protocols), i, protocol->handler);
	}
#endif
	rcu_read_unlock();
}

static void registry_work(struct work_struct *work);
static DECLARE_DELAYED_WORK(tell_work, registry_work);

static void registry_work(struct work_struct *work)
{
	lookup_fn lookup;

	if (!tracing_is_on()) {
		schedule_delayed_work(&tell_work, WAIT_JIFFIES);
		return;
	}
	lookup = symbol_lookup();
	if (lookup)
		tell_all(lookup);
	else
		pr_notice("registered: the kernel does not let its tables be found\n");
}

/**
 * rxpath_registry_reg - the event "registered" is being enabled or disabled
 * @call: the event
 * @type: by whom and which
 * @data: the trace core's own
 *
 * Called under event_mutex, may sleep. An enabled event holds the module.
 *
 * Return: 0 or a negative errno.
 */
int rxpath_registry_reg(struct trace_event_call *call, enum trace_reg type, void *data)
{
	int ret;

	switch (type) {
	case TRACE_REG_REGISTER:
#ifdef CONFIG_PERF_EVENTS
	case TRACE_REG_PERF_REGISTER:
#endif
		if (!try_module_get(THIS_MODULE))
			return -ENODEV;
		ret = trace_event_reg(call, type, data);
		if (ret) {
			module_put(THIS_MODULE);
			return ret;
		}
		/* Now, even if it waits. Which queue serves it is each kernel's own choice. */
		cancel_delayed_work(&tell_work);
		schedule_delayed_work(&tell_work, 0);
		return 0;
	case TRACE_REG_UNREGISTER:
#ifdef CONFIG_PERF_EVENTS
	case TRACE_REG_PERF_UNREGISTER:
#endif
		/* The work takes no lock of the trace core's. */
		cancel_delayed_work_sync(&tell_work);
		ret = trace_event_reg(call, type, data);
		module_put(THIS_MODULE);
		return ret;
	default:
		return trace_event_reg(call, type, data);
	}
}

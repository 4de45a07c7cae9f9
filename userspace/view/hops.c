// SPDX-License-Identifier: GPL-2.0
/*
 * Which calls a slide shows, and by which ones a layer is entered.
 */
#include <string.h>

#include "view/view.h"

/* Drawn in every view at the level of hops. Alternatives share a line. */
static const char *const hops[] = {
	"rxe_intr",
	"net_rx_action",
	"rxe_poll",
	"netif_receive_skb",
	"netif_receive_skb_list_internal",
	"ip_rcv",
	"ip_list_rcv",
	"tcp_v4_rcv",
	"sock_def_readable",
	"ep_poll_callback",
	"woken_wake_function",
	"pollwake",
	"do_epoll_wait",
	"tcp_recvmsg",
	"icmp_rcv",
	"udp_rcv",
	"ip_forward",
	"ipv6_rcv",
	"ipv6_list_rcv",
	"tcp_v6_rcv",
	"icmpv6_rcv",
	"udpv6_rcv",
	"ip6_forward",
	"udp_recvmsg",
	"udpv6_recvmsg",
	"kfree_skb_reason",
	"do_select",
	"do_sys_poll",
	"receiver_wake_function",
};

/* The same where its own part of the path is what the view shows. */
static const char *const own_hops[] = {
	"__napi_schedule", "ip_route_input_noref", "ip_local_deliver",
	"tcp_v4_do_rcv",   "tcp_rcv_established",  "tcp_rcv_state_process",
	"tcp_queue_rcv",   "tcp_add_backlog",	   "ip6_route_input",
	"ip6_input",	   "tcp_v6_do_rcv",	   "__udp_enqueue_schedule_skb",
};

/* And where the view is a program's own call or the set-up. */
static const char *const call_hops[] = {
	"do_epoll_ctl",	      "ep_item_poll",	       "sock_poll",	  "tcp_poll",
	"do_init_module",     "__pci_register_driver", "local_pci_probe", "rxe_probe",
	"register_netdevice", "netif_napi_add_weight", "__dev_open",	  "rxe_open",
	"rxe_rx_alloc",	      "request_threaded_irq",  "rxe_up",	  "rxe_rx_start",
	"napi_enable",	      "ep_ptable_queue_proc",
};

static bool is_named(const struct call *call, const char *const *names, size_t n)
{
	const char *name = call_name(call);
	size_t i;

	for (i = 0; i < n; i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static bool calls_one_of(const struct call *call, const char *a, const char *b)
{
	return call_below(call, hook_find(a)) || (b && call_below(call, hook_find(b)));
}

/**
 * view_is_hop - is a call one of the hops of a slide
 * @call: call
 * @own_view: more of them, where only a part of the path is shown
 *
 * A frame that stands for a missing hook is a hop: the interrupt where the
 * driver's handler is not hooked, the system call where its worker is not.
 *
 * Return: true if it is.
 */
bool view_is_hop(const struct call *call, bool own_view)
{
	u16 kind = call->ev.kind;

	if (kind == KIND_WAKING || kind == KIND_RX_DESC || kind == KIND_FAULT)
		return true;
	if (kind == KIND_HANDLER)
		return !calls_one_of(call, "rxe_intr", NULL);
	if (kind == KIND_SOFTIRQ)
		return !calls_one_of(call, "net_rx_action", NULL);
	if (kind == hook_find("__napi_poll"))
		return !calls_one_of(call, "rxe_poll", NULL);
	/* Held by GRO: the hop is where GRO lets it go. */
	if (kind == hook_find("napi_gro_receive"))
		return call->ev.ret < 2 || calls_one_of(call, "tcp_v4_rcv", "tcp_v6_rcv");
	if (kind == hook_find("__netif_receive_skb_core"))
		return !call_above(call, hook_find("netif_receive_skb")) &&
		       !call_above(call, hook_find("netif_receive_skb_list_internal"));
	if (kind == hook_find("ip_rcv_core"))
		return !call_above(call, hook_find("ip_rcv")) &&
		       !call_above(call, hook_find("ip_list_rcv"));
	if (kind == hook_find("ip6_rcv_core"))
		return !call_above(call, hook_find("ipv6_rcv")) &&
		       !call_above(call, hook_find("ipv6_list_rcv"));
	if (kind_get(kind)->class == EV_syscall)
		return !calls_one_of(call, "do_epoll_wait", "tcp_recvmsg");
	if (is_named(call, hops, ARRAY_SIZE(hops)))
		return true;
	return own_view && (is_named(call, own_hops, ARRAY_SIZE(own_hops)) ||
			    is_named(call, call_hops, ARRAY_SIZE(call_hops)));
}

/**
 * view_enters_layer - does the path come to a layer by this call
 * @call: call
 *
 * What a layer does by itself is left out, and so is what calls back into a layer
 * that is there already.
 *
 * Return: true if it does, or if the call would be drawn on a slide as well.
 */
bool view_enters_layer(const struct call *call)
{
	u8 layer = kind_get(call->ev.kind)->layer;
	const struct call *up;

	if (call->ev.phase == PHASE_LEAF || view_is_hop(call, true))
		return true;
	for (up = call->parent; up; up = up->parent)
		if (kind_get(up->ev.kind)->layer == layer)
			return false;
	return true;
}

/**
 * view_sleeps - did a task go to sleep there
 * @call: an event of the scheduler
 *
 * Return: true if it did, false if the CPU was taken from it or it got one.
 */
bool view_sleeps(const struct call *call)
{
	return call->ev.kind == KIND_SWITCH_OUT && call->ev.a.swtch.prev_state;
}

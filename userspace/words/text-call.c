// SPDX-License-Identifier: GPL-2.0
/*
 * Words for a call, by its class: what is in its brackets, and what it returned.
 */
#include <string.h>

#include "base/lang.h"
#include "words/text.h"

static void irq_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_addf(sb, "irq %u", a->irq.irq);
}

static void handler_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_addf(sb, "irq %u, %s", a->handler.irq, a->handler.name);
}

static void vector_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_puts(sb, softirq_text(a->vector.vec));
}

static void napi_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	if (!strcmp(call_name(call), "napi_complete_done"))
		strbuf_addf(sb, "work %u", a->napi.work);
	else if (strstr(call_name(call), "poll"))
		strbuf_addf(sb, "budget %u", a->napi.weight);
}

static void packet_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	(void)m;
	if (!call->packet)
		return;
	strbuf_puts(sb, "skb#");
	strbuf_number(sb, call->packet);
}

static void drop_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	packet_label(sb, m, call);
	strbuf_addf(sb, "%s%s", call->packet ? ", " : "", a->drop.reason);
}

static void list_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	if (a->list.count)
		strbuf_addf(sb, a->list.count == 1 ? _("%u packet") : _("%u packets"),
			    a->list.count);
}

static void backlog_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_text(sb, m, a->backlog.sk, a->backlog.sport, a->backlog.dport);
	if (call->packet && a->backlog.skb)
		strbuf_addf(sb, ", skb#%u", call->packet);
}

static void datagram_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_text(sb, m, a->datagram.sk, a->datagram.sport, a->datagram.dport);
	strbuf_addf(sb, ", skb#%u", call->packet);
}

static void create_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	(void)m;
	(void)call;
	create_text(sb, &call->ev.a);
}

static void socket_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_or_port_text(sb, m, a->socket.sk, a->socket.sport, a->socket.dport);
}

static void timewait_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_or_port_text(sb, m, a->timewait.sk, a->timewait.sport, a->timewait.dport);
	strbuf_addf(sb, ", %s → %s", tcp_state_text(a->timewait.state),
		    tcp_state_text(a->timewait.state_after));
}

static void listen_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	(void)m;
	(void)call;
	queues_text(sb, &call->ev.a);
}

static void child_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_or_port_text(sb, m, a->child.sk, a->child.sport, a->child.dport);
}

static void epoll_item_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	if (a->epoll_item.ep)
		strbuf_addf(sb, "fd %d", (int)a->epoll_item.fd);
}

static void file_poll_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_or_port_text(sb, m, a->file_poll.sk, a->file_poll.sport, a->file_poll.dport);
}

static void select_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_addf(sb, _("%u descriptors"), a->select.nfds);
}

static void join_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const struct packet *p = model_packet(m, call->packet);

	if (p && p->into)
		strbuf_addf(sb, "skb#%u, ", p->into->no);
	packet_label(sb, m, call);
}

static void segment_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_text(sb, m, a->segment.sk, a->segment.sport, a->segment.dport);
	if (!call->packet)
		return;
	strbuf_puts(sb, ", skb#");
	strbuf_number(sb, call->packet);
}

static void sock_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_text(sb, m, a->sock.sk, a->sock.sport, a->sock.dport);
}

static void wake_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;
	char text[64];

	(void)m;
	strbuf_puts(sb, poll_mask_text(text, sizeof(text), a->wake.key));
}

static void callback_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;
	char text[64];

	if (a->callback.pid)
		task_text(sb, m, a->callback.pid);
	else
		strbuf_puts(sb, poll_mask_text(text, sizeof(text), a->callback.key));
	if (a->callback.ep)
		strbuf_addf(sb, ", fd %d", (int)a->callback.fd);
}

static void epoll_ctl_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_addf(sb, "%d, %s, fd %d", a->epoll_ctl.epfd, epoll_op_text(a->epoll_ctl.op),
		    a->epoll_ctl.fd);
}

static void epoll_wait_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_addf(sb, "epfd %d, max %u", a->epoll_wait.epfd, a->epoll_wait.maxevents);
}

static void recv_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	sock_text(sb, m, a->recv.sk, a->recv.sport, a->recv.dport);
	strbuf_addf(sb, _(", %u bytes"), a->recv.want);
}

static void copy_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	if (call->packet)
		strbuf_addf(sb, "skb#%u, ", call->packet);
	strbuf_addf(sb, _("%u bytes"), a->copy.len);
}

static void syscall_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_addf(sb, "fd %d", (int)a->syscall.fd);
}

static void waking_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	task_text(sb, m, a->waking.pid);
}

static void switch_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	task_text(sb, m, a->swtch.next_pid);
}

static void cause_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	char text[64];

	(void)m;
	strbuf_puts(sb, irq_cause_text(text, sizeof(text), call->ev.a.cause.icr));
}

static void ring_poll_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	if (call->ev.kind == KIND_POLL_BEGIN)
		strbuf_addf(sb, "budget %u, ntc %u, ntu %u", a->poll.budget, a->poll.ntc,
			    a->poll.ntu);
	else
		strbuf_addf(sb, _("work %u of %u"), a->poll.work, a->poll.budget);
}

static void refill_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_addf(sb, _("%u of %u filled, ntc %u, ntu %u"), a->rx_refill.filled,
		    a->rx_refill.want, a->rx_refill.ntc, a->rx_refill.ntu);
}

static void tail_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;

	(void)m;
	strbuf_addf(sb, _("tail %u, %u filled"), a->rx_tail.tail, a->rx_tail.filled);
}

static void fault_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	(void)m;
	strbuf_puts(sb, fault_text(call->ev.a.fault.fault));
}

static const char *gro_text(s64 ret)
{
	static const char *const names[] = { N_("merged"), N_("merged, skb freed"), N_("held"),
					     N_("not merged"), N_("consumed") };

	return ret >= 0 ? _(text_pick(names, ARRAY_SIZE(names), ret)) : "?";
}

/* enum tcp_tw_status of the kernel. */
static const char *timewait_text(s64 ret)
{
	static const char *const names[] = { "TCP_TW_SUCCESS", "TCP_TW_RST", "TCP_TW_ACK",
					     "TCP_TW_SYN" };

	return ret >= 0 ? text_pick(names, ARRAY_SIZE(names), ret) : "?";
}

static const char *route_text(u8 type)
{
	static const char *const names[] = {
		NULL,		"RTN_UNICAST",	 "RTN_LOCAL",	  "RTN_BROADCAST",
		"RTN_ANYCAST",	"RTN_MULTICAST", "RTN_BLACKHOLE", "RTN_UNREACHABLE",
		"RTN_PROHIBIT",
	};

	return text_pick(names, ARRAY_SIZE(names), type);
}

static void napi_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (strstr(call_name(call), "poll"))
		strbuf_addf(sb, "work %u", ev->a.napi.work);
}

static void skb_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;
	const char *name = call_name(call);

	if (strstr(name, "gro_receive"))
		strbuf_puts(sb, gro_text(ev->ret));
	else if (!strcmp(name, "tcp_timewait_state_process"))
		strbuf_puts(sb, timewait_text(ev->ret));
	/*
	 * __netif_receive_skb_core() returns NET_RX_DROP, too, where it
	 * leaves the last handler for its caller to call.
	 */
	else if (ev->ret && !strcmp(name, "netif_receive_skb"))
		strbuf_puts(sb, _("dropped"));
}

static void route_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	strbuf_puts(sb, ev->ret ? errno_text(ev->ret) : route_text(ev->a.route.type));
}

static void route6_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	strbuf_puts(sb, ev->ret ? errno_text(ev->ret) : route_text(ev->a.route6.type));
}

static void flush_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (ev->a.flush.count)
		strbuf_addf(sb, _("%u frames"), ev->a.flush.count);
}

static void coalesce_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	strbuf_puts(sb, ev->ret ? _("joined") : _("not joined"));
}

static void backlog_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (ev->a.backlog.skb && ev->ret)
		strbuf_puts(sb, _("no room: dropped"));
	else if (ev->a.backlog.into)
		strbuf_puts(sb, _("joined to the last"));
}

static void create_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (ev->ret)
		strbuf_puts(sb, errno_text(ev->ret));
	else
		strbuf_addf(sb, "%s, %s", ev->a.create.ops, ev->a.create.prot);
}

static void socket_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (ev->ret < 0)
		strbuf_puts(sb, errno_text(ev->ret));
	else
		strbuf_addf(sb, "%s → %s", tcp_state_text(ev->a.socket.state),
			    tcp_state_text(ev->a.socket.state_after));
}

static void datagram_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (ev->ret < 0)
		strbuf_puts(sb, errno_text(ev->ret));
}

static void ready_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;
	char mask[64];

	strbuf_puts(sb, ev->ret ? poll_mask_text(mask, sizeof(mask), ev->ret) : _("nothing ready"));
}

static void plain_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (strstr(call_name(call), "_poll") && ev->ret >= 0)
		ready_result(sb, call);
	else if (ev->ret < 0)
		strbuf_puts(sb, errno_text(ev->ret));
}

static void irq_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (strcmp(call_name(call), "request_threaded_irq"))
		strbuf_puts(sb, ev->ret ? "IRQ_HANDLED" : "IRQ_NONE");
	else
		strbuf_puts(sb, ev->ret ? errno_text(ev->ret) : "0");
}

static void recv_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (ev->ret >= 0)
		strbuf_addf(sb, _("%lld bytes"), ev->ret);
	else
		strbuf_puts(sb, errno_text(ev->ret));
}

static void wait_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (ev->ret >= 0)
		strbuf_addf(sb, _("%lld ready"), ev->ret);
	else
		strbuf_puts(sb, errno_text(ev->ret));
}

static void number_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;

	if (ev->ret < 0)
		strbuf_puts(sb, errno_text(ev->ret));
	else
		strbuf_addf(sb, "%lld", ev->ret);
}

/* A class is a row; what has no word of its own has none in its brackets, or returns nothing. */
static const struct {
	void (*label)(struct strbuf *sb, const struct model *m, const struct call *call);
	void (*result)(struct strbuf *sb, const struct call *call);
} rows[EV_NR] = {
	[EV_call] = { NULL, plain_result },
	[EV_irq] = { irq_label, irq_result },
	[EV_handler] = { handler_label, NULL },
	[EV_vector] = { vector_label, NULL },
	[EV_napi] = { napi_label, napi_result },
	[EV_skb] = { packet_label, skb_result },
	[EV_merge] = { join_label, NULL },
	[EV_list] = { list_label, NULL },
	[EV_flush] = { packet_label, flush_result },
	[EV_clone] = { packet_label, NULL },
	[EV_free] = { packet_label, NULL },
	[EV_drop] = { drop_label, NULL },
	[EV_ip] = { packet_label, NULL },
	[EV_ip6] = { packet_label, NULL },
	[EV_finish] = { packet_label, NULL },
	[EV_route] = { packet_label, route_result },
	[EV_route6] = { packet_label, route6_result },
	[EV_udp] = { packet_label, NULL },
	[EV_icmp] = { packet_label, NULL },
	[EV_tcp] = { packet_label, NULL },
	[EV_tcp6] = { packet_label, NULL },
	[EV_segment] = { segment_label, NULL },
	[EV_input] = { segment_label, NULL },
	[EV_backlog] = { backlog_label, backlog_result },
	[EV_coalesce] = { join_label, coalesce_result },
	[EV_sock] = { sock_label, NULL },
	[EV_create] = { create_label, create_result },
	[EV_socket] = { socket_label, socket_result },
	[EV_state] = { socket_label, socket_result },
	[EV_timewait] = { timewait_label, NULL },
	[EV_syn] = { listen_label, NULL },
	[EV_listen] = { listen_label, NULL },
	[EV_child] = { child_label, NULL },
	[EV_datagram] = { datagram_label, datagram_result },
	[EV_take] = { packet_label, NULL },
	[EV_wake] = { wake_label, NULL },
	[EV_callback] = { callback_label, NULL },
	[EV_epoll_callback] = { callback_label, NULL },
	[EV_epoll_create] = { NULL, number_result },
	[EV_epoll_ctl] = { epoll_ctl_label, number_result },
	[EV_epoll_item] = { epoll_item_label, ready_result },
	[EV_epoll_wait] = { epoll_wait_label, wait_result },
	[EV_poll] = { file_poll_label, ready_result },
	[EV_select] = { select_label, wait_result },
	[EV_recv] = { recv_label, recv_result },
	[EV_copy] = { copy_label, NULL },
	[EV_cause] = { cause_label, NULL },
	[EV_ring_poll] = { ring_poll_label, NULL },
	[EV_rx_desc] = { packet_label, NULL },
	[EV_rx_refill] = { refill_label, NULL },
	[EV_rx_tail] = { tail_label, NULL },
	[EV_fault] = { fault_label, NULL },
	[EV_waking] = { waking_label, NULL },
	[EV_switch] = { switch_label, NULL },
	[EV_syscall] = { syscall_label, number_result },
};

/**
 * call_label - a call with the arguments that matter
 * @sb: where to append
 * @m: model
 * @call: call
 */
void call_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	u8 class = kind_get(call->ev.kind)->class;

	strbuf_puts(sb, call_name(call));
	strbuf_add(sb, "(", 1);
	if (rows[class].label)
		rows[class].label(sb, m, call);
	strbuf_add(sb, ")", 1);
}

/**
 * call_result - what a call returned, in the terms of its function
 * @sb: where to append; nothing where the function returns nothing
 * @call: finished call
 */
void call_result(struct strbuf *sb, const struct call *call)
{
	u8 class = kind_get(call->ev.kind)->class;

	if (rows[class].result)
		rows[class].result(sb, call);
}

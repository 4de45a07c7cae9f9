// SPDX-License-Identifier: GPL-2.0
/*
 * Words for what a call says. Every output uses these, so that a hop has the
 * same name everywhere.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "words/text.h"

struct bit_name {
	u32 bit;
	const char *name;
};

static size_t append(char *buf, size_t size, size_t at, const char *text)
{
	size_t len = strnlen(text, size - 1 - at);

	memcpy(buf + at, text, len);
	return at + len;
}

static const char *bits_text(char *buf, size_t size, u32 value, const struct bit_name *names,
			     size_t n, const char *none)
{
	size_t len = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (!(value & names[i].bit))
			continue;
		if (len)
			len = append(buf, size, len, "|");
		len = append(buf, size, len, names[i].name);
	}
	if (!len)
		len = append(buf, size, 0, none);
	buf[len] = '\0';
	return buf;
}

/**
 * tcp_flags_text - the flags of a TCP header
 * @buf: where to write
 * @size: its size
 * @flags: the header's flag byte
 *
 * Return: @buf.
 */
const char *tcp_flags_text(char *buf, size_t size, u16 flags)
{
	static const struct bit_name names[] = {
		{ 0x02, "SYN" }, { 0x01, "FIN" }, { 0x04, "RST" }, { 0x08, "PSH" },
		{ 0x10, "ACK" }, { 0x20, "URG" }, { 0x40, "ECE" }, { 0x80, "CWR" },
	};

	return bits_text(buf, size, flags, names, ARRAY_SIZE(names), _("no flags"));
}

/**
 * poll_mask_text - the events of a poll mask that a socket uses
 * @buf: where to write
 * @size: its size
 * @mask: EPOLL* bits
 *
 * Return: @buf.
 */
const char *poll_mask_text(char *buf, size_t size, u32 mask)
{
	static const struct bit_name names[] = {
		{ 0x001, "EPOLLIN" },  { 0x002, "EPOLLPRI" }, { 0x004, "EPOLLOUT" },
		{ 0x008, "EPOLLERR" }, { 0x010, "EPOLLHUP" }, { 0x2000, "EPOLLRDHUP" },
	};

	return bits_text(buf, size, mask, names, ARRAY_SIZE(names),
			 mask ? _("other") : _("no key"));
}

/**
 * irq_cause_text - the causes in the NIC's ICR
 * @buf: where to write
 * @size: its size
 * @icr: register value
 *
 * Return: @buf. Names as in the 8254x manual, section 13.4.17.
 */
const char *irq_cause_text(char *buf, size_t size, u32 icr)
{
	static const struct bit_name names[] = {
		{ 0x80, "RXT0" }, { 0x40, "RXO" },  { 0x10, "RXDMT0" },
		{ 0x04, "LSC" },  { 0x02, "TXQE" }, { 0x01, "TXDW" },
	};

	return bits_text(buf, size, icr, names, ARRAY_SIZE(names), _("no cause"));
}

static const char *pick(const char *const *names, size_t n, u32 i)
{
	return i < n && names[i] ? names[i] : "?";
}

/**
 * tcp_state_text - the state of a TCP socket
 * @state: sk_state
 *
 * Return: the name that the kernel uses.
 */
const char *tcp_state_text(u8 state)
{
	static const char *const names[] = {
		"?",
		"TCP_ESTABLISHED",
		"TCP_SYN_SENT",
		"TCP_SYN_RECV",
		"TCP_FIN_WAIT1",
		"TCP_FIN_WAIT2",
		"TCP_TIME_WAIT",
		"TCP_CLOSE",
		"TCP_CLOSE_WAIT",
		"TCP_LAST_ACK",
		"TCP_LISTEN",
		"TCP_CLOSING",
		"TCP_NEW_SYN_RECV",
	};

	return pick(names, ARRAY_SIZE(names), state);
}

/**
 * softirq_text - the name of a softirq
 * @vec: its number
 *
 * Return: the name.
 */
const char *softirq_text(u32 vec)
{
	static const char *const names[] = {
		"HI",	    "TIMER",   "NET_TX", "NET_RX",  "BLOCK",
		"IRQ_POLL", "TASKLET", "SCHED",	 "HRTIMER", "RCU",
	};

	return pick(names, ARRAY_SIZE(names), vec);
}

/**
 * epoll_op_text - what an epoll_ctl does
 * @op: EPOLL_CTL_*
 *
 * Return: the name without its prefix.
 */
const char *epoll_op_text(u32 op)
{
	static const char *const names[] = { "?", "ADD", "DEL", "MOD" };

	return pick(names, ARRAY_SIZE(names), op);
}

/**
 * errno_text - the name of an error
 * @ret: negative error number
 *
 * Return: such as EAGAIN.
 */
const char *errno_text(s64 ret)
{
	const char *name = NULL;

	/* The two that the kernel keeps to itself. */
	if (ret == -512)
		return "ERESTARTSYS";
	if (ret == -514)
		return "ERESTARTNOHAND";
	if (ret < 0 && ret > -4096)
		name = strerrorname_np(-ret);
	return name ? name : _("error");
}

/**
 * layer_text - the heading of a group of lanes
 * @layer: enum rxpath_layer
 *
 * Return: the heading.
 */
const char *layer_text(u8 layer)
{
	static const char *const names[] = {
		N_("module, PCI"),
		N_("wire"),
		N_("driver"),
		N_("net core"),
		"IP",
		"TCP",
		N_("socket"),
		N_("wait queue, scheduler"),
		"epoll",
		N_("program"),
	};

	return _(pick(names, ARRAY_SIZE(names), layer));
}

/**
 * context_text - the name of a context
 * @ctx: enum context
 *
 * Return: the name.
 */
const char *context_text(u8 ctx)
{
	static const char *const names[] = { N_("hard interrupt"), N_("softirq"), N_("task") };

	return _(pick(names, ARRAY_SIZE(names), ctx));
}

/**
 * context_letter - the second cue beside a context's colour
 * @ctx: enum context
 *
 * Return: H, S or T.
 */
char context_letter(u8 ctx)
{
	return ctx < CTX_NR ? "HST"[ctx] : '?';
}

/**
 * task_text - a task, as name/pid
 * @sb: where to append
 * @m: model
 * @pid: the task
 */
void task_text(struct strbuf *sb, const struct model *m, u32 pid)
{
	const struct task *task = model_task(m, pid);

	/* Each CPU's idle task has pid 0 and a name of its own: none is meant. */
	if (!pid) {
		strbuf_puts(sb, _("idle"));
		return;
	}
	strbuf_puts(sb, task && task->comm[0] ? task->comm : _("task"));
	strbuf_add(sb, "/", 1);
	strbuf_number(sb, pid);
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

static void packet_label(struct strbuf *sb, const struct call *call)
{
	if (!call->packet)
		return;
	strbuf_puts(sb, "skb#");
	strbuf_number(sb, call->packet);
}

static void merge_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const struct packet *p = model_packet(m, call->packet);

	if (p && p->into)
		strbuf_addf(sb, "skb#%u, ", p->into->no);
	packet_label(sb, call);
}

static void callback_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	char mask[64];

	if (call->ev.a.callback.pid)
		task_text(sb, m, call->ev.a.callback.pid);
	else
		strbuf_puts(sb, poll_mask_text(mask, sizeof(mask), call->ev.a.callback.key));
	if (call->ev.a.callback.ep)
		strbuf_addf(sb, ", fd %d", (int)call->ev.a.callback.fd);
}

/**
 * call_label - a call with the arguments that matter
 * @sb: where to append
 * @m: model
 * @call: call
 */
void call_label(struct strbuf *sb, const struct model *m, const struct call *call)
{
	const union event_args *a = &call->ev.a;
	char text[64];

	strbuf_puts(sb, call_name(call));
	strbuf_add(sb, "(", 1);
	switch (kind_get(call->ev.kind)->class) {
	case EV_irq:
		strbuf_addf(sb, "irq %u", a->irq.irq);
		break;
	case EV_handler:
		strbuf_addf(sb, "irq %u, %s", a->handler.irq, a->handler.name);
		break;
	case EV_vector:
		strbuf_puts(sb, softirq_text(a->vector.vec));
		break;
	case EV_napi:
		if (!strcmp(call_name(call), "napi_complete_done"))
			strbuf_addf(sb, "work %u", a->napi.work);
		else if (strstr(call_name(call), "poll"))
			strbuf_addf(sb, "budget %u", a->napi.weight);
		break;
	case EV_skb:
	case EV_flush:
	case EV_clone:
	case EV_free:
	case EV_ip:
	case EV_ip6:
	case EV_finish:
	case EV_route:
	case EV_route6:
	case EV_udp:
	case EV_icmp:
	case EV_tcp:
	case EV_tcp6:
	case EV_take:
	case EV_rx_desc:
		packet_label(sb, call);
		break;
	case EV_drop:
		packet_label(sb, call);
		strbuf_addf(sb, "%s%s", call->packet ? ", " : "", a->drop.reason);
		break;
	case EV_list:
		if (a->list.count)
			strbuf_addf(sb, a->list.count == 1 ? _("%u packet") : _("%u packets"),
				    a->list.count);
		break;
	case EV_backlog:
		sock_text(sb, m, a->backlog.sk, a->backlog.sport, a->backlog.dport);
		if (call->packet && a->backlog.skb)
			strbuf_addf(sb, ", skb#%u", call->packet);
		break;
	case EV_datagram:
		sock_text(sb, m, a->datagram.sk, a->datagram.sport, a->datagram.dport);
		strbuf_addf(sb, ", skb#%u", call->packet);
		break;
	case EV_create:
		create_text(sb, a);
		break;
	case EV_socket:
	case EV_state:
		sock_or_port_text(sb, m, a->socket.sk, a->socket.sport, a->socket.dport);
		break;
	case EV_syn:
	case EV_listen:
		queues_text(sb, a);
		break;
	case EV_child:
		sock_or_port_text(sb, m, a->child.sk, a->child.sport, a->child.dport);
		break;
	case EV_epoll_item:
		if (a->epoll_item.ep)
			strbuf_addf(sb, "fd %d", (int)a->epoll_item.fd);
		break;
	case EV_poll:
		sock_or_port_text(sb, m, a->file_poll.sk, a->file_poll.sport, a->file_poll.dport);
		break;
	case EV_select:
		strbuf_addf(sb, _("%u descriptors"), a->select.nfds);
		break;
	case EV_merge:
	case EV_coalesce:
		merge_label(sb, m, call);
		break;
	case EV_segment:
	case EV_input:
		segment_label(sb, m, call);
		break;
	case EV_sock:
		sock_text(sb, m, a->sock.sk, a->sock.sport, a->sock.dport);
		break;
	case EV_wake:
		strbuf_puts(sb, poll_mask_text(text, sizeof(text), a->wake.key));
		break;
	case EV_callback:
	case EV_epoll_callback:
		callback_label(sb, m, call);
		break;
	case EV_epoll_ctl:
		strbuf_addf(sb, "%d, %s, fd %d", a->epoll_ctl.epfd, epoll_op_text(a->epoll_ctl.op),
			    a->epoll_ctl.fd);
		break;
	case EV_epoll_wait:
		strbuf_addf(sb, "epfd %d, max %u", a->epoll_wait.epfd, a->epoll_wait.maxevents);
		break;
	case EV_recv:
		sock_text(sb, m, a->recv.sk, a->recv.sport, a->recv.dport);
		strbuf_addf(sb, _(", %u bytes"), a->recv.want);
		break;
	case EV_copy:
		if (call->packet)
			strbuf_addf(sb, "skb#%u, ", call->packet);
		strbuf_addf(sb, _("%u bytes"), a->copy.len);
		break;
	case EV_syscall:
		strbuf_addf(sb, "fd %d", (int)a->syscall.fd);
		break;
	case EV_waking:
		task_text(sb, m, a->waking.pid);
		break;
	case EV_switch:
		task_text(sb, m, a->swtch.next_pid);
		break;
	}
	strbuf_add(sb, ")", 1);
}

static const char *gro_text(s64 ret)
{
	static const char *const names[] = { N_("merged"), N_("merged, skb freed"), N_("held"),
					     N_("not merged"), N_("consumed") };

	return ret >= 0 ? _(pick(names, ARRAY_SIZE(names), ret)) : "?";
}

/* enum tcp_tw_status of the kernel. */
static const char *timewait_text(s64 ret)
{
	static const char *const names[] = { "TCP_TW_SUCCESS", "TCP_TW_RST", "TCP_TW_ACK",
					     "TCP_TW_SYN" };

	return ret >= 0 ? pick(names, ARRAY_SIZE(names), ret) : "?";
}

static const char *route_text(u8 type)
{
	static const char *const names[] = {
		NULL,		"RTN_UNICAST",	 "RTN_LOCAL",	  "RTN_BROADCAST",
		"RTN_ANYCAST",	"RTN_MULTICAST", "RTN_BLACKHOLE", "RTN_UNREACHABLE",
		"RTN_PROHIBIT",
	};

	return pick(names, ARRAY_SIZE(names), type);
}

/**
 * call_result - what a call returned, in the terms of its function
 * @sb: where to append; nothing where the function returns nothing
 * @call: finished call
 */
void call_result(struct strbuf *sb, const struct call *call)
{
	const struct event *ev = &call->ev;
	const char *name = call_name(call);
	char mask[64];

	switch (kind_get(ev->kind)->class) {
	case EV_napi:
		if (strstr(name, "poll"))
			strbuf_addf(sb, "work %u", ev->a.napi.work);
		return;
	case EV_skb:
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
		return;
	case EV_route:
		if (ev->ret)
			strbuf_puts(sb, errno_text(ev->ret));
		else
			strbuf_puts(sb, route_text(ev->a.route.type));
		return;
	case EV_route6:
		strbuf_puts(sb, ev->ret ? errno_text(ev->ret) : route_text(ev->a.route6.type));
		return;
	case EV_flush:
		if (ev->a.flush.count)
			strbuf_addf(sb, _("%u frames"), ev->a.flush.count);
		return;
	case EV_coalesce:
		strbuf_puts(sb, ev->ret ? _("joined") : _("not joined"));
		return;
	case EV_backlog:
		if (ev->a.backlog.skb && ev->ret)
			strbuf_puts(sb, _("no room: dropped"));
		else if (ev->a.backlog.into)
			strbuf_puts(sb, _("joined to the last"));
		return;
	case EV_create:
		if (ev->ret)
			strbuf_puts(sb, errno_text(ev->ret));
		else
			strbuf_addf(sb, "%s, %s", ev->a.create.ops, ev->a.create.prot);
		return;
	case EV_socket:
	case EV_state:
		if (ev->ret < 0)
			strbuf_puts(sb, errno_text(ev->ret));
		else
			strbuf_addf(sb, "%s → %s", tcp_state_text(ev->a.socket.state),
				    tcp_state_text(ev->a.socket.state_after));
		return;
	case EV_datagram:
		if (ev->ret < 0)
			strbuf_puts(sb, errno_text(ev->ret));
		return;
	case EV_poll:
	case EV_epoll_item:
		strbuf_puts(sb, ev->ret ? poll_mask_text(mask, sizeof(mask), ev->ret)
					: _("nothing ready"));
		return;
	case EV_call:
		if (strstr(name, "_poll") && ev->ret >= 0)
			strbuf_puts(sb, ev->ret ? poll_mask_text(mask, sizeof(mask), ev->ret)
						: _("nothing ready"));
		else if (ev->ret < 0)
			strbuf_puts(sb, errno_text(ev->ret));
		return;
	case EV_irq:
		if (strcmp(name, "request_threaded_irq"))
			strbuf_puts(sb, ev->ret ? "IRQ_HANDLED" : "IRQ_NONE");
		else
			strbuf_puts(sb, ev->ret ? errno_text(ev->ret) : "0");
		return;
	case EV_recv:
		if (ev->ret >= 0)
			strbuf_addf(sb, _("%lld bytes"), ev->ret);
		else
			strbuf_puts(sb, errno_text(ev->ret));
		return;
	case EV_epoll_wait:
	case EV_select:
		if (ev->ret >= 0)
			strbuf_addf(sb, _("%lld ready"), ev->ret);
		else
			strbuf_puts(sb, errno_text(ev->ret));
		return;
	case EV_epoll_create:
	case EV_epoll_ctl:
	case EV_syscall:
		if (ev->ret < 0)
			strbuf_puts(sb, errno_text(ev->ret));
		else
			strbuf_addf(sb, "%lld", ev->ret);
		return;
	}
}

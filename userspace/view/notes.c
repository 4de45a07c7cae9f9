// SPDX-License-Identifier: GPL-2.0
/*
 * What a diagram says beside its arrows: the condition of each branch taken, and
 * the state that changed.
 */
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "base/width.h"
#include "base/lang.h"
#include "view/view.h"
#include "words/text.h"

/* Columns of a note that says what a step is for. */
#define PURPOSE_WIDTH 34

#define DESC_TEXT  N_("descriptor %u: %u bytes → skb#%u")
#define QUEUE_TEXT N_("receive queue: %u → %u bytes\nrcv_nxt: %u → %u")

/**
 * view_condition - why the kernel took the branch into a call
 * @v: state
 * @call: call
 * @to_end: set if the branch covers the rest of its caller
 *
 * Return: the condition that held, from the recorded values, to be freed; NULL
 * where the call is made in any case.
 */
char *view_condition(const struct view_state *v, const struct call *call, bool *to_end)
{
	const char *name = call_name(call);
	const union event_args *a = &call->ev.a;
	const struct call *up = call->parent;

	if (v->level == LEVEL_HOPS)
		return NULL;
	if (!strcmp(name, "napi_complete_done") && up) {
		const struct call *poll = call_above(call, hook_find("__napi_poll"));

		if (!poll)
			return NULL;
		return xasprintf("work %u < budget %u", a->napi.work, poll->ev.a.napi.weight);
	}
	if (!strcmp(name, "ip_local_deliver") || !strcmp(name, "ip_forward")) {
		/* No lookup: the socket that TCP found early had the route. */
		if (!v->route)
			return xstrdup(_("skb_valid_dst(skb): route of the socket"));
		return xasprintf("res.type %s RTN_LOCAL",
				 v->route->ev.a.route.type == RTN_LOCAL ? "==" : "!=");
	}
	if (!strcmp(name, "ip6_input") || !strcmp(name, "ip6_forward")) {
		if (!v->route)
			return xstrdup(_("skb_valid_dst(skb): route of the socket"));
		return xasprintf("res->fib6_type %s RTN_LOCAL",
				 v->route->ev.a.route6.type == RTN_LOCAL ? "==" : "!=");
	}
	if (!strcmp(name, "tcp_v6_rcv"))
		return xstrdup("nexthdr == IPPROTO_TCP");
	if (!strcmp(name, "udpv6_rcv"))
		return xstrdup("nexthdr == IPPROTO_UDP");
	if (!strcmp(name, "icmpv6_rcv"))
		return xstrdup("nexthdr == IPPROTO_ICMPV6");
	if (!strcmp(name, "tcp_v4_rcv"))
		return xstrdup("iph->protocol == IPPROTO_TCP");
	if (!strcmp(name, "udp_rcv"))
		return xstrdup("iph->protocol == IPPROTO_UDP");
	if (!strcmp(name, "icmp_rcv"))
		return xstrdup("iph->protocol == IPPROTO_ICMP");
	if (!strcmp(name, "tcp_add_backlog"))
		return xstrdup("sock_owned_by_user(sk)");
	if (!strcmp(name, "tcp_rcv_established") || !strcmp(name, "tcp_rcv_state_process"))
		return xasprintf("sk->sk_state == %s", tcp_state_text(a->segment.state));
	if (up && !strcmp(call_name(up), "tcp_rcv_established")) {
		*to_end = true;
		if (!strcmp(name, "tcp_data_queue"))
			return xstrdup(_("slow path"));
		if (!strcmp(name, "tcp_queue_rcv"))
			return xasprintf(_("fast path: seq == rcv_nxt, %u bytes of data"),
					 a->segment.end_seq - a->segment.seq);
		*to_end = false;
	}
	if (!strcmp(name, "ep_autoremove_wake_function"))
		return xstrdup("waitqueue_active(&ep->wq)");
	if (up && kind_get(up->ev.kind)->class == EV_epoll_ctl) {
		*to_end = true;
		return xasprintf("op == EPOLL_CTL_%s", epoll_op_text(up->ev.a.epoll_ctl.op));
	}
	if (!strcmp(name, "ep_ptable_queue_proc"))
		return xstrdup(_("pt->_qproc is set: the first poll"));
	return NULL;
}

/**
 * view_label - what an arrow says
 * @v: state
 * @call: call
 *
 * A slide says little of each hop, so that it can be large.
 *
 * Return: the label, to be freed.
 */
char *view_label(const struct view_state *v, const struct call *call)
{
	const union event_args *a = &call->ev.a;
	struct strbuf sb = { 0 };

	if (v->level == LEVEL_HOPS) {
		switch (kind_get(call->ev.kind)->class) {
		case EV_handler:
			return xasprintf(_("interrupt %u, %s"), a->handler.irq, a->handler.name);
		case EV_call:
		case EV_callback:
		case EV_epoll_callback:
		case EV_skb:
		case EV_list:
		case EV_ip:
		case EV_ip6:
		case EV_finish:
		case EV_route:
		case EV_route6:
		case EV_udp:
		case EV_icmp:
		case EV_tcp:
		case EV_tcp6:
		case EV_segment:
		case EV_input:
		case EV_datagram:
		case EV_poll:
		case EV_epoll_item:
		case EV_entry:
		case EV_sock:
			return xstrdup(call_name(call));
		case EV_epoll_wait:
			return xasprintf("%s(epfd %d)", call_name(call), a->epoll_wait.epfd);
		case EV_recv:
			return xasprintf(_("%s(%u bytes)"), call_name(call), a->recv.want);
		}
	}
	call_label(&sb, v->m, call);
	return strbuf_take(&sb);
}

static u32 relative(const struct view_state *v, u32 seq)
{
	const struct packet *p = packet_end_of(v->p);

	return p->sock && p->sock->has_base ? seq - p->sock->base : seq;
}

static struct item *note(struct view_state *v, const struct call *call, int lane, char *text)
{
	struct item *item = view_item(v, ITEM_NOTE, call, call->ev.start);

	item->from = lane;
	item->to = lane;
	item->text = text;
	return item;
}

static void note_desc(struct view_state *v, const struct call *call, int lane)
{
	const union event_args *a = &call->ev.a;
	struct item *item;

	item = note(v, call, lane,
		    xasprintf(_(DESC_TEXT), a->rx_desc.index, a->rx_desc.len, call->packet));
	item->type = ITEM_RING;
	item->ring.index = a->rx_desc.index;
	item->ring.ntc = a->rx_desc.ntc;
	item->ring.ntu = a->rx_desc.ntu;
	item->ring.count = a->rx_desc.count;
	item->ring.tail = v->p->tail ? v->p->tail->ev.a.rx_tail.tail : -1;
}

/* Of the same poll: the refill before a doorbell, or the doorbell after a refill. */
static const struct call *beside(const struct call *call, int kind)
{
	const struct call *child = call->parent ? call->parent->child : NULL;
	const struct call *before = NULL;
	bool passed = false;

	for (; child; child = child->next) {
		passed = passed || child == call;
		if (child->ev.kind != kind)
			continue;
		if (passed)
			return kind == KIND_RX_TAIL ? child : before;
		before = child;
	}
	return kind == KIND_RX_TAIL ? NULL : before;
}

static void note_refill(struct view_state *v, const struct call *call, int lane)
{
	const union event_args *a = &call->ev.a;

	note(v, call, lane,
	     xasprintf(_("refill: %u of %u\nntc %u  ntu %u%s"), a->rx_refill.filled,
		       a->rx_refill.want, a->rx_refill.ntc, a->rx_refill.ntu,
		       !a->rx_refill.filled || beside(call, KIND_RX_TAIL)
			       ? ""
			       : _("\nno doorbell in this poll")));
}

static void note_fault(struct view_state *v, const struct call *call, int lane)
{
	const union event_args *a = &call->ev.a;
	const char *fault = fault_text(a->fault.fault);

	if ((s32)a->fault.left < 0)
		note(v, call, lane, xasprintf(_("fault: %s\nuntil it is switched off"), fault));
	else
		note(v, call, lane,
		     xasprintf(_("fault: %s\n%u more to come"), fault, a->fault.left));
}

static void note_tail(struct view_state *v, const struct call *call, int lane)
{
	const struct call *refill = beside(call, KIND_RX_REFILL);
	struct item *item;
	int nic;

	if (refill && refill->ev.a.rx_refill.ntu != call->ev.a.rx_tail.tail) {
		note(v, call, lane,
		     xasprintf(_("the card's tail is still %u:\nit was not told of ntu %u"),
			       call->ev.a.rx_tail.tail, refill->ev.a.rx_refill.ntu));
		return;
	}
	nic = diagram_lane(v->d, _("NIC"), RXPATH_LAYER_WIRE, 0);
	item = view_item(v, ITEM_ASYNC, call, call->ev.start);
	item->from = lane;
	item->to = nic;
	item->text = xasprintf(_("doorbell: tail = %u, %u filled"), call->ev.a.rx_tail.tail,
			       call->ev.a.rx_tail.filled);
}

/**
 * view_note - draw an instant as the note that it is
 * @v: state
 * @call: the instant
 * @lane: of the call that it happened in
 *
 * Return: false if it is no note.
 */
bool view_note(struct view_state *v, const struct call *call, int lane)
{
	const union event_args *a = &call->ev.a;
	char text[64];

	switch (call->ev.kind) {
	case KIND_CAUSE:
		irq_cause_text(text, sizeof(text), a->cause.icr);
		note(v, call, lane,
		     xasprintf("ICR %#x: %s%s", a->cause.icr, text,
			       a->cause.scheduled ? "" : _("\nalready scheduled")));
		return true;
	case KIND_POLL_BEGIN:
		note(v, call, lane,
		     xasprintf(_("budget %u\nnext to clean %u, to use %u"), a->poll.budget,
			       a->poll.ntc, a->poll.ntu));
		return true;
	case KIND_POLL_END:
		note(v, call, lane,
		     xasprintf(_("work %u of %u%s"), a->poll.work, a->poll.budget,
			       a->poll.done ? _("\ninterrupt enabled again")
					    : _("\nstays on the poll list")));
		return true;
	case KIND_RX_DESC:
		note_desc(v, call, lane);
		return true;
	case KIND_RX_REFILL:
		note_refill(v, call, lane);
		return true;
	case KIND_RX_TAIL:
		note_tail(v, call, lane);
		return true;
	case KIND_FAULT:
		note_fault(v, call, lane);
		return true;
	case KIND_SWITCH_OUT:
		note(v, call, lane, xstrdup(_("sleeps: the CPU goes to another task")));
		return true;
	case KIND_TX_CLEAN:
	case KIND_TX_DESC:
	case KIND_TX_TAIL:
	case KIND_SWITCH_IN:
	case KIND_LOST:
		return true;
	default:
		return false;
	}
}

/* What a function is for, broken into lines of a note's width. */
static char *purpose_text(const char *why)
{
	size_t width;
	int lines;

	return text_wrap(_(why), PURPOSE_WIDTH, &lines, &width);
}

/* Nothing of the set-up shows in a state: what a step is for stands beside it. */
static void note_purpose(struct view_state *v, const struct call *call, int lane)
{
	const struct kind *kind = kind_get(call->ev.kind);

	if (v->level == LEVEL_HOPS || call->child)
		return;
	if (kind->layer <= RXPATH_LAYER_CORE || !strcmp(kind->name, "ep_ptable_queue_proc"))
		note(v, call, lane, purpose_text(kind->why));
}

/* A layout of epoll's own that the trace module did not know gives no item. */
static void note_ready(struct view_state *v, const struct call *call, int lane)
{
	const union event_args *a = &call->ev.a;
	char text[64];

	poll_mask_text(text, sizeof(text), a->callback.key);
	if (!a->callback.ep)
		note(v, call, lane, xasprintf(_("%s\nitem onto the ready list"), text));
	else
		note(v, call, lane,
		     xasprintf(_("%s\nfd %d, ready list: %u → %u"), text, (int)a->callback.fd,
			       a->callback.ready, a->callback.ready_after));
}

static void note_input(struct view_state *v, const struct call *call, int lane)
{
	static const char *const acks[] = { N_("nothing to acknowledge"), N_("ACK sent"),
					    N_("ACK delayed"), N_("ACK held back") };
	const union event_args *a = &call->ev.a;

	note(v, call, lane,
	     xasprintf(_("%s\n%s\nwindow %u"),
		       a->segment.path == 1 ? _("fast path") : _("slow path"),
		       _(acks[a->segment.acked & 3]), a->segment.window));
}

/**
 * view_call_notes - the state that a call changed
 * @v: state
 * @call: call
 * @lane: its lane
 */
void view_call_notes(struct view_state *v, const struct call *call, int lane)
{
	const union event_args *a = &call->ev.a;
	u8 class = kind_get(call->ev.kind)->class;
	const char *name = call_name(call);
	char text[64];

	if (!v->p) {
		note_purpose(v, call, lane);
		return;
	}
	if (v->level == LEVEL_HOPS || v->detail[STAGE_NIC] == DETAIL_EDGE)
		return;
	if ((class == EV_tcp || class == EV_tcp6) && v->detail[STAGE_TCP] == DETAIL_CALLS)
		note(v, call, lane,
		     xasprintf(_("%s seq %u, %u bytes\nwindow %u"),
			       tcp_flags_text(text, sizeof(text), a->tcp.flags),
			       relative(v, a->tcp.seq), a->tcp.len, a->tcp.window));
	else if (!strcmp(name, "tcp_queue_rcv"))
		note(v, call, lane,
		     xasprintf(_(QUEUE_TEXT), a->segment.queued, a->segment.queued_after,
			       relative(v, a->segment.rcv_nxt),
			       relative(v, a->segment.rcv_nxt_after)));
	else if (!strcmp(name, "tcp_add_backlog"))
		note(v, call, lane, xstrdup(_("waits in the backlog until\nthe program lets go")));
	else if (!strcmp(name, "ep_poll_callback"))
		note_ready(v, call, lane);
	else if (class == EV_drop)
		note(v, call, lane, xasprintf(_("dropped: %s"), a->drop.reason));
	else if (a->segment.path && !strcmp(name, "tcp_rcv_established"))
		note_input(v, call, lane);
	else if (!strcmp(name, "__udp_enqueue_schedule_skb"))
		note(v, call, lane,
		     xasprintf(_("receive buffer: %u → %u\nof %u bytes"), a->datagram.memory,
			       a->datagram.memory_after, a->datagram.limit));
	else if (!strcmp(name, "skb_gro_receive") && v->p->into)
		note(v, call, lane,
		     xasprintf(_("skb#%u continues as\na part of skb#%u"), v->p->no,
			       v->p->into->no));
}

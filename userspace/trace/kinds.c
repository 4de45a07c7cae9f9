// SPDX-License-Identifier: GPL-2.0
/*
 * The kinds of events and the fields of each class, as tables. A hook's kind
 * comes from the hook table itself, so a line added there is known here.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "trace/event.h"

/* Tables: a row a line. */
/* clang-format off */

/* The member comes last: it is named twice, and never evaluated. */
#define FIELD_AT(text, how, ...) {						\
	.name = text,								\
	.offset = offsetof(union event_args, __VA_ARGS__),			\
	.size = sizeof(((union event_args *)0)->__VA_ARGS__),			\
	.type = how,								\
}

#define INT(class, field)	FIELD_AT(#field, FIELD_INT, class.field)
#define BYTES(class, field)	FIELD_AT(#field, FIELD_BYTES, class.field)
#define STRING(class, field)	FIELD_AT(#field, FIELD_STRING, class.field)
#define BYTES_AS(text, ...)	FIELD_AT(text, FIELD_BYTES, __VA_ARGS__)

static const struct field fields_irq[] = { INT(irq, irq) };
static const struct field fields_napi[] = {
	INT(napi, napi), INT(napi, ifindex), INT(napi, weight), INT(napi, work),
};

static const struct field fields_skb[] = {
	INT(skb, skb), INT(skb, ifindex), INT(skb, len), INT(skb, protocol),
};

static const struct field fields_merge[] = {
	INT(merge, into), INT(merge, skb), INT(merge, len),
};

static const struct field fields_list[] = { INT(list, first), INT(list, count) };
static const struct field fields_flush[] = {
	INT(flush, skb), INT(flush, len), INT(flush, count),
};

static const struct field fields_clone[] = { INT(clone, skb), INT(clone, clone) };
static const struct field fields_free[] = { INT(free, skb), INT(free, users) };
static const struct field fields_drop[] = {
	INT(drop, skb), INT(drop, len), INT(drop, users), INT(drop, number),
	INT(drop, protocol), STRING(drop, reason),
};

static const struct field fields_ip[] = {
	INT(ip, skb), INT(ip, len), BYTES(ip, saddr), BYTES(ip, daddr),
	INT(ip, proto), INT(ip, ttl), INT(ip, id),
};

static const struct field fields_finish[] = {
	INT(ip, skb), INT(ip, len), BYTES(ip, saddr), BYTES(ip, daddr),
	INT(ip, proto), INT(ip, ttl), INT(ip, id), INT(ip, sk), INT(ip, type),
};

static const struct field fields_ip6[] = {
	INT(ip6, skb), INT(ip6, len), BYTES(ip6, saddr), BYTES(ip6, daddr),
	INT(ip6, proto), INT(ip6, hops),
};

static const struct field fields_route6[] = {
	INT(route6, skb), BYTES(route6, saddr), BYTES(route6, daddr), INT(route6, type),
};

static const struct field fields_udp[] = {
	INT(udp, skb), BYTES(udp, saddr), BYTES(udp, daddr), INT(udp, sport),
	INT(udp, dport), INT(udp, len),
};

static const struct field fields_icmp[] = {
	INT(icmp, skb), BYTES(icmp, saddr), BYTES(icmp, daddr), INT(icmp, type),
	INT(icmp, code), INT(icmp, id), INT(icmp, seq),
};

static const struct field fields_route[] = {
	INT(route, skb), BYTES(route, saddr), BYTES(route, daddr), INT(route, type),
};

static const struct field fields_tcp[] = {
	INT(tcp, skb), BYTES(tcp, saddr), BYTES(tcp, daddr), INT(tcp, sport),
	INT(tcp, dport), INT(tcp, seq), INT(tcp, ack), INT(tcp, len),
	INT(tcp, flags), INT(tcp, window),
};

static const struct field fields_tcp6[] = {
	INT(tcp, skb), BYTES_AS("saddr", tcp.saddr6), BYTES_AS("daddr", tcp.daddr6),
	INT(tcp, sport), INT(tcp, dport), INT(tcp, seq), INT(tcp, ack),
	INT(tcp, len), INT(tcp, flags), INT(tcp, window),
};

static const struct field fields_segment[] = {
	INT(segment, sk), INT(segment, skb), INT(segment, sport),
	INT(segment, dport), INT(segment, state), INT(segment, seq),
	INT(segment, end_seq), INT(segment, rcv_nxt), INT(segment, rcv_nxt_after),
	INT(segment, queued), INT(segment, queued_after),
};

static const struct field fields_input[] = {
	INT(segment, sk), INT(segment, skb), INT(segment, sport),
	INT(segment, dport), INT(segment, state), INT(segment, seq),
	INT(segment, end_seq), INT(segment, rcv_nxt), INT(segment, rcv_nxt_after),
	INT(segment, queued), INT(segment, queued_after), INT(segment, window),
	INT(segment, order), INT(segment, path), INT(segment, acked),
};

static const struct field fields_backlog[] = {
	INT(backlog, sk), INT(backlog, skb), INT(backlog, sport),
	INT(backlog, dport), INT(backlog, state), INT(backlog, seq),
	INT(backlog, end_seq), INT(backlog, into), INT(backlog, backlog),
	INT(backlog, backlog_after),
};

static const struct field fields_coalesce[] = {
	INT(coalesce, sk), INT(coalesce, into), INT(coalesce, skb),
	INT(coalesce, seq), INT(coalesce, end_seq),
};

static const struct field fields_sock[] = {
	INT(sock, sk), INT(sock, sport), INT(sock, dport), INT(sock, state),
	INT(sock, queued),
};

static const struct field fields_create[] = {
	INT(create, sk), INT(create, family), INT(create, type),
	INT(create, protocol), STRING(create, ops), STRING(create, prot),
};

static const struct field fields_socket[] = {
	INT(socket, sk), INT(socket, sport), INT(socket, dport), INT(socket, state),
	INT(socket, state_after), INT(socket, value),
};

static const struct field fields_state[] = {
	INT(socket, sk), INT(socket, sport), INT(socket, dport), INT(socket, state),
	INT(socket, state_after),
};

static const struct field fields_syn[] = {
	INT(listen, sk), INT(listen, skb), INT(listen, dport),
	INT(listen, syn_queue), INT(listen, syn_queue_after),
	INT(listen, accept_queue), INT(listen, accept_queue_after),
	INT(listen, backlog),
};

static const struct field fields_listen[] = {
	INT(listen, sk), INT(listen, req), INT(listen, child), INT(listen, dport),
	INT(listen, syn_queue), INT(listen, syn_queue_after),
	INT(listen, accept_queue), INT(listen, accept_queue_after),
	INT(listen, backlog),
};

static const struct field fields_child[] = {
	INT(child, sk), INT(child, parent), INT(child, skb), INT(child, sport),
	INT(child, dport), INT(child, state),
};

static const struct field fields_datagram[] = {
	INT(datagram, sk), INT(datagram, skb), INT(datagram, sport),
	INT(datagram, dport), INT(datagram, len), INT(datagram, memory),
	INT(datagram, memory_after), INT(datagram, limit),
};

static const struct field fields_take[] = {
	INT(take, sk), INT(take, sport), INT(take, dport), INT(take, flags),
	INT(take, skb),
};

static const struct field fields_wake[] = { INT(wake, wq), INT(wake, key) };
static const struct field fields_callback[] = {
	INT(callback, wait), INT(callback, wq), INT(callback, pid),
	INT(callback, key), STRING(callback, comm), INT(callback, exclusive),
};

static const struct field fields_epoll_callback[] = {
	INT(callback, wait), INT(callback, ep), INT(callback, fd),
	INT(callback, key), INT(callback, events), INT(callback, ready),
	INT(callback, ready_after), INT(callback, exclusive),
};

static const struct field fields_entry[] = { INT(entry, wq), INT(entry, wait) };
static const struct field fields_epoll_create[] = {
	INT(epoll_create, ep), INT(epoll_create, flags),
};

static const struct field fields_epoll_ctl[] = {
	INT(epoll_ctl, epfd), INT(epoll_ctl, op), INT(epoll_ctl, fd),
	INT(epoll_ctl, ep), INT(epoll_ctl, events),
};

static const struct field fields_epoll_item[] = {
	INT(epoll_item, ep), INT(epoll_item, fd), INT(epoll_item, events),
};

static const struct field fields_epoll_wait[] = {
	INT(epoll_wait, epfd), INT(epoll_wait, maxevents), INT(epoll_wait, ep),
	INT(epoll_wait, ready), INT(epoll_wait, ready_after),
};

static const struct field fields_poll[] = {
	INT(file_poll, sk), INT(file_poll, sport), INT(file_poll, dport),
	INT(file_poll, state), INT(file_poll, wq), INT(file_poll, events),
};

static const struct field fields_select[] = { INT(select, nfds) };

static const struct field fields_recv[] = {
	INT(recv, sk), INT(recv, sport), INT(recv, dport), INT(recv, want),
	INT(recv, flags), INT(recv, seq), INT(recv, seq_after), INT(recv, window),
	INT(recv, acked),
};

static const struct field fields_copy[] = {
	INT(copy, skb), INT(copy, offset), INT(copy, len),
};

static const struct field fields_cause[] = {
	INT(cause, ifindex), INT(cause, icr), INT(cause, scheduled),
};

static const struct field fields_ring_poll[] = {
	INT(poll, ifindex), INT(poll, budget), INT(poll, work), INT(poll, ntc),
	INT(poll, ntu), INT(poll, tx_cleaned), INT(poll, done),
};

static const struct field fields_rx_desc[] = {
	INT(rx_desc, ifindex), INT(rx_desc, skb), INT(rx_desc, index),
	INT(rx_desc, len), INT(rx_desc, ntc), INT(rx_desc, ntu),
	INT(rx_desc, status),
};

static const struct field fields_rx_tail[] = {
	INT(rx_tail, ifindex), INT(rx_tail, tail), INT(rx_tail, filled),
};

static const struct field fields_tx_desc[] = {
	INT(tx_desc, ifindex), INT(tx_desc, skb), INT(tx_desc, index),
	INT(tx_desc, len), INT(tx_desc, descs), INT(tx_desc, tail),
};

static const struct field fields_tx_clean[] = {
	INT(tx_clean, ifindex), INT(tx_clean, packets), INT(tx_clean, bytes),
	INT(tx_clean, ntc), INT(tx_clean, ntu),
};

static const struct field fields_handler[] = {
	INT(handler, irq), STRING(handler, name),
};

static const struct field fields_vector[] = { INT(vector, vec) };
static const struct field fields_waking[] = {
	INT(waking, pid), INT(waking, target_cpu), STRING(waking, comm),
};

static const struct field fields_switch[] = {
	INT(swtch, prev_pid), INT(swtch, next_pid), INT(swtch, prev_state),
	STRING(swtch, next_comm),
};

static const struct field fields_missed[] = {
	INT(missed, nested), INT(missed, exhausted), INT(missed, before),
};

static const struct field fields_syscall[] = { INT(syscall, fd) };

#define CLASS(class)	\
	[EV_##class] = { fields_##class, ARRAY_SIZE(fields_##class) }

static const struct {
	const struct field *fields;
	size_t n;
} classes[EV_NR] = {
	CLASS(irq), CLASS(napi), CLASS(skb), CLASS(merge), CLASS(list),
	CLASS(flush), CLASS(clone), CLASS(free), CLASS(drop), CLASS(ip),
	CLASS(ip6), CLASS(finish), CLASS(route), CLASS(route6), CLASS(udp),
	CLASS(icmp), CLASS(tcp), CLASS(tcp6), CLASS(segment), CLASS(input),
	CLASS(backlog), CLASS(coalesce), CLASS(sock), CLASS(create),
	CLASS(socket), CLASS(state), CLASS(syn), CLASS(listen), CLASS(child),
	CLASS(datagram), CLASS(take), CLASS(wake), CLASS(callback),
	CLASS(epoll_callback), CLASS(entry), CLASS(epoll_create),
	CLASS(epoll_ctl), CLASS(epoll_item), CLASS(epoll_wait), CLASS(poll),
	CLASS(select), CLASS(recv), CLASS(copy), CLASS(cause),
	CLASS(ring_poll), CLASS(rx_desc), CLASS(rx_tail), CLASS(tx_desc),
	CLASS(tx_clean), CLASS(handler), CLASS(vector), CLASS(waking),
	CLASS(switch), CLASS(syscall), CLASS(missed),
};

#define KNOWN(id, sys, event, cls, lay, ph, where, what)			\
	[KIND_##id] = {								\
	.system = sys, .name = event, .class = EV_##cls,			\
	.layer = RXPATH_LAYER_##lay, .phase = PHASE_##ph, .file = where,	\
	.why = what,								\
}

#define OURS	"rxpath_e1000"

static const struct kind builtin[] = {
	KNOWN(LOST, "", "lost", lost, CORE, LEAF, "", "the ring buffer dropped records"),
	KNOWN(MISSED, "rxpath", "loss", missed, CORE, LEAF, "", "calls that have no event"),
	KNOWN(HANDLER, "irq", "irq_handler", handler, DRIVER, BEGIN,
	      "kernel/irq/handle.c", "the CPU runs the handlers of one interrupt line"),
	KNOWN(SOFTIRQ, "irq", "softirq", vector, CORE, BEGIN,
	      "kernel/softirq.c", "the CPU runs one softirq"),
	KNOWN(RAISE, "irq", "softirq_raise", vector, CORE, LEAF,
	      "kernel/softirq.c", "a softirq is marked pending on this CPU"),
	KNOWN(WAKING, "sched", "sched_waking", waking, WAITQ, LEAF,
	      "kernel/sched/core.c", "a task is about to be made runnable"),
	KNOWN(SWITCH_OUT, "sched", "sched_switch", switch, WAITQ, LEAF,
	      "kernel/sched/core.c", "the task leaves the CPU"),
	KNOWN(SWITCH_IN, "sched", "sched_switch in", switch, WAITQ, LEAF,
	      "kernel/sched/core.c", "the task gets the CPU"),
	KNOWN(CAUSE, OURS, "irq", cause, DRIVER, LEAF,
	      "driver/main.c", "the cause register was read, which clears it"),
	KNOWN(POLL_BEGIN, OURS, "poll_begin", ring_poll, DRIVER, LEAF,
	      "driver/main.c", "the poll starts"),
	KNOWN(POLL_END, OURS, "poll_end", ring_poll, DRIVER, LEAF,
	      "driver/main.c", "the poll ends with its work"),
	KNOWN(RX_DESC, OURS, "rx_desc", rx_desc, DRIVER, LEAF,
	      "driver/rx.c", "a received descriptor was taken from the ring"),
	KNOWN(RX_TAIL, OURS, "rx_tail", rx_tail, DRIVER, LEAF,
	      "driver/rx.c", "refilled descriptors were given to the NIC"),
	KNOWN(TX_DESC, OURS, "tx_desc", tx_desc, DRIVER, LEAF,
	      "driver/tx.c", "a frame was put on the transmit ring"),
	KNOWN(TX_TAIL, OURS, "tx_tail", tx_desc, DRIVER, LEAF,
	      "driver/tx.c", "the NIC was told of frames to send"),
	KNOWN(TX_CLEAN, OURS, "tx_clean", tx_clean, DRIVER, LEAF,
	      "driver/tx.c", "sent frames were given back"),
#define RXPATH_HOOK(event, cls, arg, syms, lay, where, what) {			\
	.system = "rxpath", .name = #event, .class = EV_##cls,			\
	.layer = RXPATH_LAYER_##lay, .phase = PHASE_WHOLE, .symbols = syms,	\
	.file = where, .why = what,						\
},
#include "../../include/rxpath_hooks.h"
};

/* clang-format on */

/* Kinds met in a trace that are in no table: system calls, newer hooks. */
static struct kind *added;
static u16 nr_added;

/**
 * class_fields - the fields that an event class carries
 * @class: the class
 * @n: how many there are
 *
 * Return: the fields, NULL if there are none.
 */
const struct field *class_fields(enum event_class class, size_t *n)
{
	*n = classes[class].n;
	return classes[class].fields;
}

/**
 * kind_get - a kind by its number
 * @kind: number
 *
 * Return: the kind; valid until the next kind_add().
 */
const struct kind *kind_get(u16 kind)
{
	if (kind < ARRAY_SIZE(builtin))
		return &builtin[kind];
	return &added[kind - ARRAY_SIZE(builtin)];
}

/**
 * kind_count - how many kinds there are
 *
 * Return: one more than the highest number.
 */
u16 kind_count(void)
{
	return ARRAY_SIZE(builtin) + nr_added;
}

/**
 * kind_add - a kind that only the trace knows
 * @system: trace system
 * @name: event name, a system call's without its prefix
 * @class: class
 * @phase: what an event of this name is
 *
 * Return: its number.
 */
u16 kind_add(const char *system, const char *name, enum event_class class, enum event_phase phase)
{
	bool syscall = class == EV_syscall;
	struct kind *k;

	added = xrealloc(added, nr_added + 1, sizeof(*added));
	k = &added[nr_added++];
	memset(k, 0, sizeof(*k));
	k->system = xstrdup(system);
	k->name = xstrdup(name);
	k->file = syscall ? "" : "kernel";
	k->why = syscall ? N_("system call") : N_("a function this reader has no line for");
	k->class = class;
	k->layer = syscall ? RXPATH_LAYER_PROGRAM : RXPATH_LAYER_CORE;
	k->phase = phase;
	return kind_count() - 1;
}

/**
 * kind_find - a kind by its name
 * @system: trace system
 * @name: event name
 *
 * Return: its number, or -1.
 */
int kind_find(const char *system, const char *name)
{
	u16 i;

	for (i = 0; i < kind_count(); i++) {
		const struct kind *k = kind_get(i);

		if (!strcmp(k->name, name) && !strcmp(k->system, system))
			return i;
	}
	return -1;
}

/**
 * hook_find - a hook by the name of its event
 * @name: name
 *
 * Return: its kind's number, or -1.
 */
int hook_find(const char *name)
{
	return kind_find("rxpath", name);
}

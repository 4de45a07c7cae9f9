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
#define STRING(class, field)	FIELD_AT(#field, FIELD_STRING, class.field)

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
	INT(rx_desc, status), INT(rx_desc, count),
};

static const struct field fields_rx_refill[] = {
	INT(rx_refill, ifindex), INT(rx_refill, filled), INT(rx_refill, want),
	INT(rx_refill, ntc), INT(rx_refill, ntu),
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

static const struct field fields_fault[] = {
	INT(fault, ifindex), INT(fault, fault), INT(fault, left),
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

#define OTHER(class)	\
	[EV_##class] = { fields_##class, ARRAY_SIZE(fields_##class) }

struct rows {
	const struct field *fields;
	size_t n;
};

/* Those of no hook. */
static const struct rows others[EV_NR] = {
	OTHER(cause), OTHER(ring_poll), OTHER(rx_desc), OTHER(rx_refill),
	OTHER(rx_tail), OTHER(tx_desc), OTHER(tx_clean), OTHER(fault),
	OTHER(handler), OTHER(vector), OTHER(waking), OTHER(switch), OTHER(syscall), OTHER(missed),
};

/* A hook's class says its fields itself: ../include/classes/. */
#define ROW_AT(text, how, ...) {						\
	.name = text,								\
	.offset = offsetof(typeof(store), __VA_ARGS__),			\
	.size = sizeof(store.__VA_ARGS__),					\
	.type = how,								\
},
#define ROW_ID(name)		ROW_AT(#name, FIELD_INT, name)
#define ROW_ID_GONE		ROW_ID
#define ROW_U32			ROW_ID
#define ROW_INT			ROW_ID
#define ROW_U16			ROW_ID
#define ROW_U8			ROW_ID
#define ROW_S8			ROW_ID
#define ROW_ADDR4(name)		ROW_AT(#name, FIELD_BYTES, name)
#define ROW_ADDR6		ROW_ADDR4
#define ROW_ADDR6_BESIDE(name)	ROW_AT(#name, FIELD_BYTES, name##6)
#define ROW_TEXT8(name)		ROW_AT(#name, FIELD_STRING, name)
#define ROW_TEXT28		ROW_TEXT8
#define ROW_FILL28		ROW_TEXT8
#define ROW_COMM		ROW_TEXT8
#define ROW_RET(name)
#define ROW_RET64		ROW_RET
#define ROW_RET8		ROW_RET
#define ROW(kind, name, ...)	ROW_##kind(name)

/* A union's members all begin where it does. */
#define FIELDS_OF(class, ...)							\
	static struct rows fields_of_##class(void)				\
	{									\
		static const typeof(((union event_args *)0)->__VA_ARGS__) store;\
		static const struct field fields[] = {				\
			RXPATH_##class##_FIELDS(ROW)				\
		};								\
										\
		(void)&store;						\
		return (struct rows){ fields, ARRAY_SIZE(fields) };		\
	}
#define RXPATH_CLASS(class, kept, store) FIELDS_OF(class, store)
#include "../../include/rxpath_classes.h"

static const struct {
	struct rows (*fields)(void);
} of_hooks[EV_NR] = {
#define RXPATH_CLASS(class, ...)		\
	[EV_##class] = { fields_of_##class },
#define RXPATH_CLASS_AS(class, ...)		\
	[EV_whole_##class] = { fields_of_##class },
#include "../../include/rxpath_classes.h"
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
	      "driver/poll.c", "the cause register was read, which clears it"),
	KNOWN(POLL_BEGIN, OURS, "poll_begin", ring_poll, DRIVER, LEAF,
	      "driver/poll.c", "the poll starts"),
	KNOWN(POLL_END, OURS, "poll_end", ring_poll, DRIVER, LEAF,
	      "driver/poll.c", "the poll ends with its work"),
	KNOWN(RX_DESC, OURS, "rx_desc", rx_desc, DRIVER, LEAF,
	      "driver/rx.c", "a received descriptor was taken from the ring"),
	KNOWN(RX_REFILL, OURS, "rx_refill", rx_refill, DRIVER, LEAF,
	      "driver/rx-ring.c", "buffers were put behind descriptors"),
	KNOWN(RX_TAIL, OURS, "rx_tail", rx_tail, DRIVER, LEAF,
	      "driver/rx-ring.c", "refilled descriptors were given to the NIC"),
	KNOWN(TX_DESC, OURS, "tx_desc", tx_desc, DRIVER, LEAF,
	      "driver/tx.c", "a frame was put on the transmit ring"),
	KNOWN(TX_TAIL, OURS, "tx_tail", tx_desc, DRIVER, LEAF,
	      "driver/tx.c", "the NIC was told of frames to send"),
	KNOWN(TX_CLEAN, OURS, "tx_clean", tx_clean, DRIVER, LEAF,
	      "driver/tx.c", "sent frames were given back"),
	KNOWN(FAULT, OURS, "fault", fault, DRIVER, LEAF,
	      "driver/fault.c", "a fault that somebody has set happened"),
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
	const struct rows rows = of_hooks[class].fields ? of_hooks[class].fields() : others[class];

	*n = rows.n;
	return rows.fields;
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

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A decoded event, and the table of the kinds of events that the reader knows.
 * Nothing behind the input stage sees a trace file.
 */
#ifndef RXPATH_EVENT_H
#define RXPATH_EVENT_H

#include "base/util.h"

/* The first inclusion is for enum rxpath_layer alone. */
#define RXPATH_HOOK(event, class, arg, symbols, layer, file, why)
#include "../../include/rxpath_hooks.h"

enum context {
	CTX_HARDIRQ,
	CTX_SOFTIRQ,
	CTX_TASK,
	CTX_NR,
};

/* A hook's class has the name it has in the hook table; the description is the class's. */
enum event_class {
#define RXPATH_CLASS(class, ...) EV_##class,
/* With its own fields, which the decoder takes apart. */
#define RXPATH_CLASS_AS(class, ...) EV_whole_##class,
#include "../../include/rxpath_classes.h"
	/* our driver */
	EV_cause,
	EV_ring_poll,
	EV_rx_desc,
	EV_rx_refill,
	EV_rx_tail,
	EV_tx_desc,
	EV_tx_clean,
	EV_fault,
	/* the kernel's own */
	EV_handler,
	EV_vector,
	EV_waking,
	EV_switch,
	EV_syscall,
	/* records that the ring buffer dropped */
	EV_lost,
	/* calls that the trace module gave no event */
	EV_missed,
	EV_NR,
};

enum event_phase {
	PHASE_WHOLE, /* one event is one finished call */
	PHASE_BEGIN,
	PHASE_END,
	PHASE_LEAF, /* an instant */
};

#define COMM_LEN 16

/* A class's fields as the reader holds them. */
#define MEMBER_ID(name)	     u32 name;
#define MEMBER_ID_GONE(name) u32 name;
#define MEMBER_U32(name)     u32 name;
#define MEMBER_INT(name)     u32 name;
#define MEMBER_U16(name)     u16 name;
#define MEMBER_U8(name)	     u8 name;
#define MEMBER_S8(name)	     signed char name;
#define MEMBER_ADDR4(name)   u8 name[4];
#define MEMBER_ADDR6(name)   u8 name[16];
/* clang-format off */
#define MEMBER_ADDR6_BESIDE(name)	u8 name##6[16];
/* clang-format on */
#define MEMBER_TEXT8(name)  char name[8];
#define MEMBER_TEXT28(name) char name[28];
#define MEMBER_FILL28(name) char name[28];
#define MEMBER_COMM(name)   char name[COMM_LEN];
/* Every event has it. */
#define MEMBER_RET(name)
#define MEMBER_RET64(name)
#define MEMBER_RET8(name)
#define MEMBER(kind, name, ...) MEMBER_##kind(name)

union event_args {
#define RXPATH_STORE(store, fields)                                                                \
	struct {                                                                                   \
		fields(MEMBER)                                                                     \
	} store;
#include "../../include/rxpath_classes.h"
	/* Those that are no hook's. */
	struct {
		u32 ifindex, icr;
		u8 scheduled;
	} cause;
	struct {
		u32 ifindex;
		u16 budget, work, ntc, ntu, tx_cleaned;
		u8 done;
	} poll;
	struct {
		u32 ifindex, skb;
		u16 index, len, ntc, ntu;
		u16 count; /* of the ring; 0 in traces of older drivers */
		u8 status;
	} rx_desc;
	struct {
		u32 ifindex;
		u16 filled, want, ntc, ntu;
	} rx_refill;
	struct {
		u32 ifindex;
		u16 tail, filled;
	} rx_tail;
	struct {
		u32 ifindex, skb;
		u16 index, len, descs, tail;
	} tx_desc;
	struct {
		u32 ifindex, bytes;
		u16 packets, ntc, ntu;
	} tx_clean;
	struct {
		u32 ifindex, fault, left;
	} fault;
	struct {
		u32 irq;
		char name[COMM_LEN];
	} handler;
	struct {
		u32 vec;
	} vector;
	struct {
		u32 pid, target_cpu;
		char comm[COMM_LEN];
	} waking;
	struct {
		u32 prev_pid, next_pid;
		u64 prev_state;
		char next_comm[COMM_LEN];
	} swtch;
	struct {
		u32 fd;
	} syscall;
	struct {
		u32 count;
	} lost;
	struct {
		u64 nested, exhausted;
		u32 before;
	} missed;
};

struct event {
	u64 start;
	u64 end; /* equal to start for an instant */
	s64 ret;
	u32 no; /* position in the trace, from 1 */
	u32 pid;
	u16 cpu;
	u16 kind;
	u8 ctx;
	u8 phase;
	union event_args a;
};

enum field_type {
	FIELD_INT,
	FIELD_BYTES,
	FIELD_STRING,
};

/* Where a field of the trace goes in union event_args. */
struct field {
	const char *name;
	u16 offset;
	u8 size;
	u8 type;
};

struct kind {
	const char *system;
	const char *name;
	const char *symbols; /* what the hook tries; NULL if not a hook */
	const char *file;
	const char *why;
	u8 class;
	u8 layer;
	u8 phase; /* of an event with exactly this name */
};

/* Kinds with a role of their own; the hooks come after them, in table order. */
enum known_kind {
	KIND_LOST,
	KIND_MISSED,
	KIND_HANDLER,
	KIND_SOFTIRQ,
	KIND_RAISE,
	KIND_WAKING,
	KIND_SWITCH_OUT,
	KIND_SWITCH_IN,
	KIND_CAUSE,
	KIND_POLL_BEGIN,
	KIND_POLL_END,
	KIND_RX_DESC,
	KIND_RX_REFILL,
	KIND_RX_TAIL,
	KIND_TX_DESC,
	KIND_TX_TAIL,
	KIND_TX_CLEAN,
	KIND_FAULT,
	KIND_FIRST_HOOK,
};

const struct kind *kind_get(u16 kind);
u16 kind_count(void);
u16 kind_add(const char *system, const char *name, enum event_class class, enum event_phase phase);
int kind_find(const char *system, const char *name);
int hook_find(const char *name);
const struct field *class_fields(enum event_class class, size_t *n);

#endif /* RXPATH_EVENT_H */

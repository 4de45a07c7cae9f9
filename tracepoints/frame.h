/* SPDX-License-Identifier: GPL-2.0 */
/* What a trampoline keeps on its stack: known to it in bytes, to C as a struct. */
#ifndef RXPATH_FRAME_H
#define RXPATH_FRAME_H

#define RXPATH_NR_ARGS	  6
#define RXPATH_FRAME_CALL (8 * RXPATH_NR_ARGS)
#define RXPATH_FRAME_SIZE 160

/*
 * Where a function goes from its entry is found by its address: a table of
 * twice the hooks' number and more, so that the first look nearly always hits.
 */
#define RXPATH_SLOT_SIZE  16
#define RXPATH_NR_SLOTS	  512
#define RXPATH_SLOTS_MASK ((RXPATH_NR_SLOTS - 1) * RXPATH_SLOT_SIZE)

#ifndef __ASSEMBLY__
#include <linux/build_bug.h>
#include <linux/percpu.h>
#include <linux/types.h>

#include "call.h"

/**
 * struct rxpath_frame - one call under way
 * @args: the argument registers, in the order of the calling convention
 * @call: what its event will say
 */
struct rxpath_frame {
	unsigned long args[RXPATH_NR_ARGS];
	struct rxpath_call call;
};

static_assert(offsetof(struct rxpath_frame, call) == RXPATH_FRAME_CALL);
static_assert(sizeof(struct rxpath_frame) <= RXPATH_FRAME_SIZE);

/**
 * struct rxpath_slot - where one hooked function's calls go
 * @past: the address behind the function's call of us; 0: the slot was never used
 * @to: its hook's trampoline while the hook is armed, rxpath_pass() otherwise
 */
struct rxpath_slot {
	unsigned long past;
	void (*to)(void);
};

static_assert(sizeof(struct rxpath_slot) == RXPATH_SLOT_SIZE);

extern struct rxpath_slot rxpath_slots[RXPATH_NR_SLOTS];
DECLARE_PER_CPU(long, rxpath_open_calls);

void rxpath_dispatch(void);
void rxpath_pass(void);

/* The trampoline goes on with the function's arguments in their registers. */
#if defined(RXPATH_DIRECT) && !__has_attribute(__no_caller_saved_registers__)
#error "rxpath needs a compiler that knows no_caller_saved_registers"
#endif

#define RXPATH_GATE_ARGS                                                                           \
	unsigned long arg0, unsigned long arg1, unsigned long arg2, unsigned long arg3,            \
		unsigned long arg4, unsigned long arg5

/**
 * struct rxpath_handlers - what is done in a hook's calls
 * @gate: asked first while a filter is in force; false: the call is nobody's business
 * @enter: what is done at entry; false: the call is nobody's business
 * @leave: what is done at return, if @enter said true
 */
struct rxpath_handlers {
	bool (*gate)(unsigned long arg0, unsigned long arg1, unsigned long arg2, unsigned long arg3,
		     unsigned long arg4, unsigned long arg5);
	bool (*enter)(struct rxpath_frame *frame);
	void (*leave)(struct rxpath_frame *frame);
};

/* In the table's order. */
extern const struct rxpath_handlers rxpath_handlers[];

/* Each hook's handlers, and the trampoline that calls them by name. */
#define RXPATH_HOOK(_event, ...)                                                                   \
	__no_caller_saved_registers bool gate_##_event(RXPATH_GATE_ARGS);                          \
	bool enter_##_event(struct rxpath_frame *frame);                                           \
	void leave_##_event(struct rxpath_frame *frame);                                           \
	void rxpath_trampoline_##_event(void);
#include "rxpath_hooks.h"
#endif /* __ASSEMBLY__ */

#endif /* RXPATH_FRAME_H */

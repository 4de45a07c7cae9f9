/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The way of a hooked function's call, x86-64.
 *
 * ftrace has put a call of rxpath_dispatch at the function's first instruction.
 * There the stack holds the return address into the function and above it the
 * one into its caller; the argument registers are the function's, %rax, %r10
 * and %r11 are nobody's.
 *
 * A trampoline calls the function itself, as any caller would, from behind that
 * first instruction. So it sees the return without touching a return address:
 * the call's record lies in the trampoline's frame, and there is no pool of them
 * that could run out, nor a lock that could make us miss a call. Any context,
 * any nesting. Arguments on the stack would not be where the function looks
 * for them: no line of the table names a function with more than six.
 */
#include <linux/linkage.h>
#include <asm/ibt.h>
#include <asm/nospec-branch.h>
#include <asm/percpu.h>
#include <asm/unwind_hints.h>

#include "frame.h"

	.text

/* Where hooked functions go whose hook is not armed: back. */
SYM_FUNC_START(rxpath_pass)
	ENDBR
	RET
SYM_FUNC_END(rxpath_pass)

/*
 * Bits 4 and up of an entry's address differ from function to function. Ends at
 * an empty slot, which the table always has.
 */
SYM_FUNC_START(rxpath_dispatch)
	ENDBR
	movq	(%rsp), %rax
	movl	%eax, %r11d
	leaq	rxpath_slots(%rip), %r10
1:	andl	$RXPATH_SLOTS_MASK, %r11d
	cmpq	%rax, (%r10, %r11)
	jne	2f
	movq	8(%r10, %r11), %r11
	JMP_NOSPEC r11
2:	cmpq	$0, (%r10, %r11)
	je	3f
	addl	$RXPATH_SLOT_SIZE, %r11d
	jmp	1b
3:	RET
SYM_FUNC_END(rxpath_dispatch)

/*
 * The frame pointer is there for the unwinder: stacks that are walked while the
 * function runs show it twice, the second time as our caller.
 *
 * The count of open calls tells when nobody can return here any more. What is
 * outside of it runs without a voluntary switch, which synchronize_rcu_tasks()
 * waits for.
 */
.macro TRAMPOLINE event:req
SYM_FUNC_START(rxpath_trampoline_\event)
	ENDBR
	/* A filter is in force: most calls go no further than its gate, which keeps registers. */
	cmpl	$0, rxpath_gated(%rip)
	jne	3f
2:	pushq	%rbp
	movq	%rsp, %rbp
	subq	$RXPATH_FRAME_SIZE, %rsp
	incq	PER_CPU_VAR(rxpath_open_calls)
	movq	%rdi, 0(%rsp)
	movq	%rsi, 8(%rsp)
	movq	%rdx, 16(%rsp)
	movq	%rcx, 24(%rsp)
	movq	%r8, 32(%rsp)
	movq	%r9, 40(%rsp)
	movq	%rsp, %rdi
	call	enter_\event
	testb	%al, %al
	jz	1f

	movq	0(%rsp), %rdi
	movq	8(%rsp), %rsi
	movq	16(%rsp), %rdx
	movq	24(%rsp), %rcx
	movq	32(%rsp), %r8
	movq	40(%rsp), %r9
	movq	8(%rbp), %rax
	CALL_NOSPEC rax

	/* The second register is part of the value only of 16-byte structs. */
	movq	%rax, 0(%rsp)
	movq	%rdx, 8(%rsp)
	movq	%rsp, %rdi
	call	leave_\event
	movq	0(%rsp), %rax
	movq	8(%rsp), %rdx
	decq	PER_CPU_VAR(rxpath_open_calls)
	leave
	/* The function has run: not into it, but to its caller. */
	addq	$8, %rsp
	UNWIND_HINT_FUNC
	RET

	/* Not chosen: into the function, as if we had not been there. */
1:	movq	0(%rsp), %rdi
	movq	8(%rsp), %rsi
	movq	16(%rsp), %rdx
	movq	24(%rsp), %rcx
	movq	32(%rsp), %r8
	movq	40(%rsp), %r9
	decq	PER_CPU_VAR(rxpath_open_calls)
	leave
	RET

3:	call	gate_\event
	testb	%al, %al
	jnz	2b
	RET
SYM_FUNC_END(rxpath_trampoline_\event)
.endm

#define RXPATH_HOOK(_event, ...) TRAMPOLINE event=_event
#include "rxpath_hooks.h"

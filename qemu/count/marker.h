/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a program in the guest speaks to the plugin outside: by an instruction that
 * does nothing, a long NOP whose displacement nobody else would choose.
 */
#ifndef MARKER_H
#define MARKER_H

/**
 * enum marker - what the guest says
 * @MARKER_PREPARE: the symbols and classes are written, read them
 * @MARKER_START: count from here on
 * @MARKER_STOP: stop, and write what was counted
 * @MARKER_TASK: whoever says this is of class 0; of class n if it adds n
 */
enum marker {
	MARKER_PREPARE = 1,
	MARKER_START,
	MARKER_STOP,
	MARKER_TASK = 0x40,
};

/* The marker is part of the instruction, so it must be a constant. */
#define SAY(marker)                                                                                \
	({ asm volatile("nopl %c0(%%rax)" : : "i"((marker) << 24 | 0x525850) : "memory"); })

#endif /* MARKER_H */

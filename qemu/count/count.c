// SPDX-License-Identifier: GPL-2.0
/*
 * A plugin for QEMU: how many instructions the guest executes, function by
 * function, and on whose behalf.
 *
 * The guest says when, with instructions that do nothing (marker.h), and in
 * files of a folder that it shares with the plugin:
 *
 *   symbols  /proc/kallsyms, read as the counting begins
 *   classes  one class a line: its name, and functions. What is executed from
 *	      the entry of one of these to its return, in whatever it calls, is
 *	      the class's, but for what an inner call's class takes over. What
 *	      none takes is the class "other".
 *   counts   written by the plugin: CLASS FUNCTION INSTRUCTIONS CALLS
 *   answer   written by the plugin: "ok", or what is wrong
 *
 * A call is known by the stack slot of its return address, so that one that
 * ends in a jump to the next function is followed too. Each kernel stack (a
 * task's, or the interrupts') has its own list of open calls. One CPU only.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "marker.h"
#include "qemu-plugin.h"

#define CLASSES	    8
#define NO_CLASS    0xff
#define STACK_SHIFT 14 /* THREAD_SIZE, and IRQ_STACK_SIZE, of x86-64 */
#define STACKS	    4096
#define CALLS	    256
#define BLANKS	    "\n "

#define KERNEL_BEGIN (UINT64_C(1) << 63)

struct symbol {
	uint64_t address;
	char *name;
	uint8_t class; /* NO_CLASS: that of the caller */
	uint64_t calls[CLASSES];
	uint64_t count[CLASSES];
};

struct call {
	uint64_t slot; /* where the return address is */
	uint8_t class;
};

struct stack {
	uint64_t key;
	uint8_t class; /* of what no call tells: the task's own */
	unsigned int depth;
	struct call call[CALLS];
};

int qemu_plugin_version = 1;

static uint64_t plugin;
static bool copies; /* an instruction is to be had as a copy alone */
static const char *folder;
static char class_name[CLASSES][32];
static unsigned int class_count;
/* The first stands for all that is not kernel text. */
static struct symbol *symbols;
static size_t symbol_count;
static struct stack *stacks;
static struct stack *stack; /* the one in use */
static struct symbol *symbol; /* of the block that is being executed */
static uint8_t class; /* and its class */
static uint8_t task_class; /* what the next system call's stack is to be */
static bool counting;
static struct qemu_plugin_u64 score; /* where QEMU has it, from version 2 on */
static uint64_t score_of_old;
static uint64_t *executed = &score_of_old; /* instructions, counted by code that QEMU inserts */
static uint64_t counted; /* of these, those that a symbol has got */

static FILE *open_file(const char *name, const char *mode)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return fopen(path, mode);
}

static void answer(const char *what, const char *name)
{
	FILE *file = open_file("answer", "w");

	if (!file)
		return;
	fprintf(file, "%s%s\n", what, name);
	fclose(file);
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

static const char *read_symbols(void)
{
	FILE *file = open_file("symbols", "r");
	char line[1024] = "0 t user", name[512], type;
	size_t room = 0;
	uint64_t address;

	if (!file)
		return "no file symbols";
	for (size_t i = 0; i < symbol_count; i++)
		free(symbols[i].name);
	symbol_count = 0;
	do {
		if (sscanf(line, "%" SCNx64 " %c %511s", &address, &type, name) != 3 ||
		    !strchr("tTwW", type) || (symbol_count && address < KERNEL_BEGIN))
			continue;
		if (symbol_count == room) {
			room = room ? 2 * room : 4096;
			symbols = realloc(symbols, room * sizeof(*symbols));
			if (!symbols)
				abort();
		}
		symbols[symbol_count++] = (struct symbol){
			.address = address,
			.name = strdup(name),
			.class = NO_CLASS,
		};
	} while (fgets(line, sizeof(line), file));
	fclose(file);
	qsort(symbols, symbol_count, sizeof(*symbols), by_address);
	return symbol_count > 1 && symbols[1].address ? NULL : "file symbols has no addresses";
}

/* Symbols of one address are one function: entering it is entering all of them. */
static bool classify(const char *name, uint8_t to)
{
	bool found = false;

	for (size_t i = 0; i < symbol_count; i++) {
		if (strcmp(symbols[i].name, name) != 0)
			continue;
		symbols[i].class = to;
		for (size_t j = i; j-- && symbols[j].address == symbols[i].address;)
			symbols[j].class = to;
		for (size_t j = i + 1; j < symbol_count && symbols[j].address == symbols[i].address;
		     j++)
			symbols[j].class = to;
		found = true;
	}
	return found;
}

/* Returns what is wrong, with @about the name that it is about. */
static const char *read_classes(char *about, size_t size)
{
	FILE *file = open_file("classes", "r");
	const char *wrong = NULL;
	char line[4096] = "other";
	char *word;

	about[0] = 0;
	if (!file)
		return "no file classes";
	class_count = 0;
	do {
		word = strtok(line, BLANKS);
		if (!word)
			continue;
		if (class_count == CLASSES) {
			wrong = "too many classes";
			break;
		}
		snprintf(class_name[class_count], sizeof(class_name[0]), "%s", word);
		while (!wrong && (word = strtok(NULL, BLANKS))) {
			if (classify(word, class_count))
				continue;
			snprintf(about, size, "%s", word);
			wrong = "no function ";
		}
		class_count++;
	} while (!wrong && fgets(line, sizeof(line), file));
	fclose(file);
	return wrong;
}

static struct symbol *find_symbol(uint64_t address)
{
	size_t low = 0, high = symbol_count;

	if (address < KERNEL_BEGIN)
		return symbols;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (symbols[middle].address <= address)
			low = middle;
		else
			high = middle;
	}
	/* Of several names one, always the same. */
	while (low && symbols[low - 1].address == symbols[low].address)
		low--;
	return &symbols[low];
}

static struct stack *find_stack(uint64_t slot)
{
	uint64_t key = slot >> STACK_SHIFT;
	size_t i = key * UINT64_C(0x9e3779b97f4a7c15) >> 52;

	while (stacks[i].key != key && stacks[i].key)
		i = (i + 1) % STACKS;
	stacks[i].key = key;
	return &stacks[i];
}

/* Forgets the calls that have ended if @slot is where the stack ends. */
static void unwind(uint64_t slot)
{
	while (stack->depth && stack->call[stack->depth - 1].slot <= slot)
		stack->depth--;
}

static uint8_t class_of_stack(void)
{
	return stack->depth ? stack->call[stack->depth - 1].class : stack->class;
}

static void on_call(unsigned int cpu, uint32_t info, uint64_t slot, void *data)
{
	uint8_t caller;

	(void)cpu;
	(void)info;
	(void)data;
	if (slot < KERNEL_BEGIN)
		return;
	stack = find_stack(slot);
	unwind(slot);
	if (stack->depth == CALLS)
		abort();
	caller = class_of_stack();
	stack->call[stack->depth++] = (struct call){ .slot = slot, .class = caller };
}

static void on_return(unsigned int cpu, uint32_t info, uint64_t slot, void *data)
{
	(void)cpu;
	(void)info;
	(void)data;
	if (slot < KERNEL_BEGIN)
		return;
	stack = find_stack(slot);
	unwind(slot);
}

static void settle(void)
{
	if (counting)
		symbol->count[class] += *executed - counted;
	counted = *executed;
}

static void on_block(unsigned int cpu, void *data)
{
	(void)cpu;
	settle();
	symbol = data;
	/* A program's instructions are its task's, whose stack was last in use. */
	class = symbol == symbols ? stack->class : class_of_stack();
}

static void on_entry(unsigned int cpu, void *data)
{
	struct symbol *entered = data;

	if (entered->class != NO_CLASS && stack->depth)
		stack->call[stack->depth - 1].class = entered->class;
	on_block(cpu, data);
	if (counting)
		entered->calls[class]++;
}

/* A system call, of a task that has just said what it is. */
static void on_syscall(unsigned int cpu, void *data)
{
	if (task_class != NO_CLASS)
		stack->class = task_class;
	task_class = NO_CLASS;
	stack->call[0].class = stack->class;
	stack->depth = 1;
	on_entry(cpu, data);
}

static void write_counts(void)
{
	FILE *file = open_file("counts", "w");

	if (!file)
		return;
	for (unsigned int i = 0; i < class_count; i++) {
		for (size_t j = 0; j < symbol_count; j++) {
			if (symbols[j].count[i])
				fprintf(file, "%s %s %" PRIu64 " %" PRIu64 "\n", class_name[i],
					symbols[j].name, symbols[j].count[i], symbols[j].calls[i]);
		}
	}
	fclose(file);
}

static void on_translated(struct qemu_plugin_tb *tb, void *data);

static void on_translated_with_id(uint64_t id, struct qemu_plugin_tb *tb)
{
	(void)id;
	on_translated(tb, NULL);
}

static void watch_translation(void)
{
	qemu_plugin_tb_cb before_7 = on_translated_with_id;
	qemu_plugin_tb_cb_7 from_7 = on_translated;
	void (*watch)(void) = (void (*)(void))before_7;

	if (qemu_plugin_version >= 7)
		watch = (void (*)(void))from_7;
	qemu_plugin_register_vcpu_tb_trans_cb(plugin, watch, NULL);
}

/* No guest code is left that was translated: nothing points to the old symbols. */
static void prepare(uintptr_t data)
{
	const char *wrong;
	char about[256] = "";

	(void)data;
	counting = false;
	wrong = read_symbols();
	if (!wrong)
		wrong = read_classes(about, sizeof(about));
	if (wrong)
		symbol_count = 0;
	free(stacks);
	stacks = calloc(STACKS, sizeof(*stacks));
	if (!stacks)
		abort();
	stack = stacks;
	symbol = symbols;
	/* There is no such place before there is a CPU. */
	if (score.score)
		executed = qemu_plugin_scoreboard_find(score.score, 0);
	counted = *executed;
	task_class = NO_CLASS;
	watch_translation();
	answer(wrong ?: "ok", about);
}

static void on_marker(unsigned int cpu, void *data)
{
	enum marker marker = (enum marker)(uintptr_t)data;

	(void)cpu;
	if (marker == MARKER_PREPARE) {
		qemu_plugin_reset(plugin, prepare, 0);
		return;
	}
	if (!symbol_count) {
		answer("not prepared", "");
		return;
	}
	settle();
	switch (marker) {
	case MARKER_START:
		for (size_t i = 0; i < symbol_count; i++) {
			memset(symbols[i].count, 0, sizeof(symbols[i].count));
			memset(symbols[i].calls, 0, sizeof(symbols[i].calls));
		}
		counting = true;
		break;
	case MARKER_STOP:
		counting = false;
		write_counts();
		break;
	default:
		task_class = marker - MARKER_TASK;
	}
}

#define LONGEST_CODE 15

struct code {
	unsigned char byte[LONGEST_CODE];
	size_t length;
};

static struct code code_of(const struct qemu_plugin_insn *insn)
{
	void (*data)(void) = (void (*)(void))qemu_plugin_insn_data;
	struct code code = { .length = qemu_plugin_insn_size(insn) };

	if (code.length > LONGEST_CODE)
		abort();
	if (copies)
		((qemu_plugin_insn_copy)data)(insn, code.byte, code.length);
	else
		memcpy(code.byte, qemu_plugin_insn_data(insn), code.length);
	return code;
}

/* The marker of an instruction, 0 for none. */
static enum marker marker_of(const struct code *code)
{
	/* The nopl of SAY(), but for its last byte: the marker. */
	static const unsigned char nop[] = { 0x0f, 0x1f, 0x80, 0x50, 0x58, 0x52 };

	if (code->length != sizeof(nop) + 1 || memcmp(code->byte, nop, sizeof(nop)))
		return 0;
	return code->byte[sizeof(nop)];
}

enum kind { PLAIN, CALL, RETURN };

static enum kind kind_of(const struct code *code)
{
	const unsigned char *byte = code->byte;
	size_t left = code->length;

	/* Prefixes: segment (one is "no tracking"), size, repeat, REX */
	while (left > 1 && (memchr("\x2e\x3e\x66\xf2\xf3", *byte, 5) || (*byte & 0xf0) == 0x40)) {
		byte++;
		left--;
	}
	if (*byte == 0xe8 || (*byte == 0xff && left > 1 && (byte[1] >> 3 & 7) == 2))
		return CALL;
	return *byte == 0xc3 || *byte == 0xc2 ? RETURN : PLAIN;
}

static void count_one(struct qemu_plugin_insn *insn)
{
	const enum qemu_plugin_op add = QEMU_PLUGIN_INLINE_ADD_U64;

	if (score.score)
		qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(insn, add, score, 1);
	else
		qemu_plugin_register_vcpu_insn_exec_inline(insn, add, executed, 1);
}

static void on_translated(struct qemu_plugin_tb *tb, void *data)
{
	uint64_t address = qemu_plugin_tb_vaddr(tb);
	struct qemu_plugin_insn *insn;
	struct symbol *of = NULL;
	struct code code;
	qemu_plugin_exec_cb executing = on_block;

	(void)data;
	if (symbol_count) {
		of = find_symbol(address);
		if (of->address == address)
			executing = strcmp(of->name, "do_syscall_64") ? on_entry : on_syscall;
		qemu_plugin_register_vcpu_tb_exec_cb(tb, executing, QEMU_PLUGIN_CB_NO_REGS, of);
	}
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		insn = qemu_plugin_tb_get_insn(tb, i);
		code = code_of(insn);
		if (marker_of(&code))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_marker,
							       QEMU_PLUGIN_CB_NO_REGS,
							       (void *)(uintptr_t)marker_of(&code));
		if (!symbol_count)
			continue;
		count_one(insn);
		switch (of == symbols ? PLAIN : kind_of(&code)) {
		case CALL:
			qemu_plugin_register_vcpu_mem_cb(insn, on_call, QEMU_PLUGIN_CB_NO_REGS,
							 QEMU_PLUGIN_MEM_W, NULL);
			break;
		case RETURN:
			qemu_plugin_register_vcpu_mem_cb(insn, on_return, QEMU_PLUGIN_CB_NO_REGS,
							 QEMU_PLUGIN_MEM_R, NULL);
			break;
		case PLAIN:
			break;
		}
	}
}

/* QEMU reads which version we are for as soon as we are loaded: the one that it has. */
__attribute__((constructor)) static void take_version(void)
{
	if (qemu_plugin_register_vcpu_syscall_filter_cb)
		qemu_plugin_version = 7;
	else if (qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu)
		qemu_plugin_version = 2;
}

int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv)
{
	if (argc != 1 || strncmp(argv[0], "folder=", 7)) {
		fprintf(stderr, "count: usage: -plugin count.so,folder=FOLDER\n");
		return 1;
	}
	plugin = id;
	folder = argv[0] + 7;
	copies = info->version.cur >= 3;
	if (qemu_plugin_version > 1)
		score.score = qemu_plugin_scoreboard_new(sizeof(uint64_t));
	watch_translation();
	return 0;
}

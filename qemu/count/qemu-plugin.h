/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the plugin uses of QEMU's plugin interface, in its versions: QEMU 4.2 to 8.2
 * have version 1, 9.0 has 2, and up to 6 there is, for us, no difference after 3. QEMU
 * 11.1 has 7, and none before it. Debian's packages come without the header.
 */
#ifndef QEMU_PLUGIN_H
#define QEMU_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#define QEMU_PLUGIN_EXPORT __attribute__((visibility("default")))
/* Not in every version: NULL there. */
#define QEMU_PLUGIN_SOME __attribute__((weak))

struct qemu_info {
	const char *target_name;
	struct {
		int min;
		int cur;
	} version;
};

/* Room for each CPU, and a number's place in it. */
struct qemu_plugin_scoreboard;
struct qemu_plugin_u64 {
	struct qemu_plugin_scoreboard *score;
	size_t offset;
};

struct qemu_plugin_tb;
struct qemu_plugin_insn;
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64 };
enum qemu_plugin_mem_rw { QEMU_PLUGIN_MEM_R = 1, QEMU_PLUGIN_MEM_W };

/* The identity, and from version 7 on what was to be handed on. */
typedef void (*qemu_plugin_cb)(uintptr_t data);
/* Up to version 6, and later */
typedef void (*qemu_plugin_tb_cb)(uint64_t id, struct qemu_plugin_tb *tb);
typedef void (*qemu_plugin_tb_cb_7)(struct qemu_plugin_tb *tb, void *data);
typedef void (*qemu_plugin_exec_cb)(unsigned int cpu, void *data);
typedef void (*qemu_plugin_mem_cb)(unsigned int cpu, uint32_t info, uint64_t address, void *data);

/* Ours, which QEMU looks for. */
extern QEMU_PLUGIN_EXPORT int qemu_plugin_version;
QEMU_PLUGIN_EXPORT int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc,
					   char **argv);

/* QEMU's. The data is for version 7 and later; the others do not look at it. */
void qemu_plugin_reset(uint64_t id, qemu_plugin_cb done, uintptr_t data);
void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*translated)(void), void *data);
/* Of version 7; this one is there to be recognized. */
QEMU_PLUGIN_SOME void qemu_plugin_register_vcpu_syscall_filter_cb(uint64_t id, void (*called)(void),
								  void *data);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, qemu_plugin_exec_cb executed,
					  enum qemu_plugin_cb_flags flags, void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
					    qemu_plugin_exec_cb executed,
					    enum qemu_plugin_cb_flags flags, void *data);
/* Version 1 */
QEMU_PLUGIN_SOME void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn,
								 enum qemu_plugin_op op,
								 void *counter, uint64_t value);
/* Versions 2 and later */
QEMU_PLUGIN_SOME void
qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(struct qemu_plugin_insn *insn,
						    enum qemu_plugin_op op,
						    struct qemu_plugin_u64 counter, uint64_t value);
QEMU_PLUGIN_SOME struct qemu_plugin_scoreboard *qemu_plugin_scoreboard_new(size_t size);
QEMU_PLUGIN_SOME void *qemu_plugin_scoreboard_find(struct qemu_plugin_scoreboard *score,
						   unsigned int cpu);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, qemu_plugin_mem_cb accessed,
				      enum qemu_plugin_cb_flags flags, enum qemu_plugin_mem_rw rw,
				      void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
/* From version 3 on it is a function of the same name with these arguments. */
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
typedef size_t (*qemu_plugin_insn_copy)(const struct qemu_plugin_insn *insn, void *to,
					size_t length);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);

#endif /* QEMU_PLUGIN_H */

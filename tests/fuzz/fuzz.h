/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the fuzz targets share.
 *
 * A trace file is half a megabyte, most of it descriptions of events. So an
 * input is not a file but the list of what is wrong in a good one: the first
 * byte chooses the command that reads it, each further group of bytes is a change.
 * That keeps the corpus small and lets the fuzzer reach every byte.
 */
#ifndef RXPATH_FUZZ_H
#define RXPATH_FUZZ_H

#include "../../userspace/cmd/cmd.h"

/* A byte of a file and the value it gets; in this order, little-endian. */
#define CHANGE_SIZE 5

struct whole_file {
	u8 *data;
	size_t size;
	int fd;
	char path[128]; /* a copy of @data that may be damaged */
};

struct scratch {
	char folder[64];
	struct whole_file trace; /* the base trace, as trace.dat there */
};

const char *base_trace(void);
void scratch_make(struct scratch *scratch);
void scratch_remove(const struct scratch *scratch);
char *scratch_path(const struct scratch *scratch, const char *name);
void whole_file_read(struct whole_file *file, const char *path, const char *copy);
void whole_file_change(struct whole_file *file, const u8 *changes, size_t size, size_t keep);
void whole_file_restore(struct whole_file *file, const u8 *changes, size_t size, size_t keep);
void run_command(u8 choice, const char *trace);

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

#endif /* RXPATH_FUZZ_H */

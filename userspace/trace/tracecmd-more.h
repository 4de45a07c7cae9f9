/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What libtracecmd 1.2 exports and its headers do not declare.
 */
#ifndef RXPATH_TRACECMD_MORE_H
#define RXPATH_TRACECMD_MORE_H

#include <trace-cmd.h>

/* Lets a CPU's next record be one of the page that holds @ts. */
int tracecmd_set_cpu_to_timestamp(struct tracecmd_input *handle, int cpu, unsigned long long ts);

/* Where a library has it no more there is no progress bar. */
unsigned long long tracecmd_get_cpu_file_size(struct tracecmd_input *handle, int cpu)
	__attribute__((weak));

/* Where a library has it not the kernel is not known. */
const char *tracecmd_get_uname(struct tracecmd_input *handle) __attribute__((weak));

#endif /* RXPATH_TRACECMD_MORE_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A bar on a terminal while a long trace is read.
 */
#ifndef RXPATH_PROGRESS_H
#define RXPATH_PROGRESS_H

void progress_begin(void);
void progress_forbid(void);
void progress_show(const char *path, unsigned int percent);
void progress_end(void);

#endif /* RXPATH_PROGRESS_H */

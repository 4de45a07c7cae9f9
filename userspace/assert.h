/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Holding a trace to rules.
 */
#ifndef RXPATH_ASSERT_H
#define RXPATH_ASSERT_H

#include "rules.h"

/* What a check of a block is judged on. */
struct group {
	char *title; /* NULL where the block is one group */
	u32 pid; /* of ABOUT_TASKS */
	const struct sock *sock; /* of ABOUT_FLOWS, once known */
	struct ptrs packets;
	struct ptrs reads; /* struct call, in order of their end */
	struct ptrs waits;
};

struct verdict {
	bool failed;
	unsigned int offenders; /* found */
	struct strbuf notes; /* lines without "# " */
};

void groups_find(const struct model *m, const struct block *block, const struct selection *all,
		 struct ptrs *groups, unsigned int *skipped);
void groups_free(struct ptrs *groups);
void check_judge(const struct model *m, const struct block *block, const struct check *check,
		 const struct ptrs *groups, struct verdict *v);

#endif /* RXPATH_ASSERT_H */

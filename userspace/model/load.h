/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading a part of a trace, by what it is read for: told by whoever shows it.
 */
#ifndef RXPATH_LOAD_H
#define RXPATH_LOAD_H

#include "model/select.h"

/* How packets compare, for each of @n pictures. The index keeps the best for each. */
struct ratings {
	size_t n;
	const char *(*name)(size_t i);
	int (*points)(size_t i, const struct packet *p); /* the first with the most is best */
};

/* What one picture is drawn of: the packet that is rated best, or calls. */
struct search {
	const struct ratings *ratings;
	size_t no; /* of the picture among them */
	int (*score_call)(const struct call *call); /* 0: not it; NULL: of a packet */
	bool every; /* all calls that score, else the one that scores most */
};

struct model *model_load_indexed(const char *trace, struct selection *sel,
				 const struct search *search);
struct model *model_load_chosen(const char *trace, struct selection *sel,
				const struct search *search);

#endif /* RXPATH_LOAD_H */

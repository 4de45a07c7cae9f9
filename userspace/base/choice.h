/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A table whose rows have names, for who may choose one: help and errors list
 * what is in the table, and nothing else; completion reads the errors.
 */
#ifndef RXPATH_CHOICE_H
#define RXPATH_CHOICE_H

#include "base/util.h"

struct choices {
	const char *(*name)(size_t i); /* NULL past the last */
	const char *(*help)(size_t i); /* not translated yet; NULL where names say it all */
};

int choice_find(const struct choices *choices, const char *name);
const char *choice_names(const struct choices *choices);
char *choice_text(const char *text, const struct choices *choices);
void choice_help(struct strbuf *sb, const struct choices *choices);

#endif /* RXPATH_CHOICE_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which calls a line means: by name, task, connection, field, and where they ran.
 */
#ifndef RXPATH_CALLSET_H
#define RXPATH_CALLSET_H

#include "rules/rules.h"

struct parser;

/* A field that is compared. */
struct with {
	char *field;
	enum compare compare;
	char *text; /* number, or one of its values' names */
};

struct callset {
	struct hop *name;
	char *task; /* NULL: any */
	bool directed;
	struct endpoint toward;
	struct ptrs withs; /* struct with */
	struct hop *within; /* functions, one of which it is called in; NULL: any */
	int context; /* enum context, -1: any */
	int cpu; /* -1: any */
};

/* callset.c */
struct callset *callset_parse(struct parser *p);
int callset_choice(struct parser *p, struct callset *set);
bool callset_fits(const struct callset *set, const struct model *m, const struct call *call);
bool callset_may_be(const struct callset *set, u32 pid);
void callset_free(struct callset *set);

/* with.c */
int parse_with(struct parser *p, struct with *with);
bool with_holds(const struct with *with, const struct call *call);
char *with_found(const struct with *with, const struct call *call);
const char *with_wrong(const struct with *with, const struct hop *name, char **right);
void with_free(struct with *with);

/* callset.c */
bool hop_is(const struct hop *hop, const struct call *call);
bool hop_around(const struct hop *hop, const struct call *call);
int parse_context(struct parser *p, int *context);
int parse_cpu(struct parser *p, int *cpu);

#endif /* RXPATH_CALLSET_H */

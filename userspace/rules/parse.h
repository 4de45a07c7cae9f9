/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words of one line of a rule file: rules.c reads lines and heads, each check
 * what is behind its name.
 */
#ifndef RXPATH_PARSE_H
#define RXPATH_PARSE_H

#include "rules/rules.h"

#define MAX_WORDS 256

struct parser {
	struct rules *rules;
	const char *file;
	unsigned int depth; /* of files that include each other */
	struct block *block;
	struct check *check; /* the last */
	unsigned int line;
	char *text; /* of the line: remarks gone, names replaced */
	char *why;
	char *words[MAX_WORDS + 1];
	unsigned int nr_words;
	unsigned int at;
};

/* What a check's line begins with, and its title says. */
struct label {
	char *id;
	u32 points;
	bool hidden;
};

/* heads.c */
int parse_head(struct parser *p);
bool is_head(const struct parser *p);
enum block_subject head_subject(const struct parser *p);

/* lines.c */
int parse_incomplete(struct parser *p);
int parse_check(struct parser *p);
int parse_value(struct parser *p);
int parse_figure(struct parser *p, const char *name);
unsigned int number_at(const struct parser *p, enum block_subject subject);

/* lets.c */
int parse_let(struct parser *p);
char *expand(const struct parser *p, const char *text);
void lets_free(struct rules *rules);

/* kernels.c */
int parse_kernels(struct parser *p, struct check *check);

/* texts.c */
int parse_label(struct parser *p, struct label *label);
int check_label(struct parser *p, struct label *label);
int parse_hint(struct parser *p, const char *text);
int parse_parent(struct parser *p);
void texts_split(struct texts *texts, const char *text);
void texts_free(struct texts *texts);

/* words.c */
int split(struct parser *p);
void drop_words(struct parser *p);
int wrong(const struct parser *p, const char *what, const char *right);
const char *word(const struct parser *p);
const char *word_or_end(const struct parser *p);
bool take(struct parser *p, const char *wanted);
bool is_operator(const char *text);

/* values.c */
int parse_end_of(struct parser *p, struct endpoint *end);
int parse_operator(struct parser *p, enum compare *compare);
bool compare_values(enum compare compare, s64 value, s64 with);
int parse_count(struct parser *p);
int parse_duration(struct parser *p);
int parse_time(struct parser *p, u64 *ns);
struct hop *parse_hop(struct parser *p);
void hop_free(struct hop *hop);
int parse_hops(struct parser *p);
int parse_results(struct parser *p);
bool check_compare(const struct check *check, u64 value);

#endif /* RXPATH_PARSE_H */

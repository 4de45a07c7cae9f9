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
	struct block *block;
	struct check *check;
	unsigned int line;
	char *text; /* of the line, its remarks gone */
	char *why;
	char *words[MAX_WORDS + 1];
	unsigned int nr_words;
	unsigned int at;
};

/* words.c */
int wrong(const struct parser *p, const char *what, const char *right);
const char *word(const struct parser *p);
const char *word_or_end(const struct parser *p);
bool take(struct parser *p, const char *wanted);
bool is_operator(const char *text);

/* values.c */
int parse_count(struct parser *p);
int parse_duration(struct parser *p);
int parse_hops(struct parser *p);
int parse_results(struct parser *p);
bool check_compare(const struct check *check, u64 value);

#endif /* RXPATH_PARSE_H */

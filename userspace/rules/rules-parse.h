/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words of one line of a rule file: rules.c reads lines and heads,
 * rules-checks.c the checks.
 */
#ifndef RXPATH_RULES_PARSE_H
#define RXPATH_RULES_PARSE_H

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

int wrong(const struct parser *p, const char *what, const char *right);
const char *word(const struct parser *p);
const char *word_or_end(const struct parser *p);
bool take(struct parser *p, const char *wanted);
bool is_operator(const char *text);
int parse_check(struct parser *p);

#endif /* RXPATH_RULES_PARSE_H */

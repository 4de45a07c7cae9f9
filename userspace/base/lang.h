/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The language of notes, labels, help and errors.
 *
 * A text is written in English in the source and marked: _() where it is used,
 * N_() in a table, to be looked up with _() later. error_line() and warn_line()
 * look their format up themselves. Names of functions and fields are no words
 * and stay as the kernel has them. The translations are in ../po.
 */
#ifndef RXPATH_LANG_H
#define RXPATH_LANG_H

#include <argp.h>
#include <stdbool.h>

#define LANG_DOMAIN "rxpath"

#define _(text)	 lang_text(text)
#define N_(text) text

const char *lang_text(const char *text) __attribute_format_arg__(1);
const char *lang_name(void);
int lang_use(const char *name);
bool use_utf8(void);
void lang_init(void);

/* lang-option.c: --lang, which every command takes. */
void lang_args(int argc, char **argv);
extern const struct argp lang_argp;

#endif /* RXPATH_LANG_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A page, and text in it.
 */
#ifndef RXPATH_HTML_H
#define RXPATH_HTML_H

#include <stdio.h>

#include "base/util.h"

enum theme {
	THEME_AUTO, /* light or dark, as the viewer likes it */
	THEME_LIGHT,
	THEME_DARK,
};

void html_escape(struct strbuf *sb, const char *text);
void html_begin(const char *title, enum theme theme, FILE *out);
void html_end(FILE *out);

#endif /* RXPATH_HTML_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every HTML page of the reader is made of.
 */
#ifndef RXPATH_HTML_H
#define RXPATH_HTML_H

#include "view/diagram.h"

void html_begin(const char *title, enum theme theme, FILE *out);
void html_figure(const struct diagram *d, const struct render_options *opt, FILE *out);
void html_end(FILE *out);

#endif /* RXPATH_HTML_H */

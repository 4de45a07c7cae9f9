/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an SVG looks like: sizes from its layout, colours from its theme. What is
 * drawn names a class and no colour, so that one picture serves both.
 */
#ifndef RXPATH_SVG_THEME_H
#define RXPATH_SVG_THEME_H

#include "base/html.h"
#include "render/svg-layout.h"

const char *svg_theme_class(const struct svg_layout *l);
void svg_theme_draw(const struct svg_layout *l, enum theme theme, FILE *out);

#endif /* RXPATH_SVG_THEME_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fifth stage: a diagram becomes bytes, one file per format.
 */
#ifndef RXPATH_RENDER_H
#define RXPATH_RENDER_H

#include <stdio.h>

#include "base/choice.h"
#include "base/html.h"
#include "view/diagram.h"

struct render_options {
	unsigned int width; /* columns of text */
	bool colour;
	bool utf8;
	enum theme theme;
};

/* One output format: its file, and its row in render.c. */
struct renderer {
	const char *name;
	const char *suffix; /* of files, where it is not the name */
	void (*render)(const struct diagram *d, const struct render_options *opt, FILE *out);
};

extern const struct renderer render_mermaid;
extern const struct renderer render_svg;
extern const struct renderer render_text;
extern const struct renderer render_html;

extern const struct choices renderers;

const struct renderer *renderer_find(const char *name);
const struct renderer *renderer_of_suffix(const char *suffix);

/* html.c */
void html_figure(const struct diagram *d, const struct render_options *opt, FILE *out);

/* mermaid.c */
void mermaid_escape(struct strbuf *sb, const char *text);

#endif /* RXPATH_RENDER_H */

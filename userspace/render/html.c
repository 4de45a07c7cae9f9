// SPDX-License-Identifier: GPL-2.0
/*
 * A page of its own: the SVG in HTML, no other file and no network.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/html.h"
#include "render/render.h"

/**
 * html_figure - a diagram as a picture in the page
 * @d: diagram
 * @opt: options of the renderers
 * @out: where to write
 */
void html_figure(const struct diagram *d, const struct render_options *opt, FILE *out)
{
	char *svg = NULL;
	size_t size = 0;
	FILE *mem = open_memstream(&svg, &size);
	const char *start;

	if (!mem)
		return;
	render_svg.render(d, opt, mem);
	fclose(mem);
	/* Within HTML the XML declaration would be an error. */
	start = strstr(svg, "<svg");
	fprintf(out, "<figure>\n%s</figure>\n", start ? start : "");
	free(svg);
}

static void render(const struct diagram *d, const struct render_options *opt, FILE *out)
{
	html_begin(d->title, opt->theme, out);
	html_figure(d, opt, out);
	html_end(out);
}

const struct renderer render_html = {
	.name = "html",
	.render = render,
};

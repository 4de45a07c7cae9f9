/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where everything of a diagram goes on a page, before anything is drawn.
 */
#ifndef RXPATH_SVG_LAYOUT_H
#define RXPATH_SVG_LAYOUT_H

#include "view/diagram.h"

struct svg_style {
	double font; /* labels */
	double small; /* gutter, notes */
	double line; /* line height of labels */
	double bar; /* width of a bar */
	double nest; /* shift of a nested bar */
	double pad; /* above a row */
	unsigned int wrap; /* columns of a label */
};

enum svg_side {
	SIDE_NONE,
	SIDE_RIGHT, /* text begins right of its lane */
	SIDE_LEFT, /* text ends left of its lane */
};

/* How far a label stands above its arrow, in parts of its size. */
#define LABEL_RISE 0.42
/* Length and width of the head of a call's arrow, and of an open one. */
#define HEAD_CALL 9
#define HEAD_OPEN 13

/* One item's place. */
struct svg_row {
	double y; /* top */
	double h;
	double at; /* the arrow's line */
	double lift; /* how far more the text is above it */
	char *text; /* wrapped */
	int lines;
	double w; /* of text or note box */
	int lane; /* that the text is placed by */
	enum svg_side side;
	double x; /* left edge of the text */
};

struct svg_layout {
	const struct diagram *d;
	struct svg_style style;
	struct svg_row *rows;
	double *lane; /* x of each lane */
	double *gap; /* right of each lane, the last to the edge */
	double gutter;
	double head; /* bottom of the lane heads */
	double foot; /* top of the lane heads that are repeated below */
	double width;
	double height;
};

struct svg_layout *svg_layout_make(const struct diagram *d);
void svg_layout_free(struct svg_layout *l);

double svg_text_width(const char *text, double font);
double svg_bar_left(const struct svg_layout *l, int bar);
double svg_tip(const struct svg_layout *l, int i);
double svg_edge(const struct svg_layout *l, int lane, int item, bool right);
void lane_name_split(const char *name, char *dir, size_t size, const char **base);

#endif /* RXPATH_SVG_LAYOUT_H */

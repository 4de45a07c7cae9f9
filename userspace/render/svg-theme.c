// SPDX-License-Identifier: GPL-2.0
/*
 * The style sheet of an SVG.
 *
 * The context is told twice: by colour (from the Okabe-Ito palette, safe for
 * colour-blind eyes) and by the bar's fill (full, striped, hollow) and letter.
 *
 * Several pictures can stand in one page, and there the style of one is the
 * style of all. So sizes hang on the picture's own class, and colours are the
 * same for all pictures of a theme.
 */
#include "render/svg-theme.h"
#include "trace/event.h"

struct palette {
	const char *paper;
	const char *text;
	const char *faint; /* what is read last: folders of files */
	const char *line; /* arrows */
	const char *life;
	const char *frame; /* of heads, cells and blocks */
	const char *group;
	const char *note;
	const char *note_frame;
	const char *taken; /* the descriptor that a ring strip is about */
	const char *stripe[2];
	const char *lost[2];
	const char *badge; /* the letter on a badge of ink */
	const char *ink[CTX_NR];
	const char *tint[CTX_NR];
};

static const struct palette light = {
	.paper = "#fff",
	.text = "#111",
	.faint = "#444",
	.line = "#222",
	.life = "#999",
	.frame = "#555",
	.group = "#e6e6e6",
	.note = "#fffbe0",
	.note_frame = "#a08c20",
	.taken = "#ffd24d",
	.stripe = { "#9cc3e0", "#0b5c94" },
	.lost = { "#fff", "#888" },
	.badge = "#fff",
	.ink = { "#b34700", "#0b5c94", "#00664a" },
	.tint = { "#fdf0e6", "#edf4fa", "#eef8f3" },
};

static const struct palette dark = {
	.paper = "#14181d",
	.text = "#ececec",
	.faint = "#b4bcc4",
	.line = "#dcdcdc",
	.life = "#6a727a",
	.frame = "#a0a8b0",
	.group = "#2c333b",
	.note = "#38341c",
	.note_frame = "#b8a640",
	.taken = "#8a6400",
	.stripe = { "#1b4566", "#62b4ec" },
	.lost = { "#14181d", "#808080" },
	.badge = "#101010",
	.ink = { "#ff9a57", "#62b4ec", "#4fc79d" },
	.tint = { "#30221b", "#18232e", "#18271f" },
};

static void put_sizes(const struct svg_layout *l, FILE *out)
{
	const char *of = svg_theme_class(l);
	const struct svg_style *s = &l->style;

	fprintf(out,
		".%s .label,.%s .cond{font-size:%gpx}\n"
		".%s .small,.%s .mid,.%s .dir,.%s .end,.%s .badge{font-size:%gpx}\n"
		".%s .base{font-size:%gpx}\n"
		".%s .title{font-size:%gpx}\n"
		".%s .call,.%s .return,.%s .async{stroke-width:%g}\n",
		of, of, s->font, of, of, of, of, of, s->small, of, s->font, of, s->font * 1.25, of,
		of, of, s->font > 15 ? 1.8 : 1.2);
}

static void put_colours(const struct palette *p, FILE *out)
{
	int ctx;

	fprintf(out,
		"svg text{fill:%s}\n"
		"svg .label,svg .cond{stroke:%s}\n"
		"svg .dir{fill:%s}\n"
		"svg .badge{fill:%s}\n"
		"svg .call,svg .return,svg .async,#open path{stroke:%s}\n"
		"#call path{fill:%s}\n"
		"svg .life{stroke:%s}\n"
		"svg .paper{fill:%s}\n"
		"svg .group{fill:%s}\n",
		p->text, p->paper, p->faint, p->badge, p->line, p->line, p->life, p->paper,
		p->group);
	fprintf(out,
		"svg .head,svg .tab,svg .cell{fill:%s;stroke:%s}\n"
		"svg .taken{fill:%s;stroke:%s}\n"
		"svg .note{fill:%s;stroke:%s}\n"
		"svg .block,svg .break,svg .unfinished{stroke:%s}\n"
		"#stripes .a{fill:%s}#stripes .b{fill:%s}#lost .a{fill:%s}#lost .b{fill:%s}\n",
		p->paper, p->frame, p->taken, p->frame, p->note, p->note_frame, p->frame,
		p->stripe[0], p->stripe[1], p->lost[0], p->lost[1]);
	for (ctx = 0; ctx < CTX_NR; ctx++)
		fprintf(out,
			"svg .band%d{fill:%s}svg .ink%d{fill:%s}svg .bar%d,svg .asleep%d{stroke:%s}\n",
			ctx, p->tint[ctx], ctx, p->ink[ctx], ctx, ctx, p->ink[ctx]);
	fprintf(out, "svg .bar%d{fill:%s}svg .bar%d,svg .asleep%d{fill:%s}\n", CTX_HARDIRQ,
		p->ink[CTX_HARDIRQ], CTX_TASK, CTX_TASK, p->paper);
}

/**
 * svg_theme_class - the class of a picture's outermost element
 * @l: layout
 *
 * Return: the name that its sizes hang on.
 */
const char *svg_theme_class(const struct svg_layout *l)
{
	return l->d->slide ? "slide" : "sheet";
}

/**
 * svg_theme_draw - what arrows and bars are made of, and the style sheet
 * @l: layout
 * @theme: colours; THEME_AUTO leaves the choice to whoever shows the picture,
 *	   but for print, which is on white paper
 * @out: where to write
 */
void svg_theme_draw(const struct svg_layout *l, enum theme theme, FILE *out)
{
	fprintf(out,
		"<defs>\n"
		"<marker id=\"call\" viewBox=\"0 0 10 10\" refX=\"9.5\" refY=\"5\" markerWidth=\"%d\" markerHeight=\"%d\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0,0.5L10,5L0,9.5z\"/></marker>\n"
		"<marker id=\"open\" viewBox=\"0 0 12 12\" refX=\"11\" refY=\"6\" markerWidth=\"%d\" markerHeight=\"%d\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M1,1L11,6L1,11\" fill=\"none\" stroke-width=\"1.6\"/></marker>\n"
		"<pattern id=\"stripes\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\"><rect class=\"a\" width=\"4\" height=\"4\"/><rect class=\"b\" width=\"4\" height=\"2\"/></pattern>\n"
		"<pattern id=\"lost\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"a\" width=\"7\" height=\"7\"/><rect class=\"b\" width=\"3\" height=\"7\"/></pattern>\n"
		"</defs>\n",
		HEAD_CALL, HEAD_CALL, HEAD_OPEN, HEAD_OPEN);
	fputs("<style>\n"
	      "svg text{font-family:'DejaVu Sans Mono','Menlo','Consolas',monospace}\n"
	      "svg .label,svg .cond{stroke-width:3px;paint-order:stroke;stroke-linejoin:round}\n"
	      "svg .cond{font-style:italic}\n"
	      "svg .mid,svg .dir,svg .base,svg .badge{text-anchor:middle}\n"
	      "svg .end{text-anchor:end}\n"
	      "svg .base,svg .title,svg .badge{font-weight:bold}\n"
	      "svg .call,svg .return,svg .async,svg .block{fill:none}\n"
	      "svg .return{stroke-dasharray:6 4}\n"
	      "svg .life{stroke-dasharray:2 4}\n"
	      "svg .break{stroke-dasharray:1 3}\n",
	      out);
	fprintf(out,
		"svg .bar%d{fill:url(#stripes)}svg .bar%d{stroke-width:2.5}svg .asleep%d{stroke-dasharray:3 3}\n"
		"svg .unfinished,svg .hole{fill:url(#lost)}\n",
		CTX_SOFTIRQ, CTX_TASK, CTX_TASK);
	put_sizes(l, out);
	put_colours(theme == THEME_DARK ? &dark : &light, out);
	if (theme == THEME_AUTO) {
		fputs("@media screen and (prefers-color-scheme:dark){\n", out);
		put_colours(&dark, out);
		fputs("}\n", out);
	}
	fputs("</style>\n", out);
}

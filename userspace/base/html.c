// SPDX-License-Identifier: GPL-2.0
/*
 * What every HTML page of the reader is made of: no other file and no network.
 */
#include "base/html.h"
#include "base/lang.h"

/**
 * html_escape - text that HTML and XML take as text
 * @sb: where to append
 * @text: any; control characters are dropped
 */
void html_escape(struct strbuf *sb, const char *text)
{
	const char *from = text;

	for (; *text; text++) {
		const char *escaped = *text == '&'    ? "&amp;"
				      : *text == '<'  ? "&lt;"
				      : *text == '>'  ? "&gt;"
				      : *text == '"'  ? "&quot;"
				      : *text == '\n' ? NULL
						      : "";

		if (!escaped || (!*escaped && (u8)*text >= ' '))
			continue;
		strbuf_add(sb, from, text - from);
		strbuf_puts(sb, escaped);
		from = text + 1;
	}
	strbuf_add(sb, from, text - from);
}

static const char *const style[] = {
	"body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1280px;padding:1rem}",
	"h1{font-size:1.4rem}h2{font-size:1.1rem}figure{margin:.8rem 0;overflow-x:auto}",
	"figure svg{max-width:100%;height:auto}summary{cursor:pointer}",
	"table{border-collapse:collapse;font-size:14px}.bad{font-weight:bold}",
	"td,th{padding:.15rem .6rem;text-align:left;border-bottom:1px solid #8886}",
	"td.n{text-align:right;font-variant-numeric:tabular-nums}",
	"th{cursor:pointer}",
	".bar{display:flex;width:calc(360px*var(--t)/var(--most));min-width:2px;height:14px;outline:1px solid #8888}",
	".bar span{display:block;flex-basis:0}",
	"@page{size:A4 landscape;margin:12mm}",
	"@media print{body{max-width:none;padding:0;font-size:11px}table{font-size:10px}",
	"td,th{padding:.05rem .4rem}tr,figure,details{break-inside:avoid}",
	"details:not([open]),a{display:contents;color:inherit;text-decoration:none}",
	"figure svg{max-height:175mm}.bar,span{print-color-adjust:exact;-webkit-print-color-adjust:exact}}",
};

/**
 * html_begin - the page up to its heading
 * @title: heading
 * @theme: its colours, and its pictures'
 * @out: where to write
 */
void html_begin(const char *title, enum theme theme, FILE *out)
{
	static const char *const schemes[] = {
		[THEME_AUTO] = "light dark",
		[THEME_LIGHT] = "light",
		[THEME_DARK] = "dark",
	};
	struct strbuf sb = { 0 };
	size_t i;

	html_escape(&sb, title);
	fprintf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
		lang_name());
	fputs("<meta name=\"viewport\" content=\"width=device-width\">\n", out);
	fprintf(out, "<title>%s</title>\n<style>\n:root{color-scheme:%s}\n", sb.s, schemes[theme]);
	for (i = 0; i < ARRAY_SIZE(style); i++)
		fprintf(out, "%s\n", style[i]);
	fprintf(out, "</style>\n</head>\n<body>\n<h1>%s</h1>\n", sb.s);
	strbuf_free(&sb);
}

/**
 * html_end - the end of the page
 * @out: where to write
 */
void html_end(FILE *out)
{
	fputs("</body>\n</html>\n", out);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath diagram: one packet, one view, one format.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/say.h"
#include "base/args.h"
#include "base/lang.h"
#include "cmd/cmd.h"
#include "model/load.h"
#include "render/render.h"
#include "view/view.h"
#include "words/text.h"

struct diagram_args {
	struct trace_args trace;
	const char *out;
	const char *title;
	const struct view *view;
	const struct renderer *renderer;
	enum view_level level;
	enum theme theme;
	bool has_level;
	u32 width;
};

enum { OPT_TITLE = 256 };

static const struct argp_option options[] = {
	{ "view", 'v', "VIEW", 0, N_("%s (default)"), 0 },
	{ "format", 'f', "FORMAT", 0, N_("%s; default: by FILE's suffix, else text"), 0 },
	{ "level", 'l', "LEVEL", 0,
	  N_("hops: fits a slide (default of all); layers; calls: every call (default of others)"),
	  0 },
	{ "title", OPT_TITLE, "TEXT", 0, N_("Heading, instead of the packet's ends"), 0 },
	{ "width", 'w', "COLUMNS", 0, N_("Width of text, instead of the terminal's"), 0 },
	{ "theme", 't', "THEME", 0,
	  N_("Colours of svg and html: light, dark, or auto (default), as the viewer likes it"),
	  0 },
	{ "output", 'o', "FILE", 0, N_("Write to FILE, not to standard output"), 0 },
	{ 0 },
};

static const char doc[] =
	N_("Draw one packet's way as a sequence diagram.\013\n"
	   "Of the packets that the options leave, the one that shows the view best is drawn.\n"
	   "init and epoll-ctl are not about a packet: they take --pid, --from and --to.\n\n"
	   "Views:\n%s\n"
	   "  rxpath diagram --view epoll-wake trace.dat\n"
	   "  rxpath diagram --view all -o all.svg trace.dat\n"
	   "  rxpath diagram --view tcp-recv --packet 12 --format mermaid trace.dat");

/* By the suffix of the file that is written, so that no .svg has text in it. */
static const struct renderer *renderer_of(const char *out)
{
	const char *suffix = out_suffix(out);
	const struct renderer *renderer = renderer_of_suffix(suffix);

	return renderer ?: &render_text;
}

static void wrong(const char *option, const char *arg, const char *choices)
{
	error_line("%s %s: give one of %s", option, arg, choices);
	exit(EXIT_USAGE);
}

static const char *const theme_names[] = {
	[THEME_AUTO] = "auto",
	[THEME_LIGHT] = "light",
	[THEME_DARK] = "dark",
};

static const char *const level_names[] = {
	[LEVEL_HOPS] = "hops",
	[LEVEL_LAYERS] = "layers",
	[LEVEL_CALLS] = "calls",
};

static int parse_name(const char *arg, const char *const *names, size_t n, size_t *choice)
{
	for (*choice = 0; *choice < n; ++*choice)
		if (!strcmp(arg, names[*choice]))
			return 0;
	return -1;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct diagram_args *args = state->input;
	size_t choice;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->trace;
		return 0;
	case 'v':
		args->view = view_find(arg);
		if (!args->view)
			wrong("--view", arg, choice_names(&views));
		return 0;
	case 'f':
		args->renderer = renderer_find(arg);
		if (!args->renderer)
			wrong("--format", arg, choice_names(&renderers));
		return 0;
	case 'l':
		args->has_level = true;
		if (parse_name(arg, level_names, ARRAY_SIZE(level_names), &choice))
			wrong("--level", arg, "hops, layers, calls");
		args->level = choice;
		return 0;
	case OPT_TITLE:
		args->title = arg;
		return 0;
	case 'w':
		if (parse_number(arg, &args->width) || args->width < 40 || args->width > 400)
			wrong("--width", arg, _("40 to 400 columns"));
		return 0;
	case 't':
		if (parse_name(arg, theme_names, ARRAY_SIZE(theme_names), &choice))
			wrong("--theme", arg, "auto, light, dark");
		args->theme = choice;
		return 0;
	case 'o':
		args->out = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct packet *choose(const struct model *m, const struct diagram_args *args)
{
	size_t all = m->packet_base + m->packets.n;
	const struct packet *p;
	char *options;

	if (args->trace.sel.packet > all) {
		error_line("--packet %u: the trace has packets 1 to %zu", args->trace.sel.packet,
			   all);
		return NULL;
	}
	p = view_choose(m, args->view, &args->trace.sel);
	if (p)
		return p;
	options = select_text(&args->trace.sel);
	if (all)
		error_line("%s: no packet of this trace: 'rxpath tree' lists them", options);
	else
		error_line("%s: no packet in it: send some while you record", args->trace.path);
	free(options);
	return NULL;
}

static int no_item(const struct packet *p, const struct diagram_args *args)
{
	char *verdict;
	int ret;

	if (!p)
		return args->view->calls->none(args->trace.path);
	verdict = packet_verdict(p);
	ret = error_line("skb#%u never came to %s (%s): choose another with --packet", p->no,
			 args->view->name, verdict);
	free(verdict);
	return ret;
}

static int draw(const struct model *m, const struct diagram_args *args)
{
	struct render_options opt = {
		.width = args->width ? args->width : terminal_width(),
		.utf8 = use_utf8(),
		.theme = args->theme,
	};
	const struct packet *p = NULL;
	struct diagram *d;

	if (!args->view->calls) {
		p = choose(m, args);
		if (!p)
			return EXIT_FAILED;
		d = view_build(m, p, args->view, args->level);
	} else {
		d = view_build_calls(m, &args->trace.sel, args->view, args->level);
	}
	if (!d->nr_items) {
		diagram_free(d);
		return no_item(p, args);
	}
	if (args->title) {
		free(d->title);
		d->title = xstrdup(args->title);
	}
	if (out_open(args->out)) {
		diagram_free(d);
		return EXIT_FAILED;
	}
	opt.colour = !args->out && use_colour();
	args->renderer->render(d, &opt, stdout);
	diagram_free(d);
	return out_close(args->out);
}

static char *help(int key, const char *text, void *input)
{
	(void)input;
	switch (key) {
	case ARGP_KEY_HELP_POST_DOC:
		return choice_text(text, &views);
	case 'v':
		return xasprintf(text, choice_names(&views));
	case 'f':
		return xasprintf(text, choice_names(&renderers));
	default:
		return (char *)text;
	}
}

static int run(int argc, char **argv)
{
	static const struct argp argp = {
		.children = trace_children,
		.options = options,
		.parser = parse_option,
		.doc = doc,
		.help_filter = help,
		.argp_domain = LANG_DOMAIN,
	};
	struct diagram_args args = {
		.view = view_find("all"),
	};
	struct search search;
	struct model *m;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	if (args.view->calls && (args.trace.sel.packet || args.trace.sel.nr_ends)) {
		error_line("--view %s is not about a packet: choose with --pid, --from and --to",
			   args.view->name);
		return EXIT_USAGE;
	}
	if (!args.has_level)
		args.level = args.view->level;
	if (!args.renderer)
		args.renderer = renderer_of(args.out);
	search = view_search(args.view);
	m = model_load_chosen(args.trace.path, &args.trace.sel, &search);
	if (!m)
		return EXIT_FAILED;
	ret = draw(m, &args);
	model_free(m);
	return ret;
}

const struct command cmd_diagram = {
	.name = "diagram",
	.help = N_("draw one packet's way as a sequence diagram"),
	.run = run,
};

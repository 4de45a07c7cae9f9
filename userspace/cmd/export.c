// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath export: the model in the formats of other tools.
 */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/say.h"
#include "base/progress.h"
#include "base/args.h"
#include "base/lang.h"
#include "cmd/cmd.h"
#include "export/export.h"
#include "model/stream.h"
#include "render/render.h"
#include "trace/input.h"
#include "view/view.h"

struct export_args {
	struct trace_args trace;
	const char *out;
	const char *pcap;
	bool brief;
	const struct export_format *format;
};

enum { OPT_SHORT = 256 };

static const struct argp_option options[] = {
	{ "format", 'f', "FORMAT", 0, N_("%s; default: by FILE's suffix"), 0 },
	{ "pcap", 'P', "FILE", 0, N_("With pcapng: the frames of the wire, to be commented"), 0 },
	{ "short", OPT_SHORT, NULL, 0,
	  N_("With html: packets with data or without an end alone, and one picture"), 0 },
	{ "output", 'o', "FILE", 0, N_("Write to FILE, not to standard output"), 0 },
	{ 0 },
};

static const char doc[] =
	N_("Write a trace in another tool's format.\013\n%s\n"
	   "  rxpath export --format perfetto -o trace.json trace.dat\n"
	   "  rxpath export --format pcapng --pcap wire.pcap -o way.pcapng trace.dat\n"
	   "  rxpath export --format csv --flow :7000 trace.dat");

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct export_args *args = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &args->trace;
		return 0;
	case 'f':
		args->format = export_find(arg);
		if (args->format)
			return 0;
		error_line("--format %s: give one of %s", arg, choice_names(&export_formats));
		exit(EXIT_USAGE);
	case OPT_SHORT:
		args->brief = true;
		return 0;
	case 'P':
		args->pcap = arg;
		return 0;
	case 'o':
		args->out = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void export_roots_of(struct exporter *x, const struct packet *p)
{
	const struct call *roots[4];
	size_t n = 0;
	size_t i;

	if (p->irq)
		roots[n++] = p->irq;
	if (p->links.wait)
		roots[n++] = p->links.wait;
	if (p->links.read)
		roots[n++] = p->links.read;
	for (i = 0; i < n + p->calls.n; i++) {
		const struct call *call = i < n ? roots[i] : p->calls.v[i - n];
		struct call *root = (struct call *)call_root(call);

		if (root->flags & CALL_SHOWN)
			continue;
		root->flags |= CALL_SHOWN;
		x->format->root(x, root);
	}
}

static void on_root(void *priv, const struct model *m, const struct call *root)
{
	struct exporter *x = priv;

	x->m = m;
	if (x->format->root && select_empty(x->sel))
		x->format->root(x, root);
}

static void on_packet(void *priv, const struct model *m, const struct packet *p)
{
	struct exporter *x = priv;

	x->m = m;
	if (!select_packet(x->sel, p, m->calls.first))
		return;
	x->packets++;
	if (x->format->root && !select_empty(x->sel))
		export_roots_of(x, p);
	if (x->format->packet)
		x->format->packet(x, p);
}

static void on_end(void *priv, const struct model *m)
{
	struct exporter *x = priv;

	x->m = m;
	x->failed = x->format->end(x);
}

/* What neither a format nor a renderer may know of the other. */
static void draw_picture(const struct model *m, const struct packet *p, FILE *out)
{
	const struct render_options opt = { .utf8 = true };
	struct diagram *d = view_build(m, p, view_find("all"), LEVEL_HOPS);

	html_figure(d, &opt, out);
	diagram_free(d);
}

static int export_trace(const struct export_args *args)
{
	static const struct stream_ops ops = {
		.root = on_root,
		.packet = on_packet,
		.end = on_end,
	};
	struct exporter x = {
		.format = args->format,
		.sel = &args->trace.sel,
		.path = args->trace.path,
		.pcap = args->pcap,
		.brief = args->brief,
		.out = stdout,
		.picture = draw_picture,
	};
	struct input *in;
	char *chosen;
	int ret;

	/* First, so that no file is overwritten for a trace that is none. */
	in = input_open(args->trace.path);
	if (!in)
		return EXIT_FAILED;
	if (!args->out && isatty(STDOUT_FILENO))
		progress_forbid();
	ret = out_open(args->out);
	if (!ret)
		ret = x.format->begin(&x);
	if (ret)
		input_close(in);
	else
		ret = stream_trace(in, &ops, &x);
	/* What there is of a trace that breaks off is written, too. */
	json_end(&x.json);
	if (!ret)
		ret = x.failed;
	if (!ret)
		ret = out_close(args->out);
	if (ret || x.packets || select_empty(&args->trace.sel))
		return ret;
	chosen = select_text(&args->trace.sel);
	error_line("%s: no packet of this trace: 'rxpath tree' lists them", chosen);
	free(chosen);
	return EXIT_FAILED;
}

static char *help(int key, const char *text, void *input)
{
	(void)input;
	if (key == ARGP_KEY_HELP_POST_DOC)
		return choice_text(text, &export_formats);
	return key == 'f' ? xasprintf(text, choice_names(&export_formats)) : (char *)text;
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
	struct export_args args = { 0 };

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	if (!args.format)
		args.format = export_find(out_suffix(args.out));
	if (!args.format) {
		error_line("export: no format: give --format json, or see --help");
		return EXIT_USAGE;
	}
	if (args.pcap && !args.format->takes_pcap) {
		error_line("--pcap goes with --format pcapng");
		return EXIT_USAGE;
	}
	if (args.brief && !args.format->takes_brief) {
		error_line("--short goes with --format html");
		return EXIT_USAGE;
	}
	if (!args.format->translated)
		lang_use("en");
	return export_trace(&args);
}

const struct command cmd_export = {
	.name = "export",
	.help = N_("write a trace in another tool's format"),
	.run = run,
};

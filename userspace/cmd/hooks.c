// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath hooks: what is hooked on this kernel, what fell back, and why.
 *
 * The trace module knows, and says it in debugfs. Without it the names are
 * looked up in /proc/kallsyms: whether the kernel would take the hook only the
 * module can find out.
 */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/say.h"
#include "base/width.h"
#include "base/args.h"
#include "base/lang.h"
#include "cmd/cmd.h"
#include "trace/event.h"

#define STATUS	 "/sys/kernel/debug/rxpath/hooks"
#define MODULE	 "/sys/module/rxpath"
#define KALLSYMS "/proc/kallsyms"
#define COLUMNS	 8

static const char doc[] =
	N_("Say what is hooked on this kernel, and what fell back.\013\n"
	   "With the trace module loaded: what it attached to, and what hooks missed.\n"
	   "Without it: which functions of the hook table this kernel has.\n"
	   "FILE is a copy of what the module says in /sys/kernel/debug/rxpath/hooks.\n"
	   "A hook that is idle costs nothing: the event that it makes arms it.\n"
	   "\n"
	   "  rxpath hooks\n"
	   "  rxpath hooks --all | grep epoll");

struct hooks_args {
	const char *file;
	bool all;
};

static const struct argp_option options[] = {
	{ "all", 'a', NULL, 0, N_("A line for each hook, not a summary"), 0 },
	{ 0 },
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct hooks_args *args = state->input;

	switch (key) {
	case 'a':
		args->all = true;
		return 0;
	case ARGP_KEY_ARG:
		if (args->file)
			argp_usage(state);
		args->file = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The first of the names that a hook tries, without its module. */
static char *first_symbol(const char *symbols)
{
	const char *colon = strchr(symbols, ':');
	size_t len = strcspn(symbols, "|");

	if (colon && colon < symbols + len) {
		len -= colon + 1 - symbols;
		symbols = colon + 1;
	}
	return xasprintf("%.*s", (int)len, symbols);
}

/**
 * hooks_split - one line of the module's status
 * @line: tab-separated line; its tabs become ends
 * @fields: what to fill
 * @max: how many at most
 *
 * Return: number of fields.
 */
size_t hooks_split(char *line, char **fields, size_t max)
{
	size_t n = 0;

	line[strcspn(line, "\n")] = '\0';
	while (n < max && (fields[n] = strsep(&line, "\t")))
		n++;
	return n;
}

static void put_cell(const char *text, int columns)
{
	printf("%-*s ", utf8_pad(text, columns), text);
}

/* Of the columns of the module's status */
enum { EVENT, FUNCTION, MECHANISM, STATE, MISSED, WHY };

struct summary {
	unsigned int hooks;
	unsigned int attached;
	unsigned int direct;
	unsigned int idle;
	unsigned int armed;
	u64 missed;
	struct strbuf notes; /* a line for each that is not as the table has it */
};

static bool is_none(const char *field)
{
	return !strcmp(field, "-");
}

static void sum_up(struct summary *sum, char *const *fields)
{
	sum->hooks++;
	sum->attached += !is_none(fields[FUNCTION]);
	sum->direct += !strcmp(fields[MECHANISM], "direct");
	sum->idle += !strcmp(fields[STATE], "idle");
	sum->armed += !strcmp(fields[STATE], "armed");
	sum->missed += strtoull(fields[MISSED], NULL, 10);
	if (is_none(fields[FUNCTION]))
		strbuf_addf(&sum->notes, "%-8s %s: %s\n", fields[STATE], fields[EVENT],
			    fields[WHY]);
	else if (!is_none(fields[WHY]))
		strbuf_addf(&sum->notes, _("instead  %s: %s (%s)\n"), fields[EVENT],
			    fields[FUNCTION], fields[WHY]);
}

static void put_summary(const struct summary *sum)
{
	printf(_("%u of %u hooks attached: %u directly, %u by return probes\n"), sum->attached,
	       sum->hooks, sum->direct, sum->attached - sum->direct);
	printf(_("armed: %u; idle: %u, which cost nothing until a recording asks for them\n"),
	       sum->armed, sum->idle);
	fputs(sum->notes.s ?: "", stdout);
	if (sum->missed)
		printf(_("calls that left no event: %llu\n"), sum->missed);
	puts(_("'rxpath hooks --all' has a line for each"));
}

static int show_status(FILE *file, const struct hooks_args *args)
{
	struct summary sum = { 0 };
	char *fields[COLUMNS];
	char *line = NULL;
	size_t size = 0;

	if (args->all) {
		put_cell(_("EVENT"), 34);
		put_cell(_("FUNCTION"), 34);
		put_cell(_("MECHANISM"), 11);
		put_cell(_("STATE"), 9);
		printf("%*s  %s\n", utf8_pad(_("MISSED"), 7), _("MISSED"), _("WHY"));
	}
	while (getline(&line, &size, file) > 0) {
		if (hooks_split(line, fields, COLUMNS) < 6 || !strcmp(fields[EVENT], "event"))
			continue;
		sum_up(&sum, fields);
		if (args->all)
			printf("%-34s %-34s %-11s %-9s %7s  %s\n", fields[EVENT], fields[FUNCTION],
			       fields[MECHANISM], fields[STATE], fields[MISSED],
			       is_none(fields[WHY]) ? "" : fields[WHY]);
	}
	free(line);
	if (sum.hooks && !args->all)
		put_summary(&sum);
	else if (sum.hooks)
		printf(_("%u of %u hooks attached\n"), sum.attached, sum.hooks);
	strbuf_free(&sum.notes);
	if (!sum.hooks)
		return error_line("%s: nothing in it: load this tree's tracepoints/rxpath.ko",
				  args->file ?: STATUS);
	return out_close(NULL);
}

static u64 name_hash(const char *name, size_t len)
{
	u64 hash = 0xcbf29ce484222325ULL;

	while (len--)
		hash = (hash ^ (u8)*name++) * 0x100000001b3ULL;
	/* ~0 is no key of a map. */
	return hash >> 1;
}

static int read_kallsyms(struct map *names)
{
	FILE *file = fopen(KALLSYMS, "r");
	char *line = NULL;
	size_t size = 0;

	if (!file)
		return error_line("%s: %s: this kernel does not tell its functions", KALLSYMS,
				  strerror(errno));
	while (getline(&line, &size, file) > 0) {
		char *name = strchr(line, ' ');

		name = name ? strchr(name + 1, ' ') : NULL;
		if (name)
			map_set(names, name_hash(name + 1, strcspn(name + 1, " \t\n")), names);
	}
	free(line);
	fclose(file);
	if (!names->n)
		return error_line("%s: empty: this kernel does not tell its functions", KALLSYMS);
	return EXIT_OK;
}

/* The first name of the list that the kernel has. */
static const char *find_symbol(const struct map *names, const char *symbols, size_t *len)
{
	while (*symbols) {
		const char *next = symbols + strcspn(symbols, "|");
		const char *colon;

		/* Behind an '@': the kernel from which on the name is taken. */
		*len = strcspn(symbols, "|@");
		colon = memchr(symbols, ':', *len);
		if (colon) {
			*len -= colon + 1 - symbols;
			symbols = colon + 1;
		}
		if (map_get(names, name_hash(symbols, *len)))
			return symbols;
		symbols = *next ? next + 1 : next;
	}
	return NULL;
}

static void show_hook(const struct map *names, const struct kind *kind, bool all,
		      unsigned int *found)
{
	char *wanted = first_symbol(kind->symbols);
	const char *symbol;
	size_t len = 1;
	char why[128] = "";

	symbol = find_symbol(names, kind->symbols, &len);
	if (!symbol)
		snprintf(why, sizeof(why), _("no %s in this kernel%s"), wanted,
			 strchr(kind->symbols, ':') ? _(": its module is not loaded") : "");
	else if (strlen(wanted) != len || strncmp(symbol, wanted, len))
		snprintf(why, sizeof(why), _("no %s in this kernel"), wanted);
	*found += !!symbol;
	if (all) {
		printf("%-34s %-34.*s ", kind->name, (int)(symbol ? len : 1),
		       symbol ? symbol : "-");
		put_cell(symbol ? _("there") : _("missing"), 8);
		printf(" %s\n", why);
	} else if (!symbol) {
		put_cell(_("missing"), 8);
		printf("%s: %s\n", kind->name, why);
	}
	free(wanted);
}

static int show_table(bool all)
{
	struct map names = { 0 };
	unsigned int found = 0;
	unsigned int n = 0;
	u16 i;

	if (read_kallsyms(&names)) {
		map_free(&names);
		return EXIT_FAILED;
	}
	puts(_("The trace module is not loaded: this is what the kernel has."));
	if (all) {
		put_cell(_("EVENT"), 34);
		put_cell(_("FUNCTION"), 34);
		put_cell(_("STATE"), 8);
		printf(" %s\n", _("WHY"));
	}
	for (i = KIND_FIRST_HOOK; i < kind_count(); i++, n++)
		show_hook(&names, kind_get(i), all, &found);
	printf(_("%u of %u hooks have their function\n"), found, n);
	if (!all)
		puts(_("'rxpath hooks --all' has a line for each"));
	map_free(&names);
	return out_close(NULL);
}

static int run(int argc, char **argv)
{
	static const struct argp_child children[] = { { &lang_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.children = children,
		.options = options,
		.parser = parse_option,
		.args_doc = N_("[FILE]"),
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	struct hooks_args args = { 0 };
	FILE *file;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, &args);
	file = fopen(args.file ?: STATUS, "r");
	if (file) {
		ret = show_status(file, &args);
		fclose(file);
		return ret;
	}
	if (args.file)
		return error_line("%s: %s", args.file, strerror(errno));
	if (errno == EACCES)
		return error_line("hooks: not root: the module tells only root, try sudo");
	if (!access(MODULE, F_OK))
		return error_line("%s: missing: mount -t debugfs none /sys/kernel/debug", STATUS);
	return show_table(args.all);
}

const struct command cmd_hooks = {
	.name = "hooks",
	.help = N_("say what is hooked on this kernel, and what fell back"),
	.run = run,
};

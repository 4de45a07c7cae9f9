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
	   "With the trace module loaded: what it attached to, and what each hook missed.\n"
	   "Without it: which functions of the hook table this kernel has.\n"
	   "\n"
	   "  rxpath hooks\n"
	   "  rxpath hooks | grep missing");

static const struct argp_option options[] = { { 0 } };

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key != ARGP_KEY_ARG)
		return ARGP_ERR_UNKNOWN;
	argp_usage(state);
	return 0;
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

static int show_status(FILE *file)
{
	char *fields[COLUMNS];
	unsigned int attached = 0;
	unsigned int lines = 0;
	char *line = NULL;
	size_t size = 0;

	put_cell(_("EVENT"), 34);
	put_cell(_("FUNCTION"), 34);
	put_cell(_("MECHANISM"), 11);
	put_cell(_("STATE"), 9);
	printf("%*s  %s\n", utf8_pad(_("MISSED"), 7), _("MISSED"), _("WHY"));
	while (getline(&line, &size, file) > 0) {
		if (hooks_split(line, fields, COLUMNS) < 6 || !strcmp(fields[0], "event"))
			continue;
		lines++;
		attached += !!strcmp(fields[1], "-");
		printf("%-34s %-34s %-11s %-9s %7s  %s\n", fields[0], fields[1], fields[2],
		       fields[3], fields[4], strcmp(fields[5], "-") ? fields[5] : "");
	}
	free(line);
	if (!lines)
		return error_line("%s: nothing in it: load this tree's tracepoints/rxpath.ko",
				  STATUS);
	printf(_("%u of %u hooks attached\n"), attached, lines);
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

static void show_hook(const struct map *names, const struct kind *kind, unsigned int *found)
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
	printf("%-34s %-34.*s ", kind->name, (int)(symbol ? len : 1), symbol ? symbol : "-");
	put_cell(symbol ? _("there") : _("missing"), 8);
	printf(" %s\n", why);
	free(wanted);
}

static int show_table(void)
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
	put_cell(_("EVENT"), 34);
	put_cell(_("FUNCTION"), 34);
	put_cell(_("STATE"), 8);
	printf(" %s\n", _("WHY"));
	for (i = KIND_FIRST_HOOK; i < kind_count(); i++, n++)
		show_hook(&names, kind_get(i), &found);
	printf(_("%u of %u hooks have their function\n"), found, n);
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
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	FILE *file;
	int ret;

	argp_parse(&argp, argc, argv, 0, NULL, NULL);
	file = fopen(STATUS, "r");
	if (file) {
		ret = show_status(file);
		fclose(file);
		return ret;
	}
	if (errno == EACCES)
		return error_line("hooks: not root: the module tells only root, try sudo");
	if (!access(MODULE, F_OK))
		return error_line("%s: missing: mount -t debugfs none /sys/kernel/debug", STATUS);
	return show_table();
}

const struct command cmd_hooks = {
	.name = "hooks",
	.help = N_("say what is hooked on this kernel, and what fell back"),
	.run = run,
};

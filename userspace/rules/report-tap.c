// SPDX-License-Identifier: GPL-2.0
/*
 * Reports in TAP: for people and prove, for harnesses that want the version said, and
 * version 14, where what was found is YAML.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "rules/report.h"

static void put_notes(const char *notes)
{
	while (*notes) {
		size_t len = strcspn(notes, "\n");

		printf("#   %.*s\n", (int)len, notes);
		notes += len + (notes[len] == '\n');
	}
}

/* A test line; its number is that of the ruling. */
static void put_line(const struct ruling *ruling, size_t no)
{
	enum verdict_of verdict = ruling->finding.verdict;
	char *name = ruling_name(ruling);

	printf("%sok %zu - %s", verdict == RULE_BROKEN || verdict == RULE_UNKNOWN ? "not " : "", no,
	       name);
	if (verdict == RULE_SKIPPED)
		printf(" # SKIP %s", ruling->finding.reason);
	putchar('\n');
	free(name);
}

static void put_details(const struct report *report, const struct ruling *ruling)
{
	const struct check *check = ruling->check;
	const char *command = ruling_command(ruling);
	const char *hint = texts_pick(&check->hint);
	char *details;

	if (check->id)
		printf("#   %s:%u: %s: %s\n", check->file, check->line, ruling->block->text,
		       check->text);
	else if (check->why)
		printf("#   %s\n", check->text);
	if (ruling->finding.verdict == RULE_UNKNOWN)
		printf("#   %s\n", _("the recording cannot tell:"));
	details = ruling_details(ruling);
	if (details)
		put_notes(details);
	free(details);
	if (check->id && command)
		printf("#   %s %s\n", command, report->trace);
	if (report->hints && hint)
		printf("#   %s\n", hint);
}

static void put_values(const struct report *report)
{
	size_t i;

	for (i = 0; i < report->values.n; i++) {
		const struct ruling *ruling = report->values.v[i];

		if (ruling->finding.valued)
			printf("# %s=%lld\n", ruling->check->answer, ruling->finding.value);
		else
			printf(_("# %s: the trace does not say\n"), ruling->check->answer);
	}
}

static void write_lines(const struct report *report)
{
	size_t i;

	for (i = 0; i < report->rulings.n; i++) {
		const struct ruling *ruling = report->rulings.v[i];

		if (ruling->finding.verdict == RULE_HOLDS && report->quiet)
			continue;
		put_line(ruling, i + 1);
		if (ruling->finding.verdict == RULE_BROKEN ||
		    ruling->finding.verdict == RULE_UNKNOWN)
			put_details(report, ruling);
	}
	printf("1..%zu\n", report->rulings.n);
	put_values(report);
}

static void write_tap(const struct report *report)
{
	puts("TAP version 13");
	write_lines(report);
}

/* As JSON has it, YAML has it, too. */
static void put_quoted(const char *key, const char *text)
{
	printf("  %s: \"", key);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if (*text == '\n')
			fputs("\\n", stdout);
		else if ((unsigned char)*text < ' ')
			printf("\\x%02x", *text);
		else
			putchar(*text);
	}
	puts("\"");
}

static void put_numbers(const char *key, const struct numbers *numbers)
{
	unsigned int i;

	if (!numbers->n)
		return;
	printf("  %s: [", key);
	for (i = 0; i < numbers->n; i++)
		printf("%s%u", i ? ", " : "", numbers->v[i]);
	puts("]");
}

static void put_yaml(const struct report *report, const struct ruling *ruling)
{
	const struct check *check = ruling->check;
	const struct finding *v = &ruling->finding;
	const char *command = ruling_command(ruling);
	const char *hint = texts_pick(&check->hint);
	char *message = ruling_message(ruling);
	char *details = ruling_details(ruling);

	puts("  ---");
	put_quoted("status", verdict_name(v->verdict));
	if (check->id)
		put_quoted("id", check->id);
	if (check->id)
		printf("  points: %u\n", check->points);
	put_quoted("file", check->file);
	printf("  line: %u\n", check->line);
	put_quoted("block", ruling->block->text);
	put_quoted("expected", check->text);
	if (message)
		put_quoted("message", message);
	if (details)
		put_quoted("found", details);
	put_numbers("packets", &v->packets);
	put_numbers("calls", &v->calls);
	if (command)
		put_quoted("command", command);
	if (report->hints && hint)
		put_quoted("hint", hint);
	puts("  ...");
	free(message);
	free(details);
}

static void write_tap14(const struct report *report)
{
	size_t i;

	puts("TAP version 14");
	printf("1..%zu\n", report->rulings.n);
	for (i = 0; i < report->rulings.n; i++) {
		const struct ruling *ruling = report->rulings.v[i];

		put_line(ruling, i + 1);
		if (ruling->finding.verdict == RULE_BROKEN ||
		    ruling->finding.verdict == RULE_UNKNOWN)
			put_yaml(report, ruling);
	}
	put_values(report);
}

const struct report_format report_text = {
	.name = "text",
	.help = N_("TAP for people, the default"),
	.for_tap = true,
	.write = write_lines,
};

const struct report_format report_tap = {
	.name = "tap",
	.help = N_("the same with its version, 13, in the first line"),
	.for_tap = true,
	.write = write_tap,
};

const struct report_format report_tap14 = {
	.name = "tap14",
	.help = N_("TAP version 14: what was found is YAML"),
	.for_tap = true,
	.write = write_tap14,
};

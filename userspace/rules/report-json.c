// SPDX-License-Identifier: GPL-2.0
/*
 * A report as one JSON object, for graders.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/lang.h"
#include "rules/report.h"

static void put_texts(struct json *j, const char *key, const char *en, const char *zh)
{
	json_key(j, key);
	json_open(j, '{');
	json_str(j, "en", en);
	json_str(j, "zh", zh);
	json_close(j, '}');
}

static void put_title(struct json *j, const struct check *check)
{
	const char *plain = check->why ? check->why : check->text;

	if (check->title.en)
		put_texts(j, "title", check->title.en, check->title.zh);
	else
		put_texts(j, "title", plain, plain);
}

static void put_numbers(struct json *j, const char *key, const struct numbers *numbers)
{
	unsigned int i;

	json_key(j, key);
	json_open(j, '[');
	for (i = 0; i < numbers->n; i++)
		json_number(j, numbers->v[i]);
	json_close(j, ']');
}

static void put_found(struct json *j, const struct report *report, const struct ruling *ruling)
{
	const struct check *check = ruling->check;
	const struct finding *v = &ruling->finding;
	const char *command = ruling_command(ruling);
	char *message = ruling_message(ruling);
	char *found = ruling_found(ruling);

	json_str(j, "expected", check->text);
	if (found)
		json_str(j, "found", found);
	if (message)
		json_str(j, "message", message);
	if (v->reason)
		json_str(j, "reason", v->reason);
	put_numbers(j, "packets", &v->packets);
	put_numbers(j, "calls", &v->calls);
	if (command)
		json_str(j, "command", command);
	if (report->hints && check->hint.en)
		put_texts(j, "hint", check->hint.en, check->hint.zh);
	free(message);
	free(found);
}

static void put_ruling(struct json *j, const struct report *report, const struct ruling *ruling)
{
	const struct check *check = ruling->check;

	json_line(j);
	json_open(j, '{');
	if (check->id)
		json_str(j, "id", check->id);
	if (check->id)
		json_num(j, "points", check->points);
	json_flag(j, "hidden", check->hidden);
	json_str(j, "status", verdict_name(ruling->finding.verdict));
	put_title(j, check);
	json_str(j, "block", ruling->block->text);
	json_str(j, "check", check->text);
	json_str(j, "file", check->file);
	json_num(j, "line", check->line);
	if (ruling->finding.verdict != RULE_HOLDS)
		put_found(j, report, ruling);
	json_close(j, '}');
}

/* What the trace does not say has no value. */
static void put_values(struct json *j, const struct report *report)
{
	size_t i;

	json_open(j, '{');
	for (i = 0; i < report->values.n; i++) {
		const struct ruling *ruling = report->values.v[i];

		if (ruling->finding.valued)
			json_num(j, ruling->check->answer, ruling->finding.value);
	}
	json_close(j, '}');
}

static void write_json(const struct report *report)
{
	struct json j;
	size_t i;

	json_begin(&j, stdout);
	json_open(&j, '{');
	json_str(&j, "schema", "rxpath-assert");
	json_num(&j, "version", 1);
	json_str(&j, "trace", report->trace);
	json_str(&j, "kernel", report->kernel);
	json_key(&j, "checks");
	json_open(&j, '[');
	for (i = 0; i < report->rulings.n; i++) {
		const struct ruling *ruling = report->rulings.v[i];

		if (ruling->finding.verdict != RULE_HOLDS || !report->quiet)
			put_ruling(&j, report, ruling);
	}
	json_close(&j, ']');
	json_key(&j, "values");
	put_values(&j, report);
	json_close(&j, '}');
	json_end(&j);
	putchar('\n');
}

const struct report_format report_json = {
	.name = "json",
	.help = N_("one object, for graders"),
	.write = write_json,
};

// SPDX-License-Identifier: GPL-2.0
/*
 * The formats that a report is written in.
 */
#include "rules/report.h"

static const struct report_format *const rows[] = {
	&report_text, &report_tap, &report_tap14, &report_json, &report_junit,
};

static const char *row_name(size_t i)
{
	return i < ARRAY_SIZE(rows) ? rows[i]->name : NULL;
}

static const char *row_help(size_t i)
{
	return rows[i]->help;
}

const struct choices report_formats = { row_name, row_help };

/**
 * report_find - a format by its name
 * @name: name
 *
 * Return: the format, or NULL.
 */
const struct report_format *report_find(const char *name)
{
	int i = choice_find(&report_formats, name);

	return i < 0 ? NULL : rows[i];
}

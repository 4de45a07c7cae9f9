// SPDX-License-Identifier: GPL-2.0
/*
 * The formats that a trace is exported in.
 */
#include "export/export.h"

static const struct export_format *const rows[] = {
	&export_json, &export_perfetto, &export_pcapng,	  &export_folded,
	&export_csv,  &export_html,	&export_markdown,
};

static const char *row_name(size_t i)
{
	return i < ARRAY_SIZE(rows) ? rows[i]->name : NULL;
}

static const char *row_help(size_t i)
{
	return rows[i]->help;
}

const struct choices export_formats = { row_name, row_help };

/**
 * export_find - a format by its name
 * @name: name
 *
 * Return: the format, or NULL.
 */
const struct export_format *export_find(const char *name)
{
	int i = choice_find(&export_formats, name);

	return i < 0 ? NULL : rows[i];
}

// SPDX-License-Identifier: GPL-2.0
/*
 * The output formats of a diagram.
 */
#include <string.h>

#include "render/render.h"

static const struct renderer *const rows[] = {
	&render_mermaid,
	&render_svg,
	&render_text,
	&render_html,
};

static const char *row_name(size_t i)
{
	return i < ARRAY_SIZE(rows) ? rows[i]->name : NULL;
}

const struct choices renderers = { row_name, NULL };

/**
 * renderer_find - an output format by its name
 * @name: name
 *
 * Return: the renderer, or NULL.
 */
const struct renderer *renderer_find(const char *name)
{
	int i = choice_find(&renderers, name);

	return i < 0 ? NULL : rows[i];
}

/**
 * renderer_of_suffix - an output format by the suffix of its files
 * @suffix: without the point
 *
 * Return: the renderer, or NULL.
 */
const struct renderer *renderer_of_suffix(const char *suffix)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!strcmp(rows[i]->suffix ?: rows[i]->name, suffix))
			return rows[i];
	return NULL;
}

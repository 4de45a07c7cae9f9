// SPDX-License-Identifier: GPL-2.0
/*
 * Marks: texts that were written to trace_marker while the trace was recorded.
 */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

/**
 * model_mark - a mark has been read
 * @m: model
 * @ev: its event; blanks and the line's end around the text do not count
 */
void model_mark(struct model *m, const struct event *ev)
{
	const char *text = ev->a.mark.text + strspn(ev->a.mark.text, " \t\r\n");
	struct mark *mark = xcalloc(1, sizeof(*mark));
	size_t len = strlen(text);

	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	mark->time = ev->start;
	mark->pid = ev->pid;
	mark->cpu = ev->cpu;
	mark->text = xasprintf("%.*s", (int)len, text);
	ptrs_add(&m->marks, mark);
}

/**
 * mark_find - a mark by its text
 * @m: model
 * @text: text
 * @since: time before which it does not count
 *
 * Return: the first, NULL if none has been read.
 */
const struct mark *mark_find(const struct model *m, const char *text, u64 since)
{
	size_t i;

	for (i = 0; i < m->marks.n; i++) {
		const struct mark *mark = m->marks.v[i];

		if (mark->time >= since && !strcmp(mark->text, text))
			return mark;
	}
	return NULL;
}

/**
 * marks_free - drop the marks
 * @m: model
 */
void marks_free(struct model *m)
{
	size_t i;

	for (i = 0; i < m->marks.n; i++) {
		struct mark *mark = m->marks.v[i];

		free(mark->text);
		free(mark);
	}
	ptrs_free(&m->marks);
}

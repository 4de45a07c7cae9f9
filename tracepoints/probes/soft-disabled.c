// SPDX-License-Identifier: GPL-2.0
/* A file that is switched off so says it, in every kernel. */
#include <linux/trace_events.h>

int probe(const struct trace_event_file *file);
int probe(const struct trace_event_file *file)
{
	return file->flags & EVENT_FILE_FL_SOFT_DISABLED;
}

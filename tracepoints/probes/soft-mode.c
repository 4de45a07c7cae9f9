// SPDX-License-Identifier: GPL-2.0
/* An event's file has a flag of its own for the mode in which others switch it. */
#include <linux/trace_events.h>

int probe(const struct trace_event_file *file);
int probe(const struct trace_event_file *file)
{
	return file->flags & EVENT_FILE_FL_SOFT_MODE;
}

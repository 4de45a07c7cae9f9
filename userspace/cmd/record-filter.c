// SPDX-License-Identifier: GPL-2.0
/*
 * The trace module's filter, while a recording lasts. The words are the
 * module's own (tracepoints/filter.c), and so is the judgement on them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/say.h"
#include "cmd/record.h"

#define FILTER	"/sys/kernel/debug/rxpath/filter"
#define REFUSED "# refused: "

static int filter_write(const char *line)
{
	int fd = open(FILTER, O_WRONLY | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, line, strlen(line)) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

/* The file's first line that begins with @prefix, without that; NULL if there is none. */
static char *filter_line(const char *prefix)
{
	FILE *file = fopen(FILTER, "re");
	char *found = NULL;
	char *line = NULL;
	size_t room = 0;

	if (!file)
		return NULL;
	while (!found && getline(&line, &room, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, prefix, strlen(prefix)))
			found = xstrdup(line + strlen(prefix));
	}
	free(line);
	fclose(file);
	return found;
}

/**
 * record_filter_set - have only chosen calls recorded
 * @line: the conditions
 * @before: the filter that was in force, for record_filter_restore()
 *
 * Return: 0, or EXIT_FAILED or EXIT_USAGE after saying why.
 */
int record_filter_set(const char *line, char **before)
{
	char *why;
	int ret;

	*before = filter_line("");
	if (!*before)
		return error_line("record: no %s: mount -t debugfs none /sys/kernel/debug", FILTER);
	ret = filter_write(line);
	if (!ret)
		return 0;
	why = filter_line(REFUSED);
	error_line("record: filter: %s: see 'rxpath record --help'", why ? why : strerror(-ret));
	free(why);
	record_filter_restore(*before);
	*before = NULL;
	return ret == -EINVAL ? EXIT_USAGE : EXIT_FAILED;
}

/**
 * record_filter_restore - put back what was in force
 * @before: from record_filter_set(), or NULL; is freed
 */
void record_filter_restore(char *before)
{
	if (before && filter_write(before))
		error_line("record: the filter stays: echo all > %s", FILTER);
	free(before);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Whether a process sleeps, and since when. That is the moment at which the next
 * segment finds it as the lab means it to: no pause could promise that.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "talk.h"

#define PROCESSES 16

static struct seen {
	long pid;
	long slept;
	bool restless; /* waited for in vain: never again for long */
} seen[PROCESSES];

/* How often the thread went to sleep by itself, or -1 when it does not sleep now. */
static long thread_slept(int folder, const char *tid)
{
	char path[64], text[4096];
	const char *switches;
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), "%.32s/status", tid);
	fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	/* read() would be in the trace. */
	len = pread(fd, text, sizeof(text) - 1, 0);
	close(fd);
	if (len <= 0)
		return -1;
	text[len] = '\0';
	switches = strstr(text, "\nvoluntary_ctxt_switches:");
	if (!switches || !strstr(text, "\nState:\tS"))
		return -1;
	return strtol(strchr(switches, ':') + 1, NULL, 10);
}

/* The sum over its threads; -1 when one is awake, -2 when there is no such process. */
static long process_slept(long pid)
{
	struct dirent *entry;
	char path[64];
	long sum = -2;
	DIR *threads;

	snprintf(path, sizeof(path), "/proc/%ld/task", pid);
	threads = opendir(path);
	if (!threads)
		return -2;
	while ((entry = readdir(threads))) {
		long slept;

		if (entry->d_name[0] == '.')
			continue;
		slept = thread_slept(dirfd(threads), entry->d_name);
		if (slept < 0) {
			sum = -1;
			break;
		}
		sum = sum < 0 ? slept : sum + slept;
	}
	closedir(threads);
	return sum;
}

static struct seen *seen_of(long pid)
{
	int i;

	for (i = 0; i < PROCESSES - 1 && seen[i].pid && seen[i].pid != pid; i++)
		;
	if (seen[i].pid != pid) {
		seen[i].pid = pid;
		seen[i].slept = -1;
		seen[i].restless = false;
	}
	return &seen[i];
}

bool process_is_gone(long pid)
{
	return process_slept(pid) == -2;
}

static bool sleeps(long pid, int patience_ms, bool again)
{
	struct seen *process = seen_of(pid);
	long until = patience_begins(process->restless ? patience_ms / 20 : patience_ms);

	do {
		long now = process_slept(pid);

		if (now == -2) {
			printf("gone %ld\n", pid);
			return false;
		}
		if (now >= 0 && (!again || now > process->slept)) {
			process->slept = now;
			return true;
		}
	} while (patience_lasts(until));
	process->restless = true;
	printf("restless %ld\n", pid);
	return false;
}

bool process_sleeps(long pid, int patience_ms)
{
	return sleeps(pid, patience_ms, false);
}

bool process_sleeps_again(long pid, int patience_ms)
{
	return sleeps(pid, patience_ms, true);
}

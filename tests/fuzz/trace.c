// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: the bytes of a trace file.
 *
 * The trace library may crash on them; the reader and its decoder may not. Both
 * run in the decoding process, so that one reports what the sanitizers
 * find to a file, and the report is looked at: whose frame is the first?
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sanitizer/common_interface_defs.h>

#include "base/say.h"
#include "fuzz.h"

static struct scratch scratch;
static char *report;

static void die_quietly(void)
{
	_exit(EXIT_FAILED);
}

/* The decoding process is none of the fuzzer's. */
static void in_child(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGALRM };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(signals); i++)
		signal(signals[i], SIG_DFL);
	__sanitizer_set_death_callback(die_quietly);
	__sanitizer_set_report_path(report);
}

static void clean_up(void)
{
	scratch_remove(&scratch);
	free(report);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	scratch_make(&scratch);
	report = scratch_path(&scratch, "report");
	pthread_atfork(NULL, NULL, in_child);
	atexit(clean_up);
	return 0;
}

/* The first frame that has a source file is ours, or it is the library's doing. */
static bool is_ours(const char *text)
{
	const char *at;
	const char *end;

	if (strstr(text, "runtime error:"))
		return true;
	for (at = strstr(text, "    #"); at; at = strstr(end, "    #")) {
		end = at + strcspn(at, "\n");
		if (memmem(at, end - at, ".so", 3))
			return false;
		if (memmem(at, end - at, "/userspace/", 11))
			return true;
	}
	return false;
}

static void look_at(const char *name)
{
	static char text[1 << 16];
	char *path = scratch_path(&scratch, name);
	FILE *file = fopen(path, "r");
	size_t len = 0;

	if (file)
		len = fread(text, 1, sizeof(text) - 1, file);
	text[len] = '\0';
	if (file)
		fclose(file);
	unlink(path);
	free(path);
	if (!is_ours(text))
		return;
	fputs(text, stderr);
	abort();
}

static void look_at_reports(void)
{
	struct dirent *entry;
	DIR *dir = opendir(scratch.folder);

	while (dir && (entry = readdir(dir)))
		if (!strncmp(entry->d_name, "report", 6))
			look_at(entry->d_name);
	if (dir)
		closedir(dir);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (!size)
		return 0;
	whole_file_change(&scratch.trace, data + 1, size - 1, 0);
	run_command(data[0], scratch.trace.path);
	whole_file_restore(&scratch.trace, data + 1, size - 1, 0);
	look_at_reports();
	return 0;
}

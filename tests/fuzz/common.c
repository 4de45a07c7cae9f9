// SPDX-License-Identifier: GPL-2.0
/*
 * Files to be damaged, and the commands that read them.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

static void give_up(const char *what)
{
	perror(what);
	exit(1);
}

/**
 * base_trace - the good trace that inputs change
 *
 * Return: its path, from the environment.
 */
const char *base_trace(void)
{
	const char *path = getenv("FUZZ_TRACE");

	if (path)
		return path;
	fputs("FUZZ_TRACE names no trace: run 'make fuzz'\n", stderr);
	exit(1);
}

/**
 * scratch_path - a file's place in a scratch folder
 * @scratch: folder
 * @name: file
 *
 * Return: its path, to be freed.
 */
char *scratch_path(const struct scratch *scratch, const char *name)
{
	return xasprintf("%s/%s", scratch->folder, name);
}

/**
 * scratch_make - make a folder in memory with a copy of the base trace in it
 * @scratch: folder
 */
void scratch_make(struct scratch *scratch)
{
	char *copy;

	snprintf(scratch->folder, sizeof(scratch->folder), "/dev/shm/rxpath-fuzz.XXXXXX");
	if (!mkdtemp(scratch->folder))
		give_up(scratch->folder);
	copy = scratch_path(scratch, "trace.dat");
	whole_file_read(&scratch->trace, base_trace(), copy);
	free(copy);
}

/**
 * scratch_remove - remove the folder, whose other files are gone
 * @scratch: folder
 */
void scratch_remove(const struct scratch *scratch)
{
	unlink(scratch->trace.path);
	rmdir(scratch->folder);
}

/**
 * whole_file_read - read a file, and put a copy of it where it may be changed
 * @file: what is known of it
 * @path: file
 * @copy: where the copy goes
 */
void whole_file_read(struct whole_file *file, const char *path, const char *copy)
{
	struct stat st;
	int fd = open(path, O_RDONLY);

	if (fd < 0 || fstat(fd, &st))
		give_up(path);
	file->size = st.st_size;
	file->data = xcalloc(file->size, 1);
	if (read(fd, file->data, file->size) != st.st_size)
		give_up(path);
	close(fd);
	snprintf(file->path, sizeof(file->path), "%s", copy);
	file->fd = open(copy, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (file->fd < 0 || write(file->fd, file->data, file->size) != st.st_size)
		give_up(copy);
}

static size_t place(const struct whole_file *file, const u8 *change, size_t keep)
{
	u32 at;

	memcpy(&at, change, sizeof(at));
	return keep + at % (file->size - keep);
}

/**
 * whole_file_change - damage the copy
 * @file: file
 * @changes: groups of CHANGE_SIZE bytes
 * @size: bytes of them
 * @keep: bytes at the file's beginning that stay
 */
void whole_file_change(struct whole_file *file, const u8 *changes, size_t size, size_t keep)
{
	size_t i;

	for (i = 0; i + CHANGE_SIZE <= size; i += CHANGE_SIZE)
		if (pwrite(file->fd, changes + i + 4, 1, place(file, changes + i, keep)) != 1)
			give_up(file->path);
}

/**
 * whole_file_restore - mend the copy
 * @file: file
 * @changes: what whole_file_change() was given
 * @size: the same
 * @keep: the same
 */
void whole_file_restore(struct whole_file *file, const u8 *changes, size_t size, size_t keep)
{
	size_t at;
	size_t i;

	for (i = 0; i + CHANGE_SIZE <= size; i += CHANGE_SIZE) {
		at = place(file, changes + i, keep);
		if (pwrite(file->fd, file->data + at, 1, at) != 1)
			give_up(file->path);
	}
}

#define MAX_ARGS 8

/**
 * run_command - let a command read a trace
 * @choice: which
 * @trace: the file
 */
void run_command(u8 choice, const char *trace)
{
	static const struct {
		const struct command *command;
		const char *args[MAX_ARGS + 1];
	} runs[] = {
		{ &cmd_tree, { "tree" } },
		{ &cmd_stats, { "stats" } },
		{ &cmd_export, { "export", "--format", "json" } },
		{ &cmd_export, { "export", "--format", "perfetto" } },
		{ &cmd_export, { "export", "--format", "pcapng" } },
		{ &cmd_export, { "export", "--format", "folded" } },
		{ &cmd_export, { "export", "--format", "csv" } },
		{ &cmd_export, { "export", "--format", "html" } },
		{ &cmd_diagram, { "diagram", "--view", "all", "--level", "calls" } },
		{ &cmd_diagram, { "diagram", "--view", "nic-ip", "--format", "svg" } },
		{ &cmd_diagram, { "diagram", "--view", "ip-tcp", "--format", "text" } },
		{ &cmd_diagram, { "diagram", "--view", "tcp-recv", "--format", "html" } },
		{ &cmd_diagram, { "diagram", "--view", "epoll-ctl" } },
		{ &cmd_diagram, { "diagram", "--view", "epoll-wake" } },
		{ &cmd_diagram, { "diagram", "--view", "init" } },
		{ &cmd_assert, { "assert", NULL } },
	};
	char *argv[MAX_ARGS + 3] = { NULL };
	const char *rules = getenv("FUZZ_RULES");
	size_t which = choice % ARRAY_SIZE(runs);
	int argc;
	int i;

	for (argc = 0; runs[which].args[argc]; argc++)
		argv[argc] = xstrdup(runs[which].args[argc]);
	if (runs[which].command == &cmd_assert)
		argv[argc++] = xstrdup(rules ? rules : "/dev/null");
	argv[argc++] = xstrdup(trace);
	runs[which].command->run(argc, argv);
	for (i = 0; i < argc; i++)
		free(argv[i]);
}

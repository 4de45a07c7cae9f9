// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: the bytes of an index, behind those that say whose it is.
 */
#include <stdlib.h>
#include <unistd.h>

#include "../../userspace/model/index.h"
#include "../../userspace/view/view.h"
#include "fuzz.h"

static struct scratch scratch;
static struct whole_file index_file;

static void clean_up(void)
{
	unlink(index_file.path);
	scratch_remove(&scratch);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	u32 packets;
	char *path;

	(void)argc;
	(void)argv;
	scratch_make(&scratch);
	if (index_build(scratch.trace.path, &view_ratings, &packets))
		exit(1);
	path = index_path(scratch.trace.path);
	whole_file_read(&index_file, path, path);
	free(path);
	atexit(clean_up);
	return 0;
}

/* What is behind the sum must hold without it. */
static void sign(void)
{
	size_t size = index_file.size - INDEX_STAMP;
	char *body = xcalloc(size, 1);
	u64 sum;

	if (pread(index_file.fd, body, size, INDEX_STAMP) != (ssize_t)size)
		exit(1);
	sum = index_sum(0, body, size);
	free(body);
	if (pwrite(index_file.fd, &sum, sizeof(sum), INDEX_STAMP - sizeof(sum)) != sizeof(sum))
		exit(1);
}

static void load(const struct view *view, u32 packet)
{
	struct selection sel = { .packet = packet };
	struct search search;

	if (view) {
		search = view_search(view);
		model_free(model_load_chosen(scratch.trace.path, &sel, &search));
	} else {
		model_free(model_load_indexed(scratch.trace.path, &sel, NULL));
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (!size)
		return 0;
	whole_file_change(&index_file, data + 1, size - 1, INDEX_STAMP);
	if (data[0] & 0x80)
		sign();
	if (data[0] & 1)
		load(NULL, 1 + data[0] % 64 / 2);
	else
		load(view_at(data[0] / 2 % 8), 0);
	whole_file_restore(&index_file, data + 1, size - 1, INDEX_STAMP);
	return 0;
}

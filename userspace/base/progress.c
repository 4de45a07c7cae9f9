// SPDX-License-Identifier: GPL-2.0
/*
 * A bar on a terminal while a long trace is read.
 *
 * It appears when reading has taken a while, on standard error alone, and goes
 * when something else is said there or reading is over.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/progress.h"
#include "base/lang.h"
#include "base/types.h"

#define PATIENCE_NS (NSEC_PER_SEC / 2)
#define BAR_COLUMNS 30

static struct {
	u64 began;
	u64 patience;
	bool off;
	bool shown;
	unsigned int percent;
} progress;

static u64 now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

/**
 * progress_begin - reading begins
 *
 * RXPATH_PROGRESS is "now" for who does not want to wait for the bar, and "never"
 * for who does not want it.
 */
void progress_begin(void)
{
	const char *wish = getenv("RXPATH_PROGRESS") ?: "";

	progress.began = now();
	progress.patience = strcmp(wish, "now") ? PATIENCE_NS : 0;
	progress.off |= !strcmp(wish, "never");
}

/**
 * progress_forbid - no bar: the output goes to the same terminal meanwhile
 */
void progress_forbid(void)
{
	progress.off = true;
}

/**
 * progress_show - so much has been read
 * @path: the file
 * @percent: of it
 */
void progress_show(const char *path, unsigned int percent)
{
	bool utf8 = use_utf8();
	unsigned int full = percent * BAR_COLUMNS / 100;
	unsigned int i;

	if (progress.off || !isatty(STDERR_FILENO) || now() - progress.began < progress.patience)
		return;
	if (progress.shown && progress.percent == percent)
		return;
	progress.percent = percent;
	progress.shown = true;
	fprintf(stderr, "\r%s ", path);
	for (i = 0; i < BAR_COLUMNS; i++)
		fputs(i < full ? (utf8 ? "█" : "#") : (utf8 ? "░" : "."), stderr);
	fprintf(stderr, " %3u %%\033[K", percent);
	fflush(stderr);
}

/**
 * progress_end - wipe the bar
 */
void progress_end(void)
{
	if (!progress.shown)
		return;
	progress.shown = false;
	fputs("\r\033[K", stderr);
	fflush(stderr);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Prints how fast this machine's time-stamp counter runs, in kHz: QEMU's emulated
 * one is the host's, and a guest cannot be trusted to measure it. Fails where there
 * is none.
 */
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#ifdef __x86_64__
#include <x86intrin.h>

struct moment {
	int64_t ns;
	uint64_t tsc;
};

static int64_t nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_RAW, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Both clocks at one moment: of many tries the one that nothing came between. */
static struct moment look(void)
{
	struct moment best = { 0 };
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < 100; i++) {
		uint64_t before = __rdtsc();
		int64_t ns = nanoseconds();
		uint64_t took = __rdtsc() - before;

		if (took < least) {
			least = took;
			best = (struct moment){ .ns = ns, .tsc = before + took / 2 };
		}
	}
	return best;
}

int main(void)
{
	const struct timespec nap = { .tv_nsec = 20 * 1000 * 1000 };
	struct moment from = look(), to;

	nanosleep(&nap, NULL);
	to = look();
	printf("%.0f\n", (double)(to.tsc - from.tsc) * 1e6 / (double)(to.ns - from.ns));
	return 0;
}
#else
int main(void)
{
	fputs("tsc-khz: this machine has no time-stamp counter\n", stderr);
	return 1;
}
#endif

// SPDX-License-Identifier: GPL-2.0
/*
 * Reads what comes and says how long it took, from the first bytes to the end:
 * the benches' receiver. One connection at a time, as many as are asked for.
 *
 * usage: bulk-server PORT CONNECTIONS
 *
 * Prints per connection the bytes it read, the nanoseconds that it took, and for
 * how many of those the CPUs were idle. As root: only root may read the last.
 */
#include <time.h>

#include "net.h"

static long long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

/* What all CPUs have been idle for, as the tick's account has it: the only one in ns. */
static long long idle(void)
{
	FILE *file = fopen("/proc/timer_list", "r");
	long long sum = 0, ns;
	char line[256];

	if (!file)
		die("/proc/timer_list");
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, " .idle_sleeptime : %lld", &ns) == 1)
			sum += ns;
	fclose(file);
	return sum;
}

int main(int argc, char **argv)
{
	static unsigned char buf[131072];
	long port, left;
	int listener;

	if (argc != 3) {
		fprintf(stderr, "usage: bulk-server PORT CONNECTIONS\n");
		return 2;
	}
	port = number_or_die(argv[1], 1, 65535);
	left = number_or_die(argv[2], 1, 1000000);
	listener = listen_on(port);

	for (; left; left--) {
		int fd = accept(listener, NULL, NULL);
		long long bytes = 0, start = 0, end, was_idle = 0;
		ssize_t n;

		if (fd < 0)
			die("accept");
		do {
			n = recv(fd, buf, sizeof(buf), 0);
			if (n < 0 && errno != EINTR)
				die("recv");
			if (n > 0 && !bytes) {
				was_idle = idle();
				start = now();
			}
			if (n > 0)
				bytes += n;
		} while (n);
		end = now();
		printf("%lld %lld %lld\n", bytes, end - start, idle() - was_idle);
		fflush(stdout);
		close(fd);
	}
	return 0;
}

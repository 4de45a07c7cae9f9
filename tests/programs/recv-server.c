// SPDX-License-Identifier: GPL-2.0
/*
 * An echo server that blocks in recv(), one connection at a time. Ends after
 * the given number of connections.
 *
 * usage: recv-server PORT CONNECTIONS
 *
 * Prints its pid first, then per connection the bytes it read and their sum.
 */
#include "net.h"

int main(int argc, char **argv)
{
	static unsigned char buf[65536];
	long port, left;
	int listener;

	if (argc != 3) {
		fprintf(stderr, "usage: recv-server PORT CONNECTIONS\n");
		return 2;
	}
	port = number_or_die(argv[1], 1, 65535);
	left = number_or_die(argv[2], 1, 1000000);
	listener = listen_on(port);
	printf("pid %d\n", getpid());
	fflush(stdout);

	for (; left; left--) {
		uint64_t sum = FNV1A_OFFSET;
		uint64_t bytes = 0;
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			die("accept");
		for (;;) {
			ssize_t n = recv(fd, buf, sizeof(buf), 0);

			if (n < 0 && errno == EINTR)
				continue;
			if (n < 0)
				die("recv");
			if (n == 0)
				break;
			bytes += (uint64_t)n;
			sum = sum_bytes(sum, buf, (size_t)n);
			if (!write_all(fd, buf, (size_t)n))
				die("write");
		}
		printf("read %llu bytes, sum %016llx\n", (unsigned long long)bytes,
		       (unsigned long long)sum);
		fflush(stdout);
		close(fd);
	}
	return 0;
}

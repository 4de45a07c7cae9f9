// SPDX-License-Identifier: GPL-2.0
/*
 * An echo server that waits in epoll_wait(): level-triggered by default,
 * edge-triggered with "et". Ends after the given number of connections.
 *
 * usage: epoll-server PORT CONNECTIONS [lt|et]
 *
 * Prints its pid first, then per connection the bytes it read and their sum.
 */
#include <fcntl.h>
#include <sys/epoll.h>

#include "net.h"

struct connection {
	int fd;
	uint64_t bytes;
	uint64_t sum;
};

static void watch(int epfd, struct connection *conn, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = conn };

	if (epoll_ctl(epfd, EPOLL_CTL_ADD, conn->fd, &event))
		die("epoll_ctl");
}

static struct connection *connection_new(int fd)
{
	struct connection *conn = calloc(1, sizeof(*conn));

	if (!conn)
		die("calloc");
	conn->fd = fd;
	conn->sum = FNV1A_OFFSET;
	return conn;
}

/* True when the peer has closed. With edge triggering all must be read now. */
static bool echo(struct connection *conn, bool edge)
{
	unsigned char buf[65536];
	ssize_t n;

	do {
		n = read(conn->fd, buf, sizeof(buf));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return false;
		if (n < 0)
			die("read");
		if (n == 0)
			return true;
		conn->bytes += (uint64_t)n;
		conn->sum = sum_bytes(conn->sum, buf, (size_t)n);
		if (!write_all(conn->fd, buf, (size_t)n))
			die("write");
	} while (edge);
	return false;
}

int main(int argc, char **argv)
{
	struct connection listener = { 0 };
	long port, left;
	bool edge;
	int epfd;

	if (argc < 3 || argc > 4 || (argc == 4 && strcmp(argv[3], "lt") && strcmp(argv[3], "et"))) {
		fprintf(stderr, "usage: epoll-server PORT CONNECTIONS [lt|et]\n");
		return 2;
	}
	port = number_or_die(argv[1], 1, 65535);
	left = number_or_die(argv[2], 1, 1000000);
	edge = argc == 4 && !strcmp(argv[3], "et");

	listener.fd = listen_on(port);
	epfd = epoll_create1(0);
	if (epfd < 0)
		die("epoll_create1");
	watch(epfd, &listener, EPOLLIN);
	printf("pid %d\n", getpid());
	fflush(stdout);

	while (left) {
		struct epoll_event events[16];
		int n = epoll_wait(epfd, events, 16, -1);

		if (n < 0 && errno != EINTR)
			die("epoll_wait");
		for (int i = 0; i < n; i++) {
			struct connection *conn = events[i].data.ptr;

			if (conn == &listener) {
				int fd = accept(listener.fd, NULL, NULL);

				if (fd < 0)
					die("accept");
				if (edge && fcntl(fd, F_SETFL, O_NONBLOCK))
					die("fcntl");
				watch(epfd, connection_new(fd), EPOLLIN | (edge ? EPOLLET : 0));
			} else if (echo(conn, edge)) {
				printf("read %llu bytes, sum %016llx\n",
				       (unsigned long long)conn->bytes,
				       (unsigned long long)conn->sum);
				fflush(stdout);
				close(conn->fd);
				free(conn);
				left--;
			}
		}
	}
	return 0;
}

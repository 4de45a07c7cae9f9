// SPDX-License-Identifier: GPL-2.0
/*
 * A server that waits in epoll_wait(), edge-triggered, and reads a little at a time.
 *
 * usage: et PORT CHUNK CONNECTIONS
 *
 * Reads what its peers send, at most CHUNK bytes in one read(), and all that there is
 * when epoll_wait() tells of a connection. Ends when CONNECTIONS connections have
 * ended.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static int listen_on(int port)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)port),
	};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int one = 1;

	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)) || listen(fd, 16))
		die("listen");
	return fd;
}

static void watch(int epfd, int fd, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.fd = fd };

	if (epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event))
		die("epoll_ctl");
}

/* A new connection: what must be set, and how is it watched? */
static void welcome(int epfd, int fd)
{
	/* LAB-BEGIN 2 "Watch it edge-triggered; and what does a read() of nothing do?" "以边沿触发方式监视它；没有数据时 read() 会怎样？" */
	if (fd < 0 || fcntl(fd, F_SETFL, O_NONBLOCK))
		die("fcntl");
	watch(epfd, fd, EPOLLIN | EPOLLET);
	/* LAB-ELSE watch(epfd, fd, EPOLLIN); */
	/* LAB-END */
}

/* epoll_wait() has told of this connection. True when the peer has ended it. */
static bool handle(int fd, size_t chunk)
{
	/* LAB-BEGIN 3 "read() at most chunk bytes at a time. When may you stop?" "每次 read() 至多 chunk 个字节。什么时候可以停？" */
	char buf[64];
	ssize_t n;

	for (;;) {
		n = read(fd, buf, chunk < sizeof(buf) ? chunk : sizeof(buf));
		if (n == 0)
			return true;
		if (n < 0 && errno == EAGAIN)
			return false;
		if (n < 0 && errno != EINTR)
			die("read");
	}
	/* LAB-ELSE (void)fd; */
	/* LAB-ELSE (void)chunk; */
	/* LAB-ELSE fprintf(stderr, "step 3 is to do\n"); */
	/* LAB-ELSE exit(3); */
	/* LAB-END */
}

int main(int argc, char **argv)
{
	int listener, epfd, left;
	size_t chunk;

	if (argc != 4) {
		fprintf(stderr, "usage: et PORT CHUNK CONNECTIONS\n");
		return 2;
	}
	listener = listen_on(atoi(argv[1]));
	chunk = (size_t)atoi(argv[2]);
	left = atoi(argv[3]);
	epfd = epoll_create1(0);
	if (epfd < 0)
		die("epoll_create1");
	watch(epfd, listener, EPOLLIN);

	while (left) {
		struct epoll_event events[16];
		int n = epoll_wait(epfd, events, 16, -1);

		for (int i = 0; i < n; i++) {
			int fd = events[i].data.fd;

			if (fd == listener) {
				welcome(epfd, accept(listener, NULL, NULL));
			} else if (handle(fd, chunk)) {
				close(fd);
				left--;
			}
		}
	}
	return 0;
}

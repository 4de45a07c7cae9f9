// SPDX-License-Identifier: GPL-2.0
/*
 * Waits for bytes in every way that there is, one connection after the other:
 * epoll level-triggered, edge-triggered and one-shot, select, poll. What each
 * call of epoll_wait returned is printed: the trace must show why.
 *
 * usage: waits PORT
 *
 * The peer sends MESSAGE bytes, and again for each byte that it gets back.
 */
#include <sys/epoll.h>
#include <sys/select.h>

#include "net.h"

#define MESSAGE 200

static void read_bytes(int fd, size_t len)
{
	unsigned char buf[MESSAGE];

	if (recv(fd, buf, len, MSG_WAITALL) != (ssize_t)len)
		die("recv");
}

static void again(int fd)
{
	if (write(fd, "a", 1) != 1)
		die("write");
}

static int epoll_on(int fd, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.fd = fd };
	int epfd = epoll_create1(0);

	if (epfd < 0 || epoll_ctl(epfd, EPOLL_CTL_ADD, fd, &event))
		die("epoll");
	return epfd;
}

static int ready(int epfd, int timeout)
{
	struct epoll_event event;

	return epoll_wait(epfd, &event, 1, timeout);
}

/* Half of the bytes are left: ready again. None is left: not. */
static void by_level(int fd)
{
	int epfd = epoll_on(fd, EPOLLIN);
	int first = ready(epfd, -1);
	int second, third;

	read_bytes(fd, MESSAGE / 2);
	second = ready(epfd, 0);
	read_bytes(fd, MESSAGE / 2);
	third = ready(epfd, 0);
	printf("level %d %d %d\n", first, second, third);
	close(epfd);
}

/* Half of the bytes are left: not ready before others come. */
static void by_edge(int fd)
{
	int epfd = epoll_on(fd, EPOLLIN | EPOLLET);
	int first = ready(epfd, -1);
	int second, third;

	read_bytes(fd, MESSAGE / 2);
	second = ready(epfd, 0);
	again(fd);
	third = ready(epfd, -1);
	read_bytes(fd, MESSAGE / 2);
	read_bytes(fd, MESSAGE);
	printf("edge %d %d %d\n", first, second, third);
	close(epfd);
}

/* Told once: not ready, whatever comes, before the item is armed again. */
static void by_one_shot(int fd)
{
	struct epoll_event event = { .events = EPOLLIN | EPOLLONESHOT, .data.fd = fd };
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	int epfd = epoll_on(fd, event.events);
	int first = ready(epfd, -1);
	int second, third;

	read_bytes(fd, MESSAGE);
	again(fd);
	poll(&pfd, 1, -1);
	second = ready(epfd, 0);
	if (epoll_ctl(epfd, EPOLL_CTL_MOD, fd, &event))
		die("epoll_ctl");
	third = ready(epfd, -1);
	read_bytes(fd, MESSAGE);
	printf("once %d %d %d\n", first, second, third);
	close(epfd);
}

static void by_select(int fd)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	printf("select %d\n", select(fd + 1, &set, NULL, NULL, NULL));
	read_bytes(fd, MESSAGE);
}

static void by_poll(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	printf("poll %d\n", poll(&pfd, 1, -1));
	read_bytes(fd, MESSAGE);
}

int main(int argc, char **argv)
{
	static void (*const ways[])(int fd) = { by_level, by_edge, by_one_shot, by_select,
						by_poll };
	int listener;

	if (argc != 2) {
		fprintf(stderr, "usage: waits PORT\n");
		return 2;
	}
	listener = listen_on(number_or_die(argv[1], 1, 65535));
	printf("pid %d\n", getpid());
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			die("accept");
		ways[i](fd);
		shutdown(fd, SHUT_RDWR);
		close(fd);
	}
	return 0;
}

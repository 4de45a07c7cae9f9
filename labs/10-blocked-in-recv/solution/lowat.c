// SPDX-License-Identifier: GPL-2.0
/*
 * A server that sleeps in recv() until many messages are there.
 *
 * usage: lowat PORT SIZE COUNT
 *
 * Takes one connection. Its peer sends messages of SIZE bytes; COUNT of them are a
 * group. Each group is taken up by one recv(), and wakes this task once. Ends at the
 * end of file.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

/* Waits for one connection on PORT. */
static int connection_on(int port)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)port),
	};
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	int one = 1;
	int fd;

	if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) ||
	    bind(listener, (struct sockaddr *)&addr, sizeof(addr)) || listen(listener, 16))
		die("listen");
	fd = accept(listener, NULL, NULL);
	if (fd < 0)
		die("accept");
	return fd;
}

/* Before the first recv(): what is it to wait for? */
static void prepare(int fd, int group)
{
	/* LAB-BEGIN 1 "One wake-up for a group: socket(7) has an option for it." "每组只唤醒一次：socket(7) 里有这样的选项。" */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVLOWAT, &group, sizeof(group)))
		die("setsockopt");
	/* LAB-ELSE (void)fd; */
	/* LAB-ELSE (void)group; */
	/* LAB-END */
}

/* Takes up one group; 0 at the end of file. */
static ssize_t take(int fd, char *buf, int group)
{
	/* LAB-BEGIN 2 "One recv() for the whole group." "用一次 recv() 取走整组。" */
	ssize_t n = recv(fd, buf, (size_t)group, 0);

	if (n < 0)
		die("recv");
	return n;
	/* LAB-ELSE (void)fd; */
	/* LAB-ELSE (void)group; */
	/* LAB-ELSE (void)buf; */
	/* LAB-ELSE fprintf(stderr, "step 2 is to do\n"); */
	/* LAB-ELSE exit(3); */
	/* LAB-END */
}

int main(int argc, char **argv)
{
	int fd, group;
	char *buf;

	if (argc != 4) {
		fprintf(stderr, "usage: lowat PORT SIZE COUNT\n");
		return 2;
	}
	group = atoi(argv[2]) * atoi(argv[3]);
	buf = malloc((size_t)group);
	fd = connection_on(atoi(argv[1]));
	prepare(fd, group);
	while (take(fd, buf, group) > 0)
		;
	close(fd);
	return 0;
}

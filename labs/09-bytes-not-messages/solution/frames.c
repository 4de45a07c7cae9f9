// SPDX-License-Identifier: GPL-2.0
/*
 * A server whose messages have a length.
 *
 * usage: frames PORT CONNECTIONS
 *
 * A message is two bytes, its length, the higher one first, and so many bytes. Each is
 * sent back, without its length, once it is whole. Takes one connection after the
 * other, and ends after CONNECTIONS of them.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
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

static void give_back(int fd, const unsigned char *bytes, size_t len)
{
	while (len) {
		ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

/* Reads exactly len bytes. False when the connection ends before. */
static bool take(int fd, unsigned char *bytes, size_t len)
{
	/* LAB-BEGIN 1 "len bytes, in however many reads they come." "读 len 个字节，不管分几次到来。" */
	while (len) {
		ssize_t n = read(fd, bytes, len);

		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
	/* LAB-ELSE (void)fd; */
	/* LAB-ELSE (void)len; */
	/* LAB-ELSE (void)bytes; */
	/* LAB-ELSE fprintf(stderr, "step 1 is to do\n"); */
	/* LAB-ELSE exit(3); */
	/* LAB-END */
}

static void serve(int fd)
{
	/* LAB-BEGIN 2 "Message after message: the length, the bytes, and back with them." "一条接一条：长度、内容，再把内容送回。" */
	static unsigned char bytes[65536];
	unsigned char head[2];

	while (take(fd, head, sizeof(head))) {
		size_t len = (size_t)head[0] << 8 | head[1];

		if (!take(fd, bytes, len))
			return;
		give_back(fd, bytes, len);
	}
	/* LAB-ELSE unsigned char first; */
	/* LAB-ELSE bool came = take(fd, &first, 1); */
	/* LAB-ELSE */
	/* LAB-ELSE give_back(fd, &first, came); */
	/* LAB-END */
}

int main(int argc, char **argv)
{
	int listener, left;

	if (argc != 3) {
		fprintf(stderr, "usage: frames PORT CONNECTIONS\n");
		return 2;
	}
	listener = listen_on(atoi(argv[1]));
	for (left = atoi(argv[2]); left; left--) {
		int fd = accept(listener, NULL, NULL);

		if (fd < 0)
			die("accept");
		serve(fd);
		close(fd);
	}
	return 0;
}

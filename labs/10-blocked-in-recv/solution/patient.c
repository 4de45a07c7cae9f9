// SPDX-License-Identifier: GPL-2.0
/*
 * A server that waits in recv(), but not for ever.
 *
 * usage: patient PORT MS
 *
 * Takes one connection and reads what its peer sends, until nothing has come for MS
 * milliseconds, or at the end of file; then it ends, with status 0.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
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

int main(int argc, char **argv)
{
	char buf[4096];
	int fd, ms;

	if (argc != 3) {
		fprintf(stderr, "usage: patient PORT MS\n");
		return 2;
	}
	ms = atoi(argv[2]);
	fd = connection_on(atoi(argv[1]));

	/* LAB-BEGIN 3 "recv() until it has waited ms milliseconds in vain: socket(7)." "反复 recv()，直到白等了 ms 毫秒：见 socket(7)。" */
	struct timeval limit = { .tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000 };
	ssize_t n;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)))
		die("setsockopt");
	do
		n = recv(fd, buf, sizeof(buf), 0);
	while (n > 0);
	if (n < 0 && errno != EAGAIN)
		die("recv");
	/* LAB-ELSE (void)ms; */
	/* LAB-ELSE (void)buf; */
	/* LAB-ELSE fprintf(stderr, "step 3 is to do\n"); */
	/* LAB-ELSE exit(3); */
	/* LAB-END */
	close(fd);
	return 0;
}

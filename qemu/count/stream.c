// SPDX-License-Identifier: GPL-2.0
/*
 * Bytes one way over TCP, with nothing else: no generator, no report, no select().
 *
 * usage: stream to ADDRESS PORT BYTES	sends; the plugin counts from the first byte
 *					until the other end has read the last
 *        stream from PORT		reads what each connection brings, and says how
 *					long that took, in ns, and how many bytes it was
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "marker.h"

#define CHUNK (128 * 1024)

static char chunk[CHUNK];

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static void send_to(const char *address, int port, size_t bytes)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	ssize_t sent;

	if (inet_pton(AF_INET, address, &to.sin_addr) != 1) {
		fprintf(stderr, "stream: %s: not an address\n", address);
		exit(2);
	}
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)))
		die("connect");
	memset(chunk, 'x', sizeof(chunk));
	SAY(MARKER_START);
	for (size_t left = bytes; left; left -= (size_t)sent) {
		sent = send(fd, chunk, left < CHUNK ? left : CHUNK, 0);
		if (sent < 0)
			die("send");
	}
	shutdown(fd, SHUT_WR);
	if (recv(fd, chunk, 1, 0) != 0)
		die("recv");
	SAY(MARKER_STOP);
	close(fd);
}

static void receive(int listener)
{
	int fd = accept(listener, NULL, NULL);
	int64_t begin = now();
	size_t bytes = 0;
	ssize_t got;

	if (fd < 0)
		die("accept");
	while ((got = recv(fd, chunk, sizeof(chunk), 0)) > 0)
		bytes += (size_t)got;
	if (got < 0)
		die("recv");
	/* First the answer: what is said here is nobody's cost. */
	begin = now() - begin;
	close(fd);
	printf("%lld %zu\n", (long long)begin, bytes);
	fflush(stdout);
}

static void receive_from(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	int on = 1;

	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (listener < 0 || bind(listener, (struct sockaddr *)&at, sizeof(at)) ||
	    listen(listener, 1))
		die("listen");
	for (;;)
		receive(listener);
}

int main(int argc, char **argv)
{
	if (argc == 5 && !strcmp(argv[1], "to"))
		send_to(argv[2], atoi(argv[3]), strtoull(argv[4], NULL, 10));
	else if (argc == 3 && !strcmp(argv[1], "from"))
		receive_from(atoi(argv[2]));
	else
		return fputs("usage: stream to ADDRESS PORT BYTES | stream from PORT\n", stderr), 2;
	return 0;
}

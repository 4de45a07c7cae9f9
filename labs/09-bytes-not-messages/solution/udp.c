// SPDX-License-Identifier: GPL-2.0
/*
 * Datagrams, and a buffer that may be too short for them.
 *
 * usage: udp PORT BUFFER COUNT
 *
 * Receives COUNT datagrams into a buffer of BUFFER bytes, and answers each with a line:
 * how many bytes it had, and how many of them are lost, as in "150 86".
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

static int receive_on(int port)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)port),
	};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		die("bind");
	return fd;
}

static void answer(int fd, const struct sockaddr_in *to, ssize_t had, ssize_t lost)
{
	char line[64];
	int len = snprintf(line, sizeof(line), "%zd %zd\n", had, lost);

	if (sendto(fd, line, (size_t)len, 0, (const struct sockaddr *)to, sizeof(*to)) < 0)
		die("sendto");
}

int main(int argc, char **argv)
{
	ssize_t room;
	int fd, left;
	char *buf;

	if (argc != 4) {
		fprintf(stderr, "usage: udp PORT BUFFER COUNT\n");
		return 2;
	}
	fd = receive_on(atoi(argv[1]));
	room = atoi(argv[2]);
	buf = malloc((size_t)room);

	for (left = atoi(argv[3]); left; left--) {
		struct sockaddr_in from;
		socklen_t from_len = sizeof(from);
		ssize_t had, lost;

		/* LAB-BEGIN 3 "One datagram: how long was it, and how much of it is in buf?" "一个数据报：它有多长，buf 里有多少？" */
		had = recvfrom(fd, buf, (size_t)room, MSG_TRUNC, (struct sockaddr *)&from,
			       &from_len);
		if (had < 0)
			die("recvfrom");
		lost = had > room ? had - room : 0;
		/* LAB-ELSE had = recvfrom(fd, buf, (size_t)room, 0, (struct sockaddr *)&from, &from_len); */
		/* LAB-ELSE lost = 0; */
		/* LAB-END */
		answer(fd, &from, had, lost);
	}
	return 0;
}

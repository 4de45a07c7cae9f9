// SPDX-License-Identifier: GPL-2.0
/*
 * A server that is interrupted while it sleeps in recv().
 *
 * usage: awake PORT
 *
 * Takes one connection and reads what its peer sends. Each SIGALRM wakes it from
 * recv(): it sends one byte to the peer, and goes on. Ends at the end of file.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <signal.h>
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

static void on_alarm(int number)
{
	(void)number;
}

/* What happens to a recv() in which SIGALRM finds us? sigaction(2), signal(7) */
static void expect_alarms(void)
{
	struct sigaction action = { .sa_handler = on_alarm };

	/* LAB-BEGIN 4 "Install the handler, so that recv() is interrupted." "安装处理函数，使 recv() 会被打断。" */
	sigaction(SIGALRM, &action, NULL);
	/* LAB-ELSE (void)action; */
	/* LAB-END */
}

int main(int argc, char **argv)
{
	char buf[4096];
	int fd;

	if (argc != 2) {
		fprintf(stderr, "usage: awake PORT\n");
		return 2;
	}
	expect_alarms();
	fd = connection_on(atoi(argv[1]));

	/* LAB-BEGIN 5 "recv() to the end of file; one byte to the peer for each alarm." "recv() 直到文件结束；每次闹钟向对端发一个字节。" */
	for (;;) {
		ssize_t n = recv(fd, buf, sizeof(buf), 0);

		if (n == 0)
			break;
		if (n < 0 && errno == EINTR)
			n = send(fd, "!", 1, 0);
		if (n < 0)
			die("recv");
	}
	/* LAB-ELSE (void)fd; */
	/* LAB-ELSE (void)buf; */
	/* LAB-ELSE fprintf(stderr, "step 5 is to do\n"); */
	/* LAB-ELSE exit(3); */
	/* LAB-END */
	close(fd);
	return 0;
}

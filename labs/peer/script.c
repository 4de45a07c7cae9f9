// SPDX-License-Identifier: GPL-2.0
/*
 * The commands of the script.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "talk.h"

#define ENDS 32

static struct end ends[ENDS];

static struct end *end_of(const char *name)
{
	struct end *end;

	for (end = ends; end < ends + ENDS - 1 && end->name[0]; end++)
		if (!strcmp(end->name, name))
			return end;
	snprintf(end->name, sizeof(end->name), "%s", name);
	end->fd = -1;
	return end;
}

static void add(struct bytes *bytes, const unsigned char *more, size_t len)
{
	if (bytes->len + len > bytes->room) {
		bytes->room = 2 * (bytes->len + len);
		bytes->at = realloc(bytes->at, bytes->room);
		if (!bytes->at)
			die("realloc");
	}
	memcpy(bytes->at + bytes->len, more, len);
	bytes->len += len;
}

/* Payload that repeats at no distance a wrong offset could hide behind. */
static void fill(struct talk *talk, struct end *end, size_t len, bool framed)
{
	unsigned char head[2] = { (unsigned char)(len >> 8), (unsigned char)len };
	unsigned int x = ++talk->seed * 2654435761u;

	if (framed)
		add(&end->out, head, sizeof(head));
	for (size_t i = 0; i < len; i++) {
		unsigned char byte;

		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		byte = (unsigned char)(x >> 24);
		add(&end->out, &byte, 1);
		add(&end->back, &byte, 1);
	}
}

/* One call of send(), of some of what the buffer holds. */
static void push(struct talk *talk, struct end *end, size_t len, int flags)
{
	size_t left = end->out.len - end->sent;

	if (len > left)
		len = left;
	while (len) {
		struct pollfd pfd = { .fd = end->fd, .events = POLLOUT };
		ssize_t n = send(end->fd, end->out.at + end->sent, len, MSG_DONTWAIT | flags);
		int error = errno;

		if (n > 0) {
			end->sent += (size_t)n;
			len -= (size_t)n;
			continue;
		}
		if (error == EAGAIN && poll(&pfd, 1, talk->patience_ms) > 0)
			continue;
		printf("%s broken: %s\n", end->name, strerror(error));
		return;
	}
}

/*
 * What was sent has come to the server's socket, which has acknowledged it; whoever it
 * has woken has gone to sleep again. A server that nothing has woken sleeps, too.
 */
static void settle(struct talk *talk, struct end *end, long pid)
{
	long until = patience_begins(talk->patience_ms);
	int unacked = 1;

	while (!ioctl(end->fd, SIOCOUTQ, &unacked) && unacked && !process_is_gone(pid) &&
	       patience_lasts(until))
		;
	if (unacked)
		printf("%s unheard: %d bytes\n", end->name, unacked);
	process_sleeps(pid, talk->patience_ms / 4);
}

/* One datagram, an empty one, too. */
static void datagram(struct talk *talk, struct end *end, size_t len)
{
	fill(talk, end, len, false);
	if (send(end->fd, end->out.at + end->sent, len, 0) != (ssize_t)len)
		printf("%s broken: %s\n", end->name, strerror(errno));
	end->sent += len;
}

static void drip(struct talk *talk, struct end *end, long pid)
{
	while (end->sent < end->out.len && end->fd >= 0) {
		size_t before = end->sent;

		push(talk, end, 1, 0);
		if (end->sent == before)
			return;
		settle(talk, end, pid);
	}
}

static void connect_end(struct talk *talk, struct end *end, int type, int words, char **word)
{
	struct sockaddr_in to = talk->server, from = { .sin_family = AF_INET };
	int one = 1;

	end->fd = socket(AF_INET, type, 0);
	if (end->fd < 0)
		die("socket");
	to.sin_port = htons((unsigned short)number_or_die(word[2], 1, 65535));
	if (words > 3) {
		from.sin_port = htons((unsigned short)number_or_die(word[3], 1, 65535));
		setsockopt(end->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
		if (bind(end->fd, (struct sockaddr *)&from, sizeof(from)))
			die("bind");
	}
	if (type == SOCK_STREAM)
		setsockopt(end->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (connect(end->fd, (struct sockaddr *)&to, sizeof(to))) {
		printf("%s refused: %s\n", end->name, strerror(errno));
		close(end->fd);
		end->fd = -1;
	}
}

static void listen_end(struct end *end, const char *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	int one = 1;

	at.sin_port = htons((unsigned short)number_or_die(port, 1, 65535));
	end->listens = true;
	end->fd = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(end->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (end->fd < 0 || bind(end->fd, (struct sockaddr *)&at, sizeof(at)) || listen(end->fd, 16))
		die("listen");
}

static bool readable(struct talk *talk, int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };

	return poll(&pfd, 1, talk->patience_ms) > 0;
}

static void accept_end(struct talk *talk, struct end *end, struct end *listener)
{
	int one = 1;

	if (!readable(talk, listener->fd)) {
		printf("%s never came\n", end->name);
		return;
	}
	end->fd = accept(listener->fd, NULL, NULL);
	if (end->fd >= 0)
		setsockopt(end->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
}

/* Up to len bytes; what was to come back is compared. */
static size_t take(struct talk *talk, struct end *end, size_t len)
{
	size_t taken = 0;

	while (taken < len && !end->over && readable(talk, end->fd)) {
		unsigned char buf[4096];
		size_t want = len - taken < sizeof(buf) ? len - taken : sizeof(buf);
		ssize_t n = recv(end->fd, buf, want, 0);

		if (n <= 0) {
			end->over = true;
			break;
		}
		if (end->got + (size_t)n > end->back.len ||
		    memcmp(buf, end->back.at + end->got, (size_t)n))
			end->differs = true;
		end->got += (size_t)n;
		taken += (size_t)n;
	}
	return taken;
}

static void take_back(struct talk *talk, struct end *end, size_t len, bool any)
{
	size_t taken = take(talk, end, len);

	printf("%s got %zu of %zu%s\n", end->name, taken, len,
	       !any && end->differs ? ", others than were sent" : "");
}

static void text(struct talk *talk, struct end *end)
{
	char line[256];
	size_t len = 0;

	while (len < sizeof(line) - 1 && !(len && line[len - 1] == '\n') &&
	       readable(talk, end->fd)) {
		ssize_t n = recv(end->fd, line + len, sizeof(line) - 1 - len, 0);

		if (n <= 0)
			break;
		len += (size_t)n;
	}
	line[len] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	for (char *c = line; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	printf("%s said %s\n", end->name, line);
}

static void silent(struct end *end)
{
	char byte;
	ssize_t n = recv(end->fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK);

	printf("%s %s\n", end->name, n > 0 ? "spoke" : "silent");
}

static void eof(struct talk *talk, struct end *end)
{
	char buf[4096];
	ssize_t n = 1;

	while (!end->over && n > 0) {
		if (!readable(talk, end->fd)) {
			printf("%s open\n", end->name);
			return;
		}
		n = recv(end->fd, buf, sizeof(buf), 0);
		if (n > 0)
			printf("%s spoke: %zd bytes\n", end->name, n);
	}
	end->over = true;
	printf("%s %s\n", end->name, n < 0 ? "reset" : "eof");
}

static void reset(struct end *end)
{
	struct linger at_once = { .l_onoff = 1 };

	setsockopt(end->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

static void hang_up(struct end *end)
{
	close(end->fd);
	end->fd = -1;
}

static void tell(long pid, const char *name)
{
	int number = !strcmp(name, "STOP") ? SIGSTOP : !strcmp(name, "CONT") ? SIGCONT : SIGALRM;

	if (kill((pid_t)pid, number))
		printf("gone %ld\n", pid);
}

/* What is said to a process, or to whoever reads. */
static bool do_word(struct talk *talk, int words, char **word)
{
	if (!strcmp(word[0], "note")) {
		for (int i = 1; i < words; i++)
			printf("%s%s", word[i], i + 1 < words ? " " : "\n");
		return true;
	}
	if (words < 2)
		return false;
	if (!strcmp(word[0], "asleep"))
		process_sleeps_again(number_or_die(word[1], 0, 1L << 22), talk->patience_ms);
	else if (!strcmp(word[0], "signal") && words > 2)
		tell(number_or_die(word[1], 1, 1L << 22), word[2]);
	else
		return false;
	return true;
}

/* What makes a connection. */
static bool do_begin(struct talk *talk, struct end *end, int words, char **word)
{
	if (words < 3)
		return false;
	if (!strcmp(word[0], "open"))
		connect_end(talk, end, SOCK_STREAM, words, word);
	else if (!strcmp(word[0], "udp"))
		connect_end(talk, end, SOCK_DGRAM, words, word);
	else if (!strcmp(word[0], "listen"))
		listen_end(end, word[2]);
	else if (!strcmp(word[0], "accept"))
		accept_end(talk, end, end_of(word[2]));
	else if (!strcmp(word[0], "frame") || !strcmp(word[0], "fill"))
		fill(talk, end, (size_t)number_or_die(word[2], 0, 65535),
		     !strcmp(word[0], "frame"));
	else
		return false;
	return true;
}

/* What goes over one: left out where there is none. */
static bool do_end(struct talk *talk, struct end *end, int words, char **word)
{
	size_t len = words > 2 ? (size_t)number_or_die(word[2], 0, 1L << 30) : (size_t)-1;
	bool there = end->fd >= 0;

	if (!strcmp(word[0], "push")) {
		if (there)
			push(talk, end, len, 0);
	} else if (!strcmp(word[0], "drip") && words > 2) {
		if (there)
			drip(talk, end, (long)len);
	} else if (!strcmp(word[0], "settled") && words > 2) {
		if (there)
			settle(talk, end, (long)len);
	} else if (!strcmp(word[0], "datagram") && words > 2) {
		if (there)
			datagram(talk, end, len);
	} else if (!strcmp(word[0], "last")) {
		if (there) {
			push(talk, end, len, MSG_MORE);
			shutdown(end->fd, SHUT_WR);
		}
	} else if (!strcmp(word[0], "fin")) {
		if (there)
			shutdown(end->fd, SHUT_WR);
	} else if (!strcmp(word[0], "reset") || !strcmp(word[0], "close")) {
		if (there && word[0][0] == 'r')
			reset(end);
		if (there)
			hang_up(end);
	} else if ((!strcmp(word[0], "got") || !strcmp(word[0], "any")) && words > 2) {
		if (there)
			take_back(talk, end, len, word[0][0] == 'a');
	} else if (!strcmp(word[0], "text")) {
		if (there)
			text(talk, end);
	} else if (!strcmp(word[0], "silent")) {
		if (there)
			silent(end);
	} else if (!strcmp(word[0], "eof")) {
		if (there)
			eof(talk, end);
	} else {
		return false;
	}
	return true;
}

int script_do(struct talk *talk, int words, char **word)
{
	if (do_word(talk, words, word))
		return 0;
	if (words < 2)
		return -1;
	if (do_begin(talk, end_of(word[1]), words, word) ||
	    do_end(talk, end_of(word[1]), words, word))
		return 0;
	return -1;
}

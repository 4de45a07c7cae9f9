// SPDX-License-Identifier: GPL-2.0
/*
 * The other end of the wire: sends messages to an echo server, reads each back
 * and compares. A message is written while its echo is read, so that a large
 * one cannot fill both directions and stop.
 *
 * usage: peer-client ADDRESS PORT SIZE COUNT [PAUSE_MS [PID]]
 *
 * With PID each message waits until that process, the server here, has gone to sleep
 * after the one before, and after the connection: how long that takes is the host's
 * to say, not a pause's.
 *
 * With COUNT 0 it goes on until SIGTERM, and ends with a whole message. Prints
 * what it sent and its sum; fails if an echo differs, or does not come for 30 s
 * (times $RXPATH_TIMEOUT_FACTOR, as all that waits in a slow guest).
 */
#include <fcntl.h>
#include <signal.h>
#include <time.h>

#include "net.h"

/* Payload that repeats at no distance a wrong offset could hide behind. */
static void fill(unsigned char *bytes, size_t len, uint64_t seed)
{
	uint64_t x = seed * 0x9e3779b97f4a7c15ULL + 1;

	for (size_t i = 0; i < len; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		bytes[i] = (unsigned char)(x >> 32);
	}
}

static int patience_s(void)
{
	const char *factor = getenv("RXPATH_TIMEOUT_FACTOR");

	return 30 * (factor ? (int)number_or_die(factor, 1, 1000) : 1);
}

static void exchange(int fd, const unsigned char *out, unsigned char *in, size_t len)
{
	size_t sent = 0, got = 0;

	while (got < len) {
		struct pollfd pfd = { .fd = fd, .events = POLLIN };
		ssize_t n;

		if (sent < len)
			pfd.events |= POLLOUT;
		if (poll(&pfd, 1, patience_s() * 1000) <= 0) {
			fprintf(stderr, "no answer for %d s: %zu bytes sent, %zu echoed\n",
				patience_s(), sent, got);
			exit(1);
		}
		if (pfd.revents & POLLOUT) {
			n = send(fd, out + sent, len - sent, MSG_DONTWAIT);
			if (n < 0 && errno != EAGAIN && errno != EINTR)
				die("send");
			if (n > 0)
				sent += (size_t)n;
		}
		if (pfd.revents & (POLLIN | POLLHUP | POLLERR)) {
			n = recv(fd, in + got, len - got, MSG_DONTWAIT);
			if (n == 0) {
				fprintf(stderr, "server closed after %zu of %zu bytes\n", got, len);
				exit(1);
			}
			if (n < 0 && errno != EAGAIN && errno != EINTR)
				die("recv");
			if (n > 0)
				got += (size_t)n;
		}
	}
}

/* How often the process has gone to sleep by itself, or -1 when it does not sleep now. */
static long asleep(int status)
{
	char text[4096];
	/* read() would be in the trace. */
	ssize_t len = pread(status, text, sizeof(text) - 1, 0);
	const char *switches;

	if (len <= 0)
		return -1;
	text[len] = '\0';
	switches = strstr(text, "\nvoluntary_ctxt_switches:");
	if (!switches || !strstr(text, "\nState:\tS"))
		return -1;
	return strtol(strchr(switches, ':') + 1, NULL, 10);
}

/* It sleeps, and not as it did before the last that was sent: *slept times. */
static void wait_asleep_again(int status, long *slept)
{
	const struct timespec step = { .tv_nsec = 1000000 };

	for (int ms = 0; ms < patience_s() * 1000; ms++) {
		long now = asleep(status);

		if (now > *slept) {
			*slept = now;
			return;
		}
		nanosleep(&step, NULL);
	}
	fprintf(stderr, "the server did not go to sleep for %d s\n", patience_s());
	exit(1);
}

static int open_status(const char *pid)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%ld/status", number_or_die(pid, 1, 1L << 22));
	fd = open(path, O_RDONLY);
	if (fd < 0)
		die(path);
	return fd;
}

static void block_sigterm(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Whether the message just sent was the last. */
static bool told_to_end(void)
{
	sigset_t pending;

	return !sigpending(&pending) && sigismember(&pending, SIGTERM) == 1;
}

int main(int argc, char **argv)
{
	struct sockaddr_in addr = { .sin_family = AF_INET };
	long port, size, count, pause_ms, sent = 0;
	uint64_t sum = FNV1A_OFFSET;
	unsigned char *out, *in;
	int status = -1;
	long slept = -1;
	int one = 1;
	int fd;

	if (argc < 5 || argc > 7 || inet_pton(AF_INET, argv[1], &addr.sin_addr) != 1) {
		fprintf(stderr, "usage: peer-client ADDRESS PORT SIZE COUNT [PAUSE_MS [PID]]\n");
		return 2;
	}
	port = number_or_die(argv[2], 1, 65535);
	size = number_or_die(argv[3], 1, 1L << 30);
	count = number_or_die(argv[4], 0, 1000000);
	pause_ms = argc >= 6 ? number_or_die(argv[5], 0, 60000) : 0;
	addr.sin_port = htons((uint16_t)port);

	if (argc == 7) {
		status = open_status(argv[6]);
		wait_asleep_again(status, &slept);
	}
	if (!count)
		block_sigterm();
	out = malloc((size_t)size);
	in = malloc((size_t)size);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	if (!out || !in || fd < 0)
		die("socket");
	if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) ||
	    connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
		die("connect");

	while (count ? sent < count : !told_to_end()) {
		struct timespec pause = {
			.tv_sec = pause_ms / 1000,
			.tv_nsec = pause_ms % 1000 * 1000000,
		};

		if (status >= 0)
			wait_asleep_again(status, &slept);
		fill(out, (size_t)size, (uint64_t)(sent + 1));
		exchange(fd, out, in, (size_t)size);
		if (memcmp(out, in, (size_t)size)) {
			fprintf(stderr, "message %ld came back different\n", sent);
			return 1;
		}
		sum = sum_bytes(sum, out, (size_t)size);
		sent++;
		nanosleep(&pause, NULL);
	}
	printf("sent %llu bytes, sum %016llx\n",
	       (unsigned long long)size * (unsigned long long)sent, (unsigned long long)sum);
	return 0;
}

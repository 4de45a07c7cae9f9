// SPDX-License-Identifier: GPL-2.0
/*
 * The other end of the wire: talks to a student's server as a script says, line by
 * line from standard input, and says what came of it. It goes on whatever the server
 * does, so that what can still be judged is.
 *
 * usage: talk ADDRESS < SCRIPT
 *
 *   open C PORT [FROM]   connect C to the server's PORT, from our port FROM
 *   udp C PORT [FROM]    the same for datagrams
 *   listen L PORT        be a server ourselves
 *   accept C L           take the next connection that comes to L
 *   frame C N            2 bytes of length, and N bytes, into C's buffer
 *   fill C N             N bytes
 *   push C [N]           send N bytes of the buffer, or all, in one call
 *   settled C PID        the server has acknowledged all of it, and PID sleeps
 *   drip C PID           send it byte by byte, each when the one before has settled
 *   datagram C N         one datagram of N bytes, which may be 0
 *   last C               send all, and the end of file in the same segment
 *   fin C, reset C, close C
 *   got C N              N bytes come from the server: those that were sent
 *   any C N              N bytes, whatever they are
 *   text C               one line, or one datagram, comes from the server: what is in it
 *   silent C             nothing has come from the server beyond what "got" took
 *   eof C                the server ends the connection
 *   asleep PID           PID sleeps, and has gone to sleep since it was last asked
 *   signal PID NAME      STOP, CONT or ALRM
 *   note TEXT            TEXT comes out
 */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "talk.h"

#define WORDS	    8
#define PATIENCE_MS 4000

void die(const char *what)
{
	fprintf(stderr, "talk: %s: %s\n", what, strerror(errno));
	exit(1);
}

long number_or_die(const char *text, long min, long max)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (*end || end == text || value < min || value > max) {
		fprintf(stderr, "talk: %s: not a number from %ld to %ld\n", text, min, max);
		exit(2);
	}
	return value;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

/* A nap and a look take longer than they say on an emulated CPU: the clock counts. */
long patience_begins(int ms)
{
	return now_ms() + ms;
}

bool patience_lasts(long until)
{
	const struct timespec step = { .tv_nsec = 1000000L };

	nanosleep(&step, NULL);
	return now_ms() < until;
}

int main(int argc, char **argv)
{
	const char *factor = getenv("RXPATH_TIMEOUT_FACTOR");
	struct talk talk = { .server = { .sin_family = AF_INET }, .patience_ms = PATIENCE_MS };
	char line[1024];
	int number = 0;

	if (argc != 2 || inet_pton(AF_INET, argv[1], &talk.server.sin_addr) != 1) {
		fprintf(stderr, "usage: talk ADDRESS < SCRIPT\n");
		return 2;
	}
	if (factor)
		talk.patience_ms *= (int)number_or_die(factor, 1, 1000);
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	while (fgets(line, sizeof(line), stdin)) {
		char *word[WORDS + 1] = { NULL };
		char *rest = line, *token;
		int words = 0;

		number++;
		while (words < WORDS && (token = strsep(&rest, " \t\n")))
			if (*token)
				word[words++] = token;
		if (!words || word[0][0] == '#')
			continue;
		if (script_do(&talk, words, word)) {
			fprintf(stderr, "talk: line %d: '%s': no such command\n", number, word[0]);
			return 2;
		}
	}
	return 0;
}

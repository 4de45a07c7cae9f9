/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the peer share: its connections, its patience.
 */
#ifndef RXPATH_LABS_TALK_H
#define RXPATH_LABS_TALK_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes that grow at their end. */
struct bytes {
	unsigned char *at;
	size_t len;
	size_t room;
};

struct end {
	char name[16];
	int fd; /* -1: there is no connection, and what is told of one is left out */
	bool listens;
	struct bytes out; /* to be sent */
	size_t sent; /* of them */
	struct bytes back; /* what a server that gives payload back will send */
	size_t got; /* of them */
	bool differs;
	bool over; /* the server's end of file has come */
};

struct talk {
	struct sockaddr_in server;
	int patience_ms;
	unsigned int seed;
};

/* One line of the script: its words. */
int script_do(struct talk *talk, int words, char **word);

/*
 * Waits until every thread of the process sleeps; "again": and one has gone to sleep
 * since the last call for it. False when the process is gone, or still not asleep when
 * patience ends.
 */
bool process_sleeps(long pid, int patience_ms);
bool process_sleeps_again(long pid, int patience_ms);
bool process_is_gone(long pid);

void die(const char *what);
long number_or_die(const char *text, long min, long max);

/* do ...; while (patience_lasts(until)): a nap after each look, for so long in all. */
long patience_begins(int ms);
bool patience_lasts(long until);

#endif /* RXPATH_LABS_TALK_H */

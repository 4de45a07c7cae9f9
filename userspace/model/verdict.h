/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a packet ended, as a value. words/text-verdict.c has the words for it.
 */
#ifndef RXPATH_VERDICT_H
#define RXPATH_VERDICT_H

#include "trace/event.h"

/* In brackets what the value holds besides. */
enum verdict_kind {
	VERDICT_NONE, /* not judged yet */

	/* The trace does not tell. */
	VERDICT_LOST, /* events are missing from its way (events, 0: not known how many; cpu) */
	VERDICT_HEADLESS, /* the trace begins inside a call on its way (at) */
	VERDICT_OPEN, /* the trace ends inside it (at) */
	VERDICT_NO_IP, /* nothing took it to IP (at: the last hop) */
	VERDICT_NO_TRANSPORT, /* nothing took it from IP (at: the last hop) */
	VERDICT_NO_SOCKET, /* TCP handed it to no socket (at: TCP's entry) */
	VERDICT_NOT_QUEUED, /* its bytes came into no queue (bytes; at: the last hop) */
	VERDICT_UNREAD, /* they were queued when the trace ended (bytes) */
	VERDICT_GIVEN_UP, /* they were queued for so long that it was dropped from memory (bytes) */

	/* The trace tells. */
	VERDICT_JOINED, /* it went on in another one, see struct packet's into */
	VERDICT_DROPPED, /* the kernel dropped it (reason) */
	VERDICT_OTHER_PROTOCOL, /* it is not IP (protocol) */
	VERDICT_FORWARDED, /* to another host */
	VERDICT_ANSWERED, /* the kernel answered an echo request (at; bytes: its number) */
	VERDICT_CLONED, /* an echo reply, a clone of which raw sockets were given (at) */
	VERDICT_CONSUMED, /* a protocol other than TCP took it (at) */
	VERDICT_TIME_WAIT, /* what is left of a closed connection took it */
	VERDICT_NO_DATA, /* a segment that only says something about the connection */
	VERDICT_READ, /* a program read its bytes (bytes; pid, comm) */
};

struct verdict {
	enum verdict_kind kind;
	bool complete; /* the trace holds the whole way */
	u16 cpu;
	u16 protocol; /* ethertype */
	u32 events;
	u32 bytes;
	u32 pid;
	char comm[COMM_LEN]; /* as the task was called then */
	const char *at; /* a function of the hook table, NULL: none was seen */
	const char *reason; /* the kernel's word; lives as long as the packet */
};

#endif /* RXPATH_VERDICT_H */

/* SPDX-License-Identifier: GPL-2.0 */
/* What a call is about, and so what the filter judges it by: its class says it, or its hook. */
#ifndef RXPATH_SUBJECT_H
#define RXPATH_SUBJECT_H

enum rxpath_subject {
	RXPATH_BY_FRAME, /* a packet whose data begins with its network header */
	RXPATH_BY_PACKET, /* a packet whose network header has been found */
	RXPATH_BY_MERGE, /* the packet that is the second argument */
	RXPATH_BY_COPY, /* the same, that may lie in a queue: skb->dev is not to be read */
	/* Up to here it is packets. */
	RXPATH_BY_SOCKET,
	RXPATH_BY_FILE, /* the socket of the file that is the first argument, if it is one */
	RXPATH_BY_DEVICE, /* an interrupt or a poll: before anything is known */
	RXPATH_BY_PART, /* one step of something: by the call that it is part of */
	RXPATH_BY_LIST, /* as BY_CALLS; the packets that it is called with are known */
	RXPATH_BY_SOFTIRQS, /* as BY_CALLS; the calls in it are the softirqs' */
	RXPATH_BY_CALLS, /* by the call that it is part of, and by those in it */

};

#endif /* RXPATH_SUBJECT_H */

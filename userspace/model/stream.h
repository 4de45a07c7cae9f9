/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading a trace once, from its beginning to its end.
 */
#ifndef RXPATH_STREAM_H
#define RXPATH_STREAM_H

#include "model/select.h"

struct stream_ops {
	unsigned int batch; /* events between two settlings, 0: the usual number */
	size_t keep; /* calls held for unread packets, 0: the usual number */
	/* A call that no other encloses, finished; valid until the callback returns. */
	void (*root)(void *priv, const struct model *m, const struct call *root);
	/* A packet that is judged; so is what it points to. */
	void (*packet)(void *priv, const struct model *m, const struct packet *p);
	void (*end)(void *priv, const struct model *m);
};

struct input;

int stream_trace(struct input *in, const struct stream_ops *ops, void *priv);

#endif /* RXPATH_STREAM_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading a trace once, from its beginning to its end.
 */
#ifndef RXPATH_STREAM_H
#define RXPATH_STREAM_H

#include "select.h"

struct stream_ops {
	/* A call that no other encloses, finished; valid until the callback returns. */
	void (*root)(void *priv, const struct model *m, const struct call *root);
	/* A packet that is judged; so is what it points to. */
	void (*packet)(void *priv, const struct model *m, const struct packet *p);
	void (*end)(void *priv, const struct model *m);
};

int stream_trace(const char *path, const struct stream_ops *ops, void *priv);

#endif /* RXPATH_STREAM_H */

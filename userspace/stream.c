// SPDX-License-Identifier: GPL-2.0
#include "stream.h"

/**
 * stream_trace - feed a trace's calls and packets to a consumer
 * @path: file
 * @ops: consumer
 * @priv: its own
 *
 * Return: 0, or EXIT_FAILED after one line.
 */
int stream_trace(const char *path, const struct stream_ops *ops, void *priv)
{
	struct model *m = model_load(path);
	size_t i;

	if (!m)
		return EXIT_FAILED;
	for (i = 0; ops->root && i < m->calls.roots.n; i++)
		ops->root(priv, m, m->calls.roots.v[i]);
	for (i = 0; i < m->packets.n; i++)
		ops->packet(priv, m, m->packets.v[i]);
	ops->end(priv, m);
	model_free(m);
	return EXIT_OK;
}

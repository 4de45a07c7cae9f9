// SPDX-License-Identifier: GPL-2.0
/*
 * Words for sockets.
 */
#include "base/lang.h"
#include "words/text.h"

/**
 * sock_text - a socket by its number
 * @sb: where to append; nothing if it has none
 * @m: model
 * @id: its id in the trace
 * @sport: remote port
 * @dport: local port
 */
void sock_text(struct strbuf *sb, const struct model *m, u32 id, u16 sport, u16 dport)
{
	const struct sock *sk = model_sock(m, id, sport, dport);

	if (!sk)
		return;
	strbuf_puts(sb, "sock#");
	strbuf_number(sb, sk->no);
}

/**
 * sock_or_port_text - a socket by its number, or by its port
 * @sb: where to append
 * @m: model
 * @id: its id in the trace
 * @sport: remote port
 * @dport: local port
 *
 * A socket that packets or reads name has a number; others have their ports.
 */
void sock_or_port_text(struct strbuf *sb, const struct model *m, u32 id, u16 sport, u16 dport)
{
	if (model_sock(m, id, sport, dport))
		sock_text(sb, m, id, sport, dport);
	else if (dport)
		strbuf_addf(sb, _("port %u"), dport);
}

static const char *family_text(u16 family)
{
	switch (family) {
	case 1:
		return "AF_UNIX";
	case 2:
		return "AF_INET";
	case 10:
		return "AF_INET6";
	case 16:
		return "AF_NETLINK";
	case 17:
		return "AF_PACKET";
	default:
		return _("another family");
	}
}

/**
 * create_text - what kind of socket was asked for
 * @sb: where to append
 * @a: arguments of the class "create"
 */
void create_text(struct strbuf *sb, const union event_args *a)
{
	static const char *const types[] = { "?", "SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW" };

	strbuf_addf(sb, "%s, %s", family_text(a->create.family),
		    a->create.type < ARRAY_SIZE(types) ? types[a->create.type] : types[0]);
}

/**
 * queues_text - a listening socket's two queues
 * @sb: where to append
 * @a: arguments of the classes "syn" and "listen"
 */
void queues_text(struct strbuf *sb, const union event_args *a)
{
	strbuf_addf(sb, _("port %u, SYN queue %u → %u"), a->listen.dport, a->listen.syn_queue,
		    a->listen.syn_queue_after);
	strbuf_addf(sb, _(", accept queue %u → %u of %u"), a->listen.accept_queue,
		    a->listen.accept_queue_after, a->listen.backlog);
}

/* SPDX-License-Identifier: GPL-2.0 */
/* Whether a packet or a socket is one that a filter asks for. */
#ifndef RXPATH_MATCH_H
#define RXPATH_MATCH_H

#include "condition.h"
#include "subject.h"

struct sk_buff;
struct sock;

bool rxpath_packet_matches(struct rxpath_filter *filter, const struct sk_buff *skb,
			   enum rxpath_subject subject);
bool rxpath_socket_matches(struct rxpath_filter *filter, const struct sock *sk);
void rxpath_filter_learn(struct rxpath_filter *filter, const struct sock *sk);

#endif /* RXPATH_MATCH_H */

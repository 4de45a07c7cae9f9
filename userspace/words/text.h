/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Words for what a call says: names, arguments, results.
 */
#ifndef RXPATH_TEXT_H
#define RXPATH_TEXT_H

#include "model/model.h"

/* text-call.c, text-detail.c */
void call_label(struct strbuf *sb, const struct model *m, const struct call *call);
void call_result(struct strbuf *sb, const struct call *call);
char *call_detail(const struct model *m, const struct call *call, s64 since);

/* text.c */
const char *text_pick(const char *const *names, size_t n, u32 i);
void task_text(struct strbuf *sb, const struct model *m, u32 pid);

/* text-packet.c */
const char *packet_address(const struct packet *p, bool to, char *text);
void packet_ends(struct strbuf *sb, const struct packet *p);
void packet_title(struct strbuf *sb, const struct packet *p);

/* text-verdict.c */
void verdict_text(struct strbuf *sb, const struct packet *p);
char *packet_verdict(const struct packet *p);

/* text-socket.c */
void sock_text(struct strbuf *sb, const struct model *m, u32 id, u16 sport, u16 dport);
void sock_or_port_text(struct strbuf *sb, const struct model *m, u32 id, u16 sport, u16 dport);
void create_text(struct strbuf *sb, const union event_args *a);
void queues_text(struct strbuf *sb, const union event_args *a);

const char *tcp_flags_text(char *buf, size_t size, u16 flags);
const char *tcp_state_text(u8 state);
const char *poll_mask_text(char *buf, size_t size, u32 mask);
const char *irq_cause_text(char *buf, size_t size, u32 icr);
const char *epoll_op_text(u32 op);
const char *softirq_text(u32 vec);
const char *fault_text(u32 fault);
const char *errno_text(s64 ret);
const char *layer_text(u8 layer);
const char *context_text(u8 ctx);
char context_letter(u8 ctx);

#endif /* RXPATH_TEXT_H */

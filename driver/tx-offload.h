/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What tx-offload.c finds out about a frame, for tx.c.
 */
#ifndef RXE_TX_OFFLOAD_H
#define RXE_TX_OFFLOAD_H

#include <linux/skbuff.h>

#include "regs.h"

/**
 * struct rxe_tx_offload - what a frame asks of the device beyond sending its bytes
 * @cmd: DCMD and DTYP of each of its data descriptors
 * @popts: their POPTS
 * @vlan: the tag to insert, if @cmd says so
 * @hdr_len: TSO: the headers, which each segment repeats
 * @has_context: a context descriptor must have told the device
 * @whole_segments: the last segment is a whole one: rxe_tx_end_whole() in tx.c
 * @context: that context
 */
struct rxe_tx_offload {
	u32 cmd;
	u8 popts;
	u16 vlan;
	unsigned int hdr_len;
	bool has_context;
	bool whole_segments;
	struct rxe_tx_context context;
};

int rxe_tx_offload_init(struct sk_buff *skb, struct rxe_tx_offload *off);

#endif /* RXE_TX_OFFLOAD_H */

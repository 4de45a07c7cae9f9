/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A sequence diagram, free of any output format and of the trace.
 *
 * Items are rows from top to bottom. A bar (activation) begins and ends at
 * items; a bar without a beginning was active before the diagram starts.
 */
#ifndef RXPATH_DIAGRAM_H
#define RXPATH_DIAGRAM_H

#include <stdio.h>

#include "base/util.h"

enum item_type {
	ITEM_CALL, /* solid arrow; begins a bar */
	ITEM_RETURN, /* dashed arrow; ends a bar */
	ITEM_ASYNC, /* open-headed arrow; may begin a bar */
	ITEM_END, /* ends a bar without an arrow; takes no row */
	ITEM_NOTE,
	ITEM_RING, /* a note with a strip of the ring */
	ITEM_BLOCK, /* begins a loop or alt */
	ITEM_BLOCK_END,
	ITEM_GAP, /* a long time without anything to show */
	ITEM_LOST, /* the trace has a hole here */
};

enum block_type {
	BLOCK_LOOP,
	BLOCK_ALT,
};

struct ring_state {
	u32 index; /* descriptor just taken */
	u32 ntc; /* next to clean */
	u32 ntu; /* next to use */
	u32 count; /* of the whole ring, 0 if not known */
	s32 tail; /* as the NIC knows it, -1 if not seen yet */
};

struct item {
	enum item_type type;
	s64 time; /* ns since the diagram's zero */
	u32 order; /* of making, for equal times */
	u16 cpu;
	u8 ctx;
	u8 block;
	int from; /* lanes */
	int to;
	int bar; /* -1 for none */
	bool wakes; /* bars of this lane's task sleep up to here */
	char *text;
	char *detail; /* all that its event says, NULL if it stands for none */
	s64 duration; /* -1 for none */
	u32 event; /* number of the event it stands for, 0 for none */
	struct ring_state ring;
};

struct bar {
	int lane;
	int depth; /* bars of the same lane around it */
	u8 ctx;
	bool sleeps; /* begun by a task that slept */
	char *unfinished; /* reason, NULL if it ended */
	int begin; /* item, -1: before the diagram */
	int wake; /* item at which its task runs again, -1: never slept */
	int end; /* item, -1: after the diagram */
};

/* What runs on a lane from an item on, up to the next step. */
struct lane_step {
	int item;
	int depth; /* bars beside each other, 0 if none runs */
	int bar; /* the innermost, -1 if none runs */
};

struct lane {
	char *name;
	u8 layer;
	u32 key; /* order within the layer */
	const char *group; /* heading of the layer */
	struct lane_step *steps; /* in order of items */
	int nr_steps;
	int room; /* for steps */
};

struct diagram {
	u32 packet;
	char *title;
	char *verdict;
	char *origin; /* what the gutter's times count from */
	bool complete;
	bool slide; /* hops: fits a 16:9 page */
	struct lane *lanes;
	int nr_lanes;
	struct item *items;
	int nr_items;
	struct bar *bars;
	int nr_bars;
};

struct diagram *diagram_new(void);
void diagram_free(struct diagram *d);
int diagram_lane(struct diagram *d, const char *name, u8 layer, u32 key);
int diagram_bar(struct diagram *d, int lane, u8 ctx);
struct item *diagram_item(struct diagram *d, enum item_type type, s64 time);
void diagram_finish(struct diagram *d);
const struct lane_step *diagram_running(const struct diagram *d, int lane, int item);
/* What a ring's notes are abbreviated to: for legends. */
#define RING_LEGEND N_("ntc next to clean, ntu next to use, tail: where the NIC stops")

bool diagram_has_ring(const struct diagram *d);
s32 ring_at(const struct ring_state *ring, int ahead);
void ring_text(struct strbuf *sb, const struct ring_state *ring, bool utf8);

#endif /* RXPATH_DIAGRAM_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fourth stage: one packet's story becomes a diagram.
 *
 * choose.c has the views, packet.c and calls.c draw one, walk.c a tree of its calls,
 * notes.c and hops.c say what of it, items.c and diagram.c make rows and lanes.
 */
#ifndef RXPATH_VIEW_H
#define RXPATH_VIEW_H

#include "base/choice.h"
#include "model/load.h"
#include "view/diagram.h"

enum view_level {
	LEVEL_HOPS, /* a slide */
	LEVEL_LAYERS, /* how each layer is entered, and what it changes */
	LEVEL_CALLS, /* every call */
};

/* Parts of the way that a view may draw in its own detail. */
enum stage {
	STAGE_NIC, /* interrupt, softirq, poll, net core */
	STAGE_IP,
	STAGE_TCP, /* TCP, socket, wait queue, epoll's callback */
	STAGE_TASK, /* the program's side */
	STAGE_NR,
};

enum detail {
	DETAIL_NONE,
	DETAIL_EDGE, /* the call that enters the stage, not what is in it */
	DETAIL_HOPS,
	DETAIL_CALLS,
};

/* What a view tells the story of, where that is no packet: one file each. */
struct call_subject {
	bool every; /* each call that stands for it is drawn, else the best */
	int (*score)(const struct call *call); /* how well it does, 0: not at all */
	/* Does a call inside one that stands for it belong to the story? */
	bool (*includes)(const struct call *call);
	void (*title)(struct diagram *d, const struct model *m, const struct ptrs *found);
	int (*none)(const char *trace); /* says that there is none, and what to do */
};

/* One view: its row in choose.c. */
struct view {
	const char *name;
	const char *help;
	const struct call_subject *calls; /* NULL: a packet */
	int (*score)(const struct packet *p); /* how well it shows the view; of packets */
	enum view_level level; /* where none is asked for */
	u8 detail[STAGE_NR];
};

/* What building one diagram carries along. */
struct view_state {
	const struct model *m;
	const struct packet *p; /* NULL where the subject is no packet */
	struct diagram *d;
	u8 detail[STAGE_NR];
	const struct call_subject *calls;
	enum view_level level;
	struct map tasks; /* their lanes: pid -> lane + 1 */
	u32 reader; /* its lane is its own, however many there are */
	bool awake; /* a task that began before the packet came did not sleep */
	bool part; /* a slide of a part of the path has room for more hops */
	const struct call *route; /* the packet's lookup, NULL if there was none */
	u64 zero;
	u32 mark;
};

/* choose.c */
extern const struct choices views;
extern const struct ratings view_ratings;

const struct view *view_find(const char *name);
const struct view *view_at(size_t i);
struct search view_search(const struct view *view);
const struct packet *view_choose(const struct model *m, const struct view *view,
				 const struct selection *sel);

/* epoll-ctl.c, setup.c */
extern const struct call_subject subject_epoll_ctl;
extern const struct call_subject subject_setup;

/* packet.c, calls.c */
struct diagram *view_build(const struct model *m, const struct packet *p, const struct view *view,
			   enum view_level level);
struct diagram *view_build_calls(const struct model *m, const struct selection *sel,
				 const struct view *view, enum view_level level);

/* walk.c */
void view_walk(struct view_state *v, struct call *call, int from, bool outermost);
bool view_shows(const struct view_state *v, const struct call *call);

/* notes.c */
char *view_label(const struct view_state *v, const struct call *call);
char *view_condition(const struct view_state *v, const struct call *call, bool *to_end);
bool view_note(struct view_state *v, const struct call *call, int lane);
void view_call_notes(struct view_state *v, const struct call *call, int lane);

/* hops.c */
bool view_is_hop(const struct call *call, bool own_view);
bool view_enters_layer(const struct call *call);
bool view_sleeps(const struct call *call);

/* items.c */
struct item *view_item(struct view_state *v, enum item_type type, const struct call *call,
		       u64 time);
int view_lane(struct view_state *v, const struct call *call);
int view_task_lane(struct view_state *v, u32 pid);
void view_losses(struct view_state *v);

#endif /* RXPATH_VIEW_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Fourth stage: one packet's story becomes a diagram.
 */
#ifndef RXPATH_VIEW_H
#define RXPATH_VIEW_H

#include "model/select.h"
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

/* What a view tells the story of. */
enum subject {
	SUBJECT_PACKET,
	SUBJECT_EPOLL_CTL, /* a program's call */
	SUBJECT_SETUP, /* the driver, from its module to an interface that is up */
};

struct view {
	const char *name;
	const char *help;
	enum subject subject;
	enum view_level level; /* where none is asked for */
	u8 detail[STAGE_NR];
};

/* What building one diagram carries along; view.c and view-notes.c. */
struct view_state {
	const struct model *m;
	const struct packet *p; /* NULL where the subject is no packet */
	struct diagram *d;
	u8 detail[STAGE_NR];
	enum subject subject;
	enum view_level level;
	struct map tasks; /* their lanes: pid -> lane + 1 */
	u32 reader; /* its lane is its own, however many there are */
	bool awake; /* a task that began before the packet came did not sleep */
	bool part; /* a slide of a part of the path has room for more hops */
	const struct call *route; /* the packet's lookup, NULL if there was none */
	u64 zero;
	u32 mark;
};

const struct view *view_find(const char *name);
const struct view *view_at(size_t i);
const char *view_names(void);
int view_score(const struct packet *p, const struct view *view);
const struct packet *view_choose(const struct model *m, const struct view *view,
				 const struct selection *sel);
struct diagram *view_build(const struct model *m, const struct packet *p, const struct view *view,
			   enum view_level level);

void view_walk(struct view_state *v, struct call *call, int from, bool outermost);
int view_task_lane(struct view_state *v, u32 pid);
void view_losses(struct view_state *v);

/* view-call.c */
struct diagram *view_build_calls(const struct model *m, const struct selection *sel,
				 const struct view *view, enum view_level level);
int view_score_call(const struct view *view, const struct call *call);
bool view_call_includes(enum subject subject, const struct call *call);

/* view-notes.c */
char *view_label(const struct view_state *v, const struct call *call);
bool view_is_hop(const struct call *call, bool own_view);
bool view_enters_layer(const struct call *call);
const struct call *view_route(const struct packet *p);
char *view_condition(const struct view_state *v, const struct call *call, bool *to_end);
bool view_note(struct view_state *v, const struct call *call, int lane);
void view_call_notes(struct view_state *v, const struct call *call, int lane);
struct item *view_item(struct view_state *v, enum item_type type, const struct call *call,
		       u64 time);

#endif /* RXPATH_VIEW_H */

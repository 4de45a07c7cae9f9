// SPDX-License-Identifier: GPL-2.0
/*
 * The events' bodies, made from rxpath_trace.h, and the switch that arms a hook
 * when its event is enabled.
 *
 * A tracepoint's own regfunc is not the place for that switch: it runs under
 * tracepoints_mutex, arming a probe takes ftrace_lock, and the function_graph
 * tracer takes the two the other way round when it starts. An event class has a
 * reg function of its own, called before, under event_mutex alone; it is the
 * way that kprobe events are armed too. The macros of trace_events.h write
 * trace_event_reg there, hence the redefinition.
 */
#include <linux/trace_events.h>

#include "hooks.h"

#define trace_event_reg rxpath_event_reg

#define CREATE_TRACE_POINTS
#include "rxpath_trace.h"

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The classes of events: what an event tells, for each line of the hook table.
 *
 * A class is one file in classes/, and adding one is adding that file. The trace
 * module makes of it the trace event, what is kept of a call while it runs, how
 * that is read, and by what the filter judges it; the reader makes of it where
 * the event's fields go, and docs/tracepoints.md its table of fields. No include
 * guard: each user defines what it wants, includes this file, and undefines
 * nothing (the end of this file does).
 *
 *	RXPATH_CLASS(class, kept, store)
 *
 *   class    its name, as the hook table has it
 *   kept     in the module, struct rxpath_<kept> has what is known of a call
 *   store    in the reader, the member of union event_args that the fields go to
 *
 *	RXPATH_CLASS_AS(class, kept, store)
 *
 * The same of a class whose events are another's for the reader: EV_<class> is then
 * defined as that one's.
 *
 *	RXPATH_STORE(store, fields)
 *
 * The reader's members, by a list of fields. Several classes may share a store, if
 * all their fields are in the list.
 *
 *	RXPATH_<class>_SUBJECT
 *
 * What a call is about, and so what the filter judges it by, unless the hook says
 * otherwise: tracepoints/subject.h.
 *
 *	RXPATH_<class>_FIELDS(F)
 *
 * F(kind, name, value, "meaning") for each field, in the order in which people are
 * told of them; in a record they come in another, without holes between them. value
 * has call and kept to read from, when the function has returned. The meaning, if
 * the name does not say it, follows it in docs/tracepoints.md. Kinds:
 *
 *   ID              id of an object
 *   U32 INT U16 U8 S8
 *   ADDR4 ADDR6     a network address; value points to it
 *   ADDR6_BESIDE    the same, in a store that has an ADDR4 of this name
 *   TEXT8 TEXT28    so many bytes of text; value points to as many
 *   FILL28          text that value, a call, writes to the record by itself
 *   COMM            a task's name
 *   RET RET64 RET8  what the function returned; its name is ret, and it comes last
 *   ID_GONE         of older traces: no record has it any more
 *
 *	RXPATH_<class>_PRINT
 *
 * Format and arguments of the event's text, behind start and dur. What prints names
 * for numbers (show_*) is in tracepoints/rxpath_trace.h, unless it is the class's own.
 *
 * What only the module wants of a class stands behind
 *
 *	#ifdef RXPATH_KEPT       the struct
 *	#ifdef RXPATH_CAPTURE    capture_<class>(), complete_<class>(): tracepoints/capture.h
 */
#ifndef RXPATH_CLASS
#define RXPATH_CLASS(...)
#endif
#ifndef RXPATH_CLASS_AS
#define RXPATH_CLASS_AS RXPATH_CLASS
#endif
#ifndef RXPATH_STORE
#define RXPATH_STORE(...)
#endif

#include "rxpath_class_list.h"

#undef RXPATH_CLASS
#undef RXPATH_CLASS_AS
#undef RXPATH_STORE

// SPDX-License-Identifier: GPL-2.0
/*
 * The decoding process: trace library in, compact events out.
 *
 * What is in a record is looked up once per event id (fields.h), so that an event
 * costs a few loads.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <trace-cmd.h>

#include "base/say.h"
#include "base/lang.h"
#include "trace/fields.h"
#include "trace/input.h"
#include "trace/tracecmd-more.h"

#define PERCENT_RECORDS 4096
#define MAX_PARTS	4096

/* Common flags of an event: enum trace_flag_type of the kernel. */
#define FLAG_HARDIRQ 0x08
#define FLAG_SOFTIRQ 0x10
#define FLAG_NMI     0x40

/* From one mark to the next; whoever reads a part reads as many for nothing. */
#define MARK_EVENTS 4096
/* From on_record(): no further record is wanted. The library goes on at anything from 0 up. */
#define STOP (-1)

/*
 * Where one trace records all of GRO's calls for a frame, the record of the outer
 * one tells of the inner two: see tracepoints/fold.h.
 */
#define INNER_DEV   1
#define INNER_MERGE 2

struct decoder {
	u16 kind;
	u8 class;
	u8 phase;
	bool is_switch;
	struct source start;
	struct source dur;
	struct source ret;
	struct fields fields;
	struct fields *whole; /* those of a record that tells of others, too */
};

/* A CPU's records in the file: where they begin, how far they are read. */
struct part {
	u64 begin;
	u64 now;
	u64 size;
};

struct decode {
	struct tep_handle *tep;
	bool swap;
	int fd;
	struct source type;
	struct source pid;
	struct source flags;
	struct decoder **by_id;
	u32 nr_ids;
	struct map seen;
	u32 seen_last;
	u64 from;
	u64 to;
	u64 latest; /* time of the last record */
	bool back; /* one came before it */
	u64 events; /* sent */
	u64 marked; /* of those, at the last mark */
	struct part *parts; /* one for each CPU, for a bar */
	int nr_parts;
	u64 records; /* that the library has handed over */
	bool stopped; /* all that were wanted have been read */
	bool starved; /* the library has run out of memory */
	size_t used;
	char buf[1 << 16];
};

static void flush(struct decode *dec)
{
	size_t done = 0;
	ssize_t n;

	while (done < dec->used) {
		n = write(dec->fd, dec->buf + done, dec->used - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(EXIT_FAILED);
		done += n;
	}
	dec->used = 0;
}

static void send_message(struct decode *dec, enum input_message type, const void *data, size_t len)
{
	struct message_head head = { .type = type, .len = len };

	if (dec->used + sizeof(head) + len > sizeof(dec->buf))
		flush(dec);
	memcpy(dec->buf + dec->used, &head, sizeof(head));
	memcpy(dec->buf + dec->used + sizeof(head), data, len);
	dec->used += sizeof(head) + len;
}

static void send_failed(struct decode *dec, const char *why)
{
	send_message(dec, MSG_FAILED, why, strlen(why));
	flush(dec);
	_exit(EXIT_FAILED);
}

/* Name and phase that an event of the kernel has here. */
static int known_event(const char *system, const char *name, u8 *phase)
{
	static const struct {
		const char *name;
		const char *kind;
		u8 phase;
	} pairs[] = {
		{ "irq_handler_entry", "irq_handler", PHASE_BEGIN },
		{ "irq_handler_exit", "irq_handler", PHASE_END },
		{ "softirq_entry", "softirq", PHASE_BEGIN },
		{ "softirq_exit", "softirq", PHASE_END },
	};
	size_t i;
	int kind;

	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		if (strcmp(system, "irq") || strcmp(name, pairs[i].name))
			continue;
		*phase = pairs[i].phase;
		return kind_find("irq", pairs[i].kind);
	}
	kind = kind_find(system, name);
	if (kind >= 0)
		*phase = kind_get(kind)->phase;
	return kind;
}

static int new_kind(struct decode *dec, const char *system, const char *name,
		    enum event_class class, enum event_phase phase)
{
	struct kind_message msg = { .class = class, .phase = phase };
	int kind;

	kind = kind_find(system, name);
	if (kind >= 0)
		return kind;
	snprintf(msg.system, sizeof(msg.system), "%s", system);
	snprintf(msg.name, sizeof(msg.name), "%s", name);
	send_message(dec, MSG_KIND, &msg, sizeof(msg));
	return kind_add(system, name, class, phase);
}

static int find_kind(struct decode *dec, struct tep_event *event, u8 *phase)
{
	struct source src;
	int kind;

	kind = known_event(event->system, event->name, phase);
	if (kind >= 0)
		return kind;
	if (!strcmp(event->system, "syscalls")) {
		*phase = PHASE_BEGIN;
		if (!strncmp(event->name, "sys_enter_", 10))
			return new_kind(dec, "syscalls", event->name + 10, EV_syscall, PHASE_BEGIN);
		*phase = PHASE_END;
		if (!strncmp(event->name, "sys_exit_", 9))
			return new_kind(dec, "syscalls", event->name + 9, EV_syscall, PHASE_BEGIN);
	}
	/* A hook that was added to the table after this reader was built. */
	if (!strcmp(event->system, "rxpath") && source_find(event, "dur", &src)) {
		*phase = PHASE_WHOLE;
		return new_kind(dec, "rxpath", event->name, EV_call, PHASE_WHOLE);
	}
	return -1;
}

static struct decoder *new_decoder(struct decode *dec, struct tep_event *event)
{
	struct decoder *d;
	u8 phase = 0;
	int kind;

	kind = find_kind(dec, event, &phase);
	if (kind < 0)
		return NULL;
	d = xcalloc(1, sizeof(*d));
	d->kind = kind;
	d->class = kind_get(kind)->class;
	d->phase = phase;
	d->is_switch = kind == KIND_SWITCH_OUT;
	source_find(event, "start", &d->start);
	source_find(event, "dur", &d->dur);
	source_find(event, "ret", &d->ret);
	fields_find(&d->fields, event, d->class);
	if (!strcmp(event->system, "rxpath") && tep_find_field(event, "inner")) {
		d->whole = xcalloc(1, sizeof(*d->whole));
		fields_find(d->whole, event, EV_whole_gro);
	}
	return d;
}

static void prepare(struct decode *dec)
{
	struct tep_event **events;
	int i;

	events = tep_list_events(dec->tep, TEP_EVENT_SORT_ID);
	if (!events || !events[0])
		send_failed(dec, _("describes no event: record it again with 'rxpath record'"));
	if (!source_find(events[0], "common_type", &dec->type) ||
	    !source_find(events[0], "common_pid", &dec->pid) ||
	    !source_find(events[0], "common_flags", &dec->flags))
		send_failed(dec, _("its events have no pid: record it again with 'rxpath record'"));
	for (i = 0; events[i]; i++) {
		struct decoder *d = new_decoder(dec, events[i]);
		u32 id = events[i]->id;
		u32 nr;

		if (!d || id > 0xffff)
			continue;
		if (id >= dec->nr_ids) {
			nr = id + 1;
			dec->by_id = xrealloc(dec->by_id, nr, sizeof(*dec->by_id));
			memset(dec->by_id + dec->nr_ids, 0,
			       (nr - dec->nr_ids) * sizeof(*dec->by_id));
			dec->nr_ids = nr;
		}
		dec->by_id[id] = d;
	}
}

static void send_comm(struct decode *dec, u32 pid)
{
	struct comm_message msg = { .pid = pid };
	const char *comm;

	if (pid == dec->seen_last && pid)
		return;
	dec->seen_last = pid;
	if (map_get(&dec->seen, pid))
		return;
	map_set(&dec->seen, pid, dec);
	comm = tep_data_comm_from_pid(dec->tep, pid);
	if (!comm || comm[0] == '<')
		return;
	snprintf(msg.comm, sizeof(msg.comm), "%s", comm);
	send_message(dec, MSG_COMM, &msg, sizeof(msg));
}

static void send_event(struct decode *dec, const struct event *ev)
{
	send_message(dec, MSG_EVENT, ev, sizeof(*ev));
	dec->events++;
}

static void send_mark(struct decode *dec, u64 time)
{
	struct input_mark mark = { .time = time, .events = dec->events };

	if (time < dec->latest && !dec->back) {
		send_message(dec, MSG_BACK, "", 0);
		dec->back = true;
	}
	if (dec->events - dec->marked >= MARK_EVENTS && time > dec->latest && !dec->back) {
		send_message(dec, MSG_MARK, &mark, sizeof(mark));
		dec->marked = dec->events;
	}
	if (time > dec->latest)
		dec->latest = time;
}

/* As they would be told in records of their own, the innermost first. */
static void send_inner(struct decode *dec, const struct fields *whole, const struct event *outer,
		       const struct tep_record *rec)
{
	union event_args told = { 0 };
	struct event ev = *outer;

	fields_load(whole, dec->swap, rec, &told);
	if (told.gro.inner & INNER_MERGE) {
		ev.kind = hook_find("skb_gro_receive");
		ev.start = outer->start + told.gro.merge_after;
		ev.end = ev.start + told.gro.merge_dur;
		ev.ret = told.gro.merge_ret;
		memset(&ev.a, 0, sizeof(ev.a));
		ev.a.merge.into = told.gro.into;
		ev.a.merge.skb = outer->a.skb.skb;
		ev.a.merge.len = told.gro.merged;
		send_event(dec, &ev);
	}
	if (told.gro.inner & INNER_DEV) {
		ev = *outer;
		ev.kind = hook_find("dev_gro_receive");
		ev.start = outer->start + told.gro.dev_after;
		ev.end = ev.start + told.gro.dev_dur;
		send_event(dec, &ev);
	}
}

static u8 context_of(u64 flags)
{
	if (flags & (FLAG_HARDIRQ | FLAG_NMI))
		return CTX_HARDIRQ;
	return flags & FLAG_SOFTIRQ ? CTX_SOFTIRQ : CTX_TASK;
}

static void send_lost(struct decode *dec, const struct tep_record *rec)
{
	struct event ev = {
		.start = rec->ts,
		.end = rec->ts,
		.cpu = rec->cpu,
		.kind = KIND_LOST,
		.phase = PHASE_LEAF,
		.ctx = CTX_TASK,
	};

	/* The kernel says -1 where it knows of a loss but not of its size. */
	ev.a.lost.count = rec->missed_events > 0 ? rec->missed_events : 0;
	send_event(dec, &ev);
}

/* A CPU's records follow each other in the file, and the CPUs' go along together. */
static void send_percent(struct decode *dec, const struct tep_record *rec, int cpu)
{
	u64 done = 0;
	u64 all = 0;
	u32 percent;
	int i;

	if (cpu < dec->nr_parts) {
		if (!dec->parts[cpu].begin)
			dec->parts[cpu].begin = rec->offset;
		dec->parts[cpu].now = rec->offset;
	}
	if (dec->records % PERCENT_RECORDS)
		return;
	for (i = 0; i < dec->nr_parts; i++) {
		done += dec->parts[i].now - dec->parts[i].begin;
		all += dec->parts[i].size;
	}
	percent = !all ? 0 : done < all ? done * 100 / all : 100;
	send_message(dec, MSG_PERCENT, &percent, sizeof(percent));
	/* At once: of records that nobody asks for it is the only sign of life. */
	flush(dec);
}

/* Has a CPU more in the file than the page of the last record that was read? */
static bool has_unread(const struct decode *dec)
{
	u64 page = tep_get_page_size(dec->tep);
	int i;

	for (i = 0; i < dec->nr_parts; i++) {
		const struct part *part = &dec->parts[i];

		if (part->begin ? part->now - part->begin + 2 * page < part->size : part->size > 0)
			return true;
	}
	return !dec->nr_parts;
}

static int on_record(struct tracecmd_input *handle, struct tep_record *rec, int cpu, void *data)
{
	struct decode *dec = data;
	struct decoder *d;
	struct event ev;
	u64 id;

	(void)handle;
	if (errno == ENOMEM)
		dec->starved = true;
	dec->records++;
	send_percent(dec, rec, cpu);
	if (rec->ts < dec->from)
		return 0;
	if (rec->ts > dec->to) {
		dec->stopped = true;
		return STOP;
	}
	send_mark(dec, rec->ts);
	if (rec->missed_events)
		send_lost(dec, rec);
	id = source_load(dec->swap, &dec->type, rec);
	d = id < dec->nr_ids ? dec->by_id[id] : NULL;
	if (!d)
		return 0;
	memset(&ev, 0, sizeof(ev));
	ev.kind = d->kind;
	ev.phase = d->phase;
	ev.cpu = cpu;
	ev.pid = source_load(dec->swap, &dec->pid, rec);
	ev.ctx = context_of(source_load(dec->swap, &dec->flags, rec));
	ev.ret = source_load(dec->swap, &d->ret, rec);
	ev.start = rec->ts;
	ev.end = rec->ts;
	if (d->phase == PHASE_WHOLE) {
		ev.start = source_load(dec->swap, &d->start, rec);
		ev.end = ev.start + source_load(dec->swap, &d->dur, rec);
	}
	fields_load(&d->fields, dec->swap, rec, &ev.a);
	send_comm(dec, ev.pid);
	if (d->whole)
		send_inner(dec, d->whole, &ev, rec);
	if (d->is_switch) {
		ev.ctx = CTX_TASK;
		send_event(dec, &ev);
		ev.kind = KIND_SWITCH_IN;
		ev.pid = ev.a.swtch.next_pid;
		send_comm(dec, ev.pid);
	}
	send_event(dec, &ev);
	return 0;
}

static void prepare_parts(struct decode *dec, struct tracecmd_input *handle, u32 cpus)
{
	u32 i;

	if (!tracecmd_get_cpu_file_size || cpus > MAX_PARTS)
		return;
	dec->parts = xcalloc(cpus, sizeof(*dec->parts));
	dec->nr_parts = cpus;
	for (i = 0; i < cpus; i++)
		dec->parts[i].size = tracecmd_get_cpu_file_size(handle, i);
}

/**
 * input_decode - decode a file into messages; the decoding process's main
 * @path: the file
 * @fd: pipe to the reader
 * @part: the part of it that is wanted, NULL for all
 */
void input_decode(const char *path, int fd, const struct input_part *part)
{
	struct tracecmd_input *handle;
	struct decode *dec;
	int null;
	u32 cpus;
	u32 cpu;

	/* What the library prints is about itself, not about what to do. */
	null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (null >= 0) {
		dup2(null, STDERR_FILENO);
		dup2(null, STDOUT_FILENO);
	}
	tracecmd_set_loglevel(TEP_LOG_NONE);
	dec = xcalloc(1, sizeof(*dec));
	dec->fd = fd;
	handle = tracecmd_open(path, TRACECMD_FL_LOAD_NO_PLUGINS);
	if (!handle)
		send_failed(dec, _("cut short or damaged: record it again with 'rxpath record'"));
	dec->tep = tracecmd_get_tep(handle);
	dec->swap = tep_is_file_bigendian(dec->tep) != tep_is_local_bigendian(dec->tep);
	cpus = tep_get_cpus(dec->tep);
	send_message(dec, MSG_CPUS, &cpus, sizeof(cpus));
	prepare(dec);
	dec->from = part ? part->from : 0;
	dec->to = part ? part->to : ~0ULL;
	/* To the page that holds that time: it begins before it. */
	for (cpu = 0; dec->from && cpu < cpus; cpu++)
		tracecmd_set_cpu_to_timestamp(handle, cpu, part->from);
	if (!part)
		prepare_parts(dec, handle, cpus);
	errno = 0;
	if (tracecmd_iterate_events(handle, NULL, 0, on_record, dec) < 0 && !dec->stopped)
		send_failed(dec, _("its records cannot be read to the end: record it again"));
	/* The library takes a page that it has no memory for as the end of a CPU's records. */
	if ((dec->starved || errno == ENOMEM) && !part && has_unread(dec))
		send_failed(dec, _("too little memory to read it to the end: allow for more"));
	send_message(dec, MSG_END, &dec->records, sizeof(dec->records));
	flush(dec);
	_exit(EXIT_OK);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: decoded events, as no kernel would order or fill them.
 *
 * Stands in for the reading of the file: everything behind it runs as it is, in
 * this process, some hundred times a second.
 */
#include <stdlib.h>
#include <string.h>

#include "../../userspace/trace/input.h"
#include "fuzz.h"
#include "real-input.h"

/* Of a change: place in the trace, what is done there, with what. */
#define EVENT_CHANGE 4

enum change {
	CHANGE_DROP,
	CHANGE_SWAP,
	CHANGE_LATER,
	CHANGE_EARLIER,
	CHANGE_TWICE,
	CHANGE_NR,
};

static struct input *real;
static struct event *base;
static size_t nr_base;
static struct event *events;
static size_t nr_events;
static size_t at;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct event ev;

	(void)argc;
	(void)argv;
	real = real_input_open(base_trace());
	while (real && real_input_next(real, &ev) > 0) {
		base = xrealloc(base, nr_base + 1, sizeof(*base));
		base[nr_base++] = ev;
	}
	if (!nr_base)
		exit(1);
	events = xcalloc(nr_base * 2, sizeof(*events));
	return 0;
}

static void change_event(u16 place, u8 what, u8 with)
{
	struct event *ev = &events[place % nr_events];
	struct event other = *ev;
	size_t behind = nr_events - (ev - events) - 1;
	u64 jump = 1ULL << with % 64;

	if (what < sizeof(*ev)) {
		((u8 *)ev)[what] = with;
		return;
	}
	switch (what % CHANGE_NR) {
	case CHANGE_DROP:
		if (nr_events == 1)
			return;
		memmove(ev, ev + 1, behind * sizeof(*ev));
		nr_events--;
		return;
	case CHANGE_SWAP:
		*ev = events[(place + with) % nr_events];
		events[(place + with) % nr_events] = other;
		return;
	case CHANGE_LATER:
		ev->start += jump;
		ev->end += jump;
		return;
	case CHANGE_EARLIER:
		ev->start -= jump;
		ev->end -= jump;
		return;
	case CHANGE_TWICE:
		if (nr_events == nr_base * 2)
			return;
		memmove(ev + 1, ev, (behind + 1) * sizeof(*ev));
		nr_events++;
		return;
	}
}

/* What the decoder vouches for, whatever the file says. */
static void keep_promises(struct event *ev, const struct event *was)
{
	const struct field *fields;
	const struct kind *kind;
	size_t n;
	size_t i;

	ev->kind %= kind_count();
	ev->ctx %= CTX_NR;
	kind = kind_get(ev->kind);
	ev->phase = was && was->kind == ev->kind ? was->phase : kind->phase;
	fields = class_fields(kind->class, &n);
	for (i = 0; i < n; i++)
		if (fields[i].type == FIELD_STRING)
			((char *)&ev->a)[fields[i].offset + fields[i].size - 1] = '\0';
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct event was;
	size_t i;
	u16 place;

	if (!size)
		return 0;
	memcpy(events, base, nr_base * sizeof(*base));
	nr_events = nr_base;
	for (i = 1; i + EVENT_CHANGE <= size && nr_events; i += EVENT_CHANGE) {
		memcpy(&place, data + i, sizeof(place));
		was = events[place % nr_events];
		change_event(place, data[i + 2], data[i + 3]);
		keep_promises(&events[place % nr_events], &was);
	}
	run_command(data[0], "fuzz.dat");
	return 0;
}

struct input *input_open_part(const char *path, const struct input_part *part)
{
	(void)path;
	(void)part;
	at = 0;
	return real;
}

struct input *input_open(const char *path)
{
	return input_open_part(path, NULL);
}

int input_next(struct input *in, struct event *ev)
{
	(void)in;
	if (at == nr_events)
		return 0;
	*ev = events[at++];
	ev->no = at;
	return 1;
}

const char *input_comm(const struct input *in, u32 pid)
{
	return real_input_comm(in, pid);
}

const struct input_mark *input_marks(const struct input *in, size_t *n)
{
	(void)in;
	*n = 0;
	return NULL;
}

const char *input_kernel(const struct input *in)
{
	return real_input_kernel(in);
}

int input_cpus(const struct input *in)
{
	return real_input_cpus(in);
}

int input_close(struct input *in)
{
	(void)in;
	return 0;
}

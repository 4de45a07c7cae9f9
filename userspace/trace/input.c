// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a trace file.
 *
 * The file is decoded in a child process. The trace library trusts the file:
 * on a damaged one it prints noise of its own, loops, or crashes. Kept in a
 * child, the worst that a file can do is to end it, which is then told in one
 * line. The second processor is welcome too.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/say.h"
#include "base/progress.h"
#include "base/lang.h"
#include "trace/input.h"

#define PIPE_SIZE 0x100000
/* A child silent for so long hangs on a damaged file. */
#ifndef SILENCE_MS
#define SILENCE_MS 60000
#endif

struct input {
	char *path;
	int fd;
	pid_t child;
	int cpus;
	bool ended;
	u64 events;
	u32 before; /* events of the trace before this part of it */
	bool hooks; /* any of ours seen */
	struct map comms;
	struct input_mark *marks;
	size_t nr_marks;
	size_t head;
	size_t tail;
	char buf[1 << 18];
};

#define UNKNOWN_VERSION                                                                            \
	N_("%s: version %s of trace.dat, known are 6 and 7: convert it with 'trace-cmd "           \
	   "convert --file-version 7'")

/* The first bytes of every trace.dat, whatever its version. */
static const char magic[] = "\x17\x08\x44tracing";

static int check_file(const char *path)
{
	char start[sizeof(magic) + 7];
	const char *version = start + sizeof(magic) - 1;
	struct stat st;
	ssize_t got;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_line("%s: %s: name a trace.dat file, made with 'rxpath record -o %s'",
				  path, strerror(errno), path);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return error_line("%s: not a file: name one made with 'rxpath record'", path);
	}
	memset(start, 0, sizeof(start));
	got = read(fd, start, sizeof(start) - 1);
	close(fd);
	if (!got)
		return error_line("%s: empty file: record it again with 'rxpath record -o %s'",
				  path, path);
	if (got < (ssize_t)sizeof(magic) || memcmp(start, magic, sizeof(magic) - 1))
		return error_line("%s: not a trace.dat file: make one with 'rxpath record'", path);
	if (*version < '0' || *version > '9' || version[strspn(version, "0123456789")])
		return 0; /* damaged, as the library will find */
	if (strcmp(version, "6") && strcmp(version, "7"))
		return error_line(UNKNOWN_VERSION, path, version);
	return 0;
}

/**
 * input_open - start decoding a trace file
 * @path: the file
 *
 * Return: the stream, or NULL after one line that says what is wrong.
 */
struct input *input_open(const char *path)
{
	return input_open_part(path, NULL);
}

/**
 * input_open_part - start decoding a part of a trace file
 * @path: the file
 * @part: the part, NULL for all of it; calls that began before it have no beginning
 *
 * Return: the stream, or NULL after one line that says what is wrong.
 */
struct input *input_open_part(const char *path, const struct input_part *part)
{
	struct input *in;
	int fds[2];

	if (check_file(path))
		return NULL;
	if (pipe2(fds, O_CLOEXEC) < 0) {
		error_line("no pipe: %s: close some programs and try again", strerror(errno));
		return NULL;
	}
	/* Fewer switches between the two processes; the default size works too. */
	fcntl(fds[1], F_SETPIPE_SZ, PIPE_SIZE);
	progress_begin();
	in = xcalloc(1, sizeof(*in));
	in->path = xstrdup(path);
	in->fd = fds[0];
	in->before = part ? part->events : 0;
	fflush(NULL);
	in->child = fork();
	if (in->child < 0) {
		error_line("no new process: %s: close some programs and try again",
			   strerror(errno));
		close(fds[0]);
		close(fds[1]);
		free(in->path);
		free(in);
		return NULL;
	}
	if (!in->child) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(fds[0]);
		input_decode(path, fds[1], part);
		_exit(EXIT_OK);
	}
	close(fds[1]);
	return in;
}

static int child_failed(struct input *in, bool hangs)
{
	int status = 0;

	if (hangs)
		kill(in->child, SIGKILL);
	waitpid(in->child, &status, 0);
	in->child = 0;
	error_line("%s: damaged after %llu events (%s): record it again", in->path,
		   (unsigned long long)in->events,
		   hangs		 ? _("reading it does not end")
		   : WIFSIGNALED(status) ? _("reading it crashes the trace library")
					 : _("it ends too early"));
	return -1;
}

/*
 * The library may have written where it should not before it crashes: what the
 * child then says is not believed either.
 */
static int child_confused(struct input *in)
{
	kill(in->child, SIGKILL);
	return child_failed(in, false);
}

static int fill_more(struct input *in, size_t need)
{
	struct pollfd pfd = { .fd = in->fd, .events = POLLIN };
	ssize_t got;

	memmove(in->buf, in->buf + in->head, in->tail - in->head);
	in->tail -= in->head;
	in->head = 0;
	while (in->tail < need) {
		got = poll(&pfd, 1, SILENCE_MS);
		if (!got)
			return child_failed(in, true);
		got = read(in->fd, in->buf + in->tail, sizeof(in->buf) - in->tail);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return child_failed(in, false);
		in->tail += got;
	}
	return 0;
}

/* Make sure that @need bytes are in the buffer. */
static int fill(struct input *in, size_t need)
{
	return in->tail - in->head >= need ? 0 : fill_more(in, need);
}

static void learn_comm(struct input *in, const char *data)
{
	struct comm_message msg;

	memcpy(&msg, data, sizeof(msg));
	free(map_get(&in->comms, msg.pid));
	map_set(&in->comms, msg.pid, xasprintf("%.*s", COMM_LEN, msg.comm));
}

static void learn_kind(const char *data)
{
	struct kind_message msg;

	memcpy(&msg, data, sizeof(msg));
	msg.system[sizeof(msg.system) - 1] = '\0';
	msg.name[sizeof(msg.name) - 1] = '\0';
	kind_add(msg.system, msg.name, msg.class, msg.phase);
}

static void learn_mark(struct input *in, const char *data)
{
	in->marks = xrealloc(in->marks, in->nr_marks + 1, sizeof(*in->marks));
	memcpy(&in->marks[in->nr_marks++], data, sizeof(*in->marks));
}

static bool is_sane(const struct message_head *head, const char *data)
{
	static const u16 sizes[] = {
		[MSG_KIND] = sizeof(struct kind_message),
		[MSG_COMM] = sizeof(struct comm_message),
		[MSG_EVENT] = sizeof(struct event),
		[MSG_CPUS] = sizeof(u32),
		[MSG_MARK] = sizeof(struct input_mark),
		[MSG_BACK] = 0,
		[MSG_PERCENT] = sizeof(u32),
		[MSG_END] = sizeof(u64),
	};
	const struct kind_message *kind = (const void *)data;

	if (head->type == MSG_FAILED)
		return true;
	if (head->type >= ARRAY_SIZE(sizes) || head->len != sizes[head->type])
		return false;
	return head->type != MSG_KIND || (kind->class < EV_NR && kind->phase <= PHASE_LEAF);
}

/* For the tests: how much of a trace was read is not seen in what is made of it. */
#define COUNT_VARIABLE "RXPATH_COUNT_RECORDS"

static int at_end(struct input *in, const char *data)
{
	u64 records;

	in->ended = true;
	progress_end();
	memcpy(&records, data, sizeof(records));
	if (getenv(COUNT_VARIABLE))
		fprintf(stderr, "%s: %llu records read\n", in->path, records);
	if (!in->events) {
		error_line("%s: no event in it: was the ring buffer read? record it again",
			   in->path);
		return -1;
	}
	if (!in->hooks) {
		error_line("%s: no rxpath events in it: load the modules, then 'rxpath record'",
			   in->path);
		return -1;
	}
	return 0;
}

/**
 * input_next - the next event, in the order of the ring buffer's time stamps
 * @in: stream
 * @ev: where to put it
 *
 * Return: 1 with an event, 0 at the end, -1 after a line that says what is
 * wrong with the file.
 */
int input_next(struct input *in, struct event *ev)
{
	struct message_head head;
	const char *data;
	u32 percent;

	for (;;) {
		if (in->ended)
			return 0;
		if (fill(in, sizeof(head)))
			return -1;
		memcpy(&head, in->buf + in->head, sizeof(head));
		if (fill(in, sizeof(head) + head.len))
			return -1;
		data = in->buf + in->head + sizeof(head);
		in->head += sizeof(head) + head.len;
		if (!is_sane(&head, data))
			return child_confused(in);
		switch (head.type) {
		case MSG_KIND:
			learn_kind(data);
			break;
		case MSG_COMM:
			learn_comm(in, data);
			break;
		case MSG_MARK:
			learn_mark(in, data);
			break;
		case MSG_BACK:
			in->nr_marks = 0;
			break;
		case MSG_CPUS:
			memcpy(&in->cpus, data, sizeof(in->cpus));
			break;
		case MSG_PERCENT:
			memcpy(&percent, data, sizeof(percent));
			/* Of a part nobody knows how long it is. */
			if (percent)
				progress_show(in->path, percent);
			break;
		case MSG_EVENT:
			memcpy(ev, data, sizeof(*ev));
			if (ev->kind >= kind_count() || ev->ctx >= CTX_NR || ev->phase > PHASE_LEAF)
				return child_confused(in);
			ev->no = in->before + ++in->events;
			if (!in->hooks)
				in->hooks = !strncmp(kind_get(ev->kind)->system, "rxpath", 6);
			return 1;
		case MSG_FAILED:
			error_line("%s: %.*s", in->path, head.len, data);
			return -1;
		case MSG_END:
			return at_end(in, data);
		}
	}
}

/**
 * input_comm - the name of a task
 * @in: stream
 * @pid: task
 *
 * Return: the name the trace gives it, or NULL.
 */
const char *input_comm(const struct input *in, u32 pid)
{
	return map_get(&in->comms, pid);
}

/**
 * input_marks - where parts of the trace may begin
 * @in: stream, read to its end
 * @n: how many there are
 *
 * Return: the marks, in order of time.
 */
const struct input_mark *input_marks(const struct input *in, size_t *n)
{
	*n = in->nr_marks;
	return in->marks;
}

/**
 * input_cpus - the processors that the trace was recorded on
 * @in: stream, at least one event read
 *
 * Return: how many.
 */
int input_cpus(const struct input *in)
{
	return in->cpus;
}

/**
 * input_close - stop reading
 * @in: stream, or NULL
 *
 * Return: 0.
 */
int input_close(struct input *in)
{
	size_t i;

	if (!in)
		return 0;
	close(in->fd);
	if (in->child) {
		if (!in->ended)
			kill(in->child, SIGKILL);
		waitpid(in->child, NULL, 0);
	}
	for (i = 0; i < in->comms.cap; i++)
		free(in->comms.values[i]);
	map_free(&in->comms);
	free(in->marks);
	free(in->path);
	free(in);
	return 0;
}

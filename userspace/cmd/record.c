// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath record: drives trace-cmd while a command runs.
 *
 * trace-cmd copies /proc/kallsyms and the printk formats into the file, and
 * both hold kernel addresses. It is therefore started in a mount namespace in
 * which these files are empty: no address can get into a trace, whatever ends
 * the recording, and nothing outside the namespace changes.
 */
#define _GNU_SOURCE
#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/say.h"
#include "base/args.h"
#include "base/lang.h"
#include "cmd/record.h"

#define TRACEFS	 "/sys/kernel/tracing"
#define ACCOUNT	 "/sys/kernel/debug/rxpath/account"
#define START_MS 60000
#define STEP_MS	 10
/* What trace-cmd says when it fails is short. */
#define SAID_MAX 4096

struct record_args {
	const char *out;
	u32 buffer;
	struct strbuf filter;
	char **command;
};

/* Options that are a condition of the filter each; the filter's word is the option's. */
enum { OPT_DEV = 256, OPT_ADDR, OPT_PORT, OPT_PROTO, OPT_PID, OPT_SAMPLE };

/* The kernel's own events that the path needs; none holds a kernel address. */
static const char *const kernel_events[] = {
	"irq:irq_handler_entry", "irq:irq_handler_exit", "irq:softirq_raise",  "irq:softirq_entry",
	"irq:softirq_exit",	 "sched:sched_waking",	 "sched:sched_wakeup", "sched:sched_switch",
};

static const char *const syscalls[] = {
	"epoll_wait", "epoll_pwait", "epoll_pwait2", "epoll_ctl",    "recvfrom",      "recvmsg",
	"recvmmsg",   "read",	     "readv",	     "accept",	     "accept4",	      "poll",
	"ppoll",      "select",	     "pselect6",     "socket",	     "bind",	      "listen",
	"connect",    "shutdown",    "close",	     "epoll_create", "epoll_create1",
};

static const struct argp_option options[] = {
	{ "output", 'o', "FILE", 0, N_("Write the trace to FILE (default trace.dat)"), 0 },
	{ "buffer", 'b', "KIB", 0, N_("Ring buffer for each CPU (default 16384)"), 0 },
	{ 0, 0, 0, 0, N_("What to record (the filter is in the kernel; all conditions must hold):"),
	  1 },
	{ "dev", OPT_DEV, "NAME", 0, N_("Packets that come through this device"), 1 },
	{ "addr", OPT_ADDR, "ADDR[/BITS]", 0, N_("From or to this address or net"), 1 },
	{ "port", OPT_PORT, "NUMBER", 0, N_("From or to this port"), 1 },
	{ "proto", OPT_PROTO, "NAME", 0, N_("tcp, udp, icmp, icmpv6 or a number"), 1 },
	{ "pid", OPT_PID, "NUMBER", 0, N_("For the sockets of this process"), 1 },
	{ "sample", OPT_SAMPLE, "[K/]N", 0, N_("One flow in N; K from 0 to N-1 says which"), 1 },
	{ "filter", 'f', "LINE", 0, N_("Conditions in one line, such as 'dev eth0 port 80'"), 1 },
	{ 0 },
};

static const char doc[] =
	N_("Record the receive path while COMMAND runs, or until Ctrl-C without one.\013\n"
	   "Exits with COMMAND's status. Needs root, trace-cmd and the trace module.\n"
	   "\n"
	   "  rxpath record -o trace.dat -- curl -s http://192.0.2.2/\n"
	   "  rxpath record --dev eth0 --port 7000 --sample 1/8\n"
	   "\n"
	   "With a condition, calls that belong to no chosen packet or socket are left out.\n"
	   "Without one, what is in /sys/kernel/debug/rxpath/filter stays in force.");

/* Written by the signal handler: only through the two functions below. */
static int stop_signal;

static void on_signal(int sig)
{
	__atomic_store_n(&stop_signal, sig, __ATOMIC_RELAXED);
}

static int stopped(void)
{
	return __atomic_load_n(&stop_signal, __ATOMIC_RELAXED);
}

static const char *condition_name(int key)
{
	const struct argp_option *option;

	for (option = options; option->key != key; option++)
		;
	return option->name;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct record_args *args = state->input;

	switch (key) {
	case 'o':
		args->out = arg;
		return 0;
	case 'b':
		if (parse_number(arg, &args->buffer)) {
			error_line("--buffer %s: give a number of KiB, such as 16384", arg);
			exit(EXIT_USAGE);
		}
		return 0;
	case OPT_DEV ... OPT_SAMPLE:
		strbuf_addf(&args->filter, " %s %s", condition_name(key), arg);
		return 0;
	case 'f':
		strbuf_addf(&args->filter, " %s", arg);
		return 0;
	case ARGP_KEY_ARGS:
		args->command = state->argv + state->next;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static bool in_path(const char *program)
{
	const char *path = getenv("PATH");
	char *copy = xstrdup(path ? path : "/usr/bin:/bin");
	char *rest = copy;
	bool found = false;
	char *dir;

	while (!found && (dir = strsep(&rest, ":"))) {
		char *file = xasprintf("%s/%s", *dir ? dir : ".", program);

		found = !access(file, X_OK);
		free(file);
	}
	free(copy);
	return found;
}

static int check_output(const char *path)
{
	bool there = !access(path, F_OK);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0)
		return error_line("%s: %s: name a file in a folder that you can write to with -o",
				  path, strerror(errno));
	close(fd);
	/* Only trying: a recording that fails leaves no empty file behind. */
	if (!there)
		unlink(path);
	return 0;
}

static int check_system(const struct record_args *args)
{
	if (geteuid())
		return error_line("record: not root: tracing the kernel needs it, try sudo");
	if (!in_path("trace-cmd"))
		return error_line("record: trace-cmd is missing: apt-get install trace-cmd");
	if (access(TRACEFS "/events", F_OK))
		return error_line("record: no tracefs: mount -t tracefs none %s", TRACEFS);
	if (access(TRACEFS "/events/rxpath", F_OK))
		return error_line("record: no trace module: insmod tracepoints/rxpath.ko");
	return check_output(args->out);
}

static void add_event(struct ptrs *argv, const char *event)
{
	char *path = xasprintf(TRACEFS "/events/%s", event);
	char *colon = strchr(path, ':');

	if (colon)
		*colon = '/';
	/* A kernel may lack some; what is recorded is what there is. */
	if (!access(path, F_OK)) {
		ptrs_add(argv, "-e");
		ptrs_add(argv, xstrdup(event));
	}
	free(path);
}

static char **tracer_argv(const struct record_args *args)
{
	struct ptrs argv = { 0 };
	char *name;
	size_t i;

	ptrs_add(&argv, "trace-cmd");
	ptrs_add(&argv, "record");
	ptrs_add(&argv, "-C");
	ptrs_add(&argv, "local");
	ptrs_add(&argv, "-b");
	ptrs_add(&argv, xasprintf("%u", args->buffer));
	ptrs_add(&argv, "-o");
	ptrs_add(&argv, (void *)args->out);
	add_event(&argv, "rxpath");
	add_event(&argv, "rxpath_e1000");
	for (i = 0; i < ARRAY_SIZE(kernel_events); i++)
		add_event(&argv, kernel_events[i]);
	for (i = 0; i < ARRAY_SIZE(syscalls); i++) {
		name = xasprintf("syscalls:sys_enter_%s", syscalls[i]);
		add_event(&argv, name);
		free(name);
		name = xasprintf("syscalls:sys_exit_%s", syscalls[i]);
		add_event(&argv, name);
		free(name);
	}
	ptrs_add(&argv, NULL);
	return (char **)argv.v;
}

static int hide_file(const char *path)
{
	if (access(path, F_OK))
		return 0;
	return mount("/dev/null", path, NULL, MS_BIND, NULL);
}

static void run_tracer(const struct record_args *args, int said)
{
	/* Ctrl-C is for us; trace-cmd is told to stop when the command is done. */
	setpgid(0, 0);
	dup2(said, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    hide_file("/proc/kallsyms") || hide_file(TRACEFS "/printk_formats")) {
		fprintf(stderr, _("kernel addresses cannot be kept out of the file: %s\n"),
			strerror(errno));
		_exit(EXIT_FAILED);
	}
	execvp("trace-cmd", tracer_argv(args));
	fprintf(stderr, "trace-cmd: %s\n", strerror(errno));
	_exit(EXIT_FAILED);
}

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = write(fd, text, strlen(text));
	close(fd);
	return n < 0 ? -1 : 0;
}

static bool is_on(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char c = '0';

	if (fd < 0)
		return false;
	if (read(fd, &c, 1) < 1)
		c = '0';
	close(fd);
	return c == '1';
}

static void sleep_step(void)
{
	const struct timespec step = { .tv_nsec = STEP_MS * NSEC_PER_MSEC };

	nanosleep(&step, NULL);
}

/* The last line of what trace-cmd said. */
static void tell_failure(int said)
{
	char buf[SAID_MAX];
	size_t len = 0;
	char *line;
	ssize_t n;

	while (len < sizeof(buf) - 1 && (n = read(said, buf + len, sizeof(buf) - 1 - len)) > 0)
		len += n;
	while (len && (buf[len - 1] == '\n' || buf[len - 1] == ' '))
		len--;
	buf[len] = '\0';
	line = strrchr(buf, '\n');
	line = line ? line + 1 : buf;
	while (*line == ' ')
		line++;
	error_line("record: trace-cmd failed: %s: see 'trace-cmd record -e rxpath'",
		   *line ? line : _("it said nothing"));
}

/* trace-cmd switches tracing on when all else is in place. */
static int wait_started(pid_t tracer, int said)
{
	int status;
	int ms;

	for (ms = 0; ms < START_MS && !stopped(); ms += STEP_MS) {
		if (waitpid(tracer, &status, WNOHANG) == tracer) {
			tell_failure(said);
			return EXIT_FAILED;
		}
		if (is_on(TRACEFS "/tracing_on"))
			return 0;
		sleep_step();
	}
	kill(tracer, SIGTERM);
	waitpid(tracer, &status, 0);
	if (stopped())
		return 128 + stopped();
	return error_line("record: trace-cmd did not start in %u s: is another tracer running?",
			  START_MS / 1000);
}

static int status_of(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int run_command(char **command)
{
	bool told = false;
	int status;
	pid_t pid;

	pid = fork();
	if (pid < 0)
		return error_line("record: no new process: %s: close some programs and try again",
				  strerror(errno));
	if (!pid) {
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		signal(SIGHUP, SIG_DFL);
		execvp(command[0], command);
		error_line("record: %s: %s: name a program after --", command[0], strerror(errno));
		_exit(errno == ENOENT ? 127 : 126);
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return EXIT_FAILED;
		/* A terminal's Ctrl-C reaches the command by itself. */
		if (stopped() && !told && stopped() != SIGINT)
			kill(pid, stopped());
		told = true;
	}
	return status_of(status);
}

static void wait_for_signal(void)
{
	fputs(_("recording: Ctrl-C ends it\n"), stderr);
	while (!stopped())
		sleep_step();
}

static int finish(pid_t tracer, int said, const struct record_args *args)
{
	struct stat st;
	int status;

	kill(tracer, SIGINT);
	while (waitpid(tracer, &status, 0) < 0)
		if (errno != EINTR)
			return EXIT_FAILED;
	if (!WIFEXITED(status) || WEXITSTATUS(status) || stat(args->out, &st) || !st.st_size) {
		tell_failure(said);
		return EXIT_FAILED;
	}
	return 0;
}

static int record_trace(const struct record_args *args)
{
	bool was_on = is_on(TRACEFS "/tracing_on");
	int ret = 0;
	pid_t tracer;
	int said[2];
	int failed;

	if (pipe2(said, O_CLOEXEC) < 0)
		return error_line("record: no pipe: %s: close some programs and try again",
				  strerror(errno));
	/* So that trace-cmd's 1 can be told from one that was there before. */
	write_file(TRACEFS "/tracing_on", "0");
	/* What was missed until now is not this recording's. */
	write_file(ACCOUNT, "begin");
	tracer = fork();
	if (tracer < 0)
		return error_line("record: no new process: %s: close some programs and try again",
				  strerror(errno));
	if (!tracer)
		run_tracer(args, said[1]);
	close(said[1]);
	/* What it says is short: it never fills the pipe. */
	failed = wait_started(tracer, said[0]);
	if (!failed) {
		if (args->command)
			ret = run_command(args->command);
		else
			wait_for_signal();
		write_file(ACCOUNT, "end");
		failed = finish(tracer, said[0], args);
	}
	close(said[0]);
	/* trace-cmd puts back what it found, and it found our 0. */
	if (was_on)
		write_file(TRACEFS "/tracing_on", "1");
	return failed ? failed : ret;
}

static int run(int argc, char **argv)
{
	static const struct argp_child children[] = { { &lang_argp, 0, NULL, 0 }, { 0 } };
	static const struct argp argp = {
		.children = children,
		.options = options,
		.parser = parse_option,
		.args_doc = "[-- COMMAND...]",
		.doc = doc,
		.argp_domain = LANG_DOMAIN,
	};
	struct record_args args = { .out = "trace.dat", .buffer = 16384 };
	struct sigaction action = { .sa_handler = on_signal };
	char *before = NULL;
	int ret;

	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &args);
	ret = check_system(&args);
	if (ret)
		return ret;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	if (args.filter.len) {
		ret = record_filter_set(args.filter.s, &before);
		if (ret)
			return ret;
	}
	ret = record_trace(&args);
	record_filter_restore(before);
	return ret;
}

const struct command cmd_record = {
	.name = "record",
	.help = N_("record a trace while a command runs"),
	.run = run,
};

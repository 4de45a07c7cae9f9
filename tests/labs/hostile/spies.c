// SPDX-License-Identifier: GPL-2.0
// says: lt.ends: status 5: it saw nothing
/*
 * Looks for the trace, the rules and the solution, and for any way to be more than an
 * ordinary user. What it can reach, it says.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int seen;

static void saw(const char *what)
{
	printf("%s\n", what);
	seen++;
}

static void folders(void)
{
	static const char *const known[] = { "bin", "sbin", "lib", "lib32", "lib64", "libx32",
					     "usr", "proc", "dev", "work",  "tmp",   NULL };
	DIR *root = opendir("/");
	struct dirent *entry;

	while (root && (entry = readdir(root))) {
		const char *const *name;

		for (name = known; *name && strcmp(*name, entry->d_name); name++)
			;
		if (!*name && entry->d_name[0] != '.')
			saw(entry->d_name);
	}
}

static void processes(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	while (proc && (entry = readdir(proc))) {
		int pid = atoi(entry->d_name);

		if (pid && pid != getpid())
			saw("another process");
	}
	for (int pid = 1; pid < 400; pid++) {
		if (pid != getpid() && !kill(pid, 0))
			saw("a process to kill");
		if (pid != getpid() && !ptrace(PTRACE_ATTACH, pid, NULL, NULL))
			saw("a process to trace");
	}
}

static void files(void)
{
	static const char *const paths[] = {
		"/sys/kernel/tracing/trace",
		"/sys/kernel/debug",
		"/proc/1/root/etc/passwd",
		"/proc/1/environ",
		"/proc/kcore",
		"/proc/sysrq-trigger",
		"/dev/mem",
		"/dev/kmsg",
		"/dev/vport0p1",
		"/proc/self/root/../etc/passwd",
		"/proc/1/cwd/labs",
		"/../etc/passwd",
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		if (open(paths[i], O_RDONLY) >= 0 || open(paths[i], O_WRONLY) >= 0)
			saw(paths[i]);
}

static void powers(void)
{
	struct perf_event_attr perf = { .type = PERF_TYPE_TRACEPOINT,
					.size = sizeof(perf),
					.config = 1 };
	union bpf_attr bpf = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1
	};

	if (!setuid(0) || !setgid(0) || !setgroups(0, NULL))
		saw("another user");
	if (!unshare(CLONE_NEWUSER) || !unshare(CLONE_NEWNS))
		saw("a name space");
	if (!mount("proc", "/tmp", "sysfs", 0, NULL))
		saw("a mount");
	if (!chroot("/tmp"))
		saw("a root");
	if (!mknod("/tmp/mem", S_IFCHR | 0600, 0x101))
		saw("a device");
	if (socket(AF_PACKET, SOCK_RAW, 0) >= 0)
		saw("the wire");
	if (syscall(SYS_perf_event_open, &perf, -1, 0, -1, 0) >= 0)
		saw("perf");
	if (syscall(SYS_bpf, BPF_MAP_CREATE, &bpf, sizeof(bpf)) >= 0)
		saw("bpf");
	if (!syscall(SYS_delete_module, "rxpath", 0))
		saw("the trace module");
}

int main(void)
{
	folders();
	processes();
	files();
	powers();
	printf("it saw %s\n", seen ? "much" : "nothing");
	return 5;
}

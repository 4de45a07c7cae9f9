// SPDX-License-Identifier: GPL-2.0
/*
 * Holds a socket: its recv copies into a page that is not there, and userfaultfd
 * keeps it waiting for that page, inside the kernel and with the socket's lock
 * held. What arrives meanwhile has to wait in the backlog.
 *
 * usage: holder PORT FOLDER
 *
 * Writes FOLDER/held when the socket is held, and lets go when FOLDER/go is there.
 * Then reads on to the end, and prints how many bytes came in all.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "net.h"

#define PAGE 4096

static char held[256], go[256];

static void *hold(void *arg)
{
	static char page[PAGE];
	const int faults = *(int *)arg;
	struct uffd_msg msg;
	struct uffdio_copy copy = { .src = (unsigned long)page, .len = PAGE };

	if (read(faults, &msg, sizeof(msg)) != sizeof(msg))
		die("userfaultfd");
	close(open(held, O_CREAT | O_WRONLY, 0644));
	while (access(go, F_OK))
		usleep(10000);
	copy.dst = msg.arg.pagefault.address & ~(PAGE - 1UL);
	if (ioctl(faults, UFFDIO_COPY, &copy))
		die("UFFDIO_COPY");
	return NULL;
}

int main(int argc, char **argv)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range;
	pthread_t thread;
	ssize_t n, sum = 0;
	int listener, fd, faults;
	char *page;

	if (argc != 3) {
		fprintf(stderr, "usage: holder PORT FOLDER\n");
		return 2;
	}
	snprintf(held, sizeof(held), "%s/held", argv[2]);
	snprintf(go, sizeof(go), "%s/go", argv[2]);
	page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	faults = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	if (page == MAP_FAILED || faults < 0 || ioctl(faults, UFFDIO_API, &api))
		die("userfaultfd");
	range = (struct uffdio_register){
		.range = { .start = (unsigned long)page, .len = PAGE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	if (ioctl(faults, UFFDIO_REGISTER, &range) || pthread_create(&thread, NULL, hold, &faults))
		die("userfaultfd");
	listener = listen_on(number_or_die(argv[1], 1, 65535));
	printf("pid %d\n", getpid());
	fflush(stdout);
	fd = accept(listener, NULL, NULL);
	if (fd < 0)
		die("accept");
	while ((n = recv(fd, page, PAGE, 0)) > 0)
		sum += n;
	printf("read %zd bytes\n", sum);
	return 0;
}

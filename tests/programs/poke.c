// SPDX-License-Identifier: GPL-2.0
/*
 * Reads or writes a register of a NIC behind its driver's back, so that a test
 * can break what the driver is to notice. The kernel must be booted with
 * iomem=relaxed.
 *
 * usage: poke INTERFACE|FOLDER REGISTER [VALUE [always]]
 *
 * FOLDER is the device's own in sysfs, for one that has no interface.
 * With "always" it writes again and again until it is ended: whatever the driver
 * writes there does not last.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define BAR_SIZE 0x20000

static uint32_t number_or_die(const char *text, unsigned long long max)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 0);
	if (errno || end == text || *end || value > max) {
		fprintf(stderr, "poke: %s: not a number up to 0x%llx\n", text, max);
		exit(2);
	}
	return value;
}

int main(int argc, char **argv)
{
	uint32_t *registers;
	uint32_t offset;
	uint32_t value;
	char path[256];
	int fd;

	if (argc < 3 || argc > 5 || (argc == 5 && strcmp(argv[4], "always"))) {
		fprintf(stderr, "usage: poke INTERFACE|FOLDER REGISTER [VALUE [always]]\n");
		return 2;
	}
	offset = number_or_die(argv[2], BAR_SIZE - sizeof(uint32_t)) / sizeof(uint32_t);
	snprintf(path, sizeof(path),
		 strchr(argv[1], '/') ? "%s/resource0" : "/sys/class/net/%s/device/resource0",
		 argv[1]);
	fd = open(path, O_RDWR);
	registers = MAP_FAILED;
	if (fd >= 0)
		registers = mmap(NULL, BAR_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (registers == MAP_FAILED) {
		fprintf(stderr, "poke: %s: %s (is the kernel booted with iomem=relaxed?)\n", path,
			strerror(errno));
		return 1;
	}
	if (argc == 3) {
		printf("0x%08x\n", __atomic_load_n(&registers[offset], __ATOMIC_RELAXED));
		return 0;
	}
	value = number_or_die(argv[3], UINT32_MAX);
	do
		__atomic_store_n(&registers[offset], value, __ATOMIC_RELAXED);
	while (argc == 5);
	return 0;
}

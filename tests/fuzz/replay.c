// SPDX-License-Identifier: GPL-2.0
/*
 * In the fuzzer's place: gives a target the inputs that are kept, one by one.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

#define MAX_INPUT 65536

int main(int argc, char **argv)
{
	u8 data[MAX_INPUT];
	FILE *file;
	size_t size;
	int i;

	LLVMFuzzerInitialize(&argc, &argv);
	for (i = 1; i < argc; i++) {
		file = fopen(argv[i], "r");
		if (!file) {
			perror(argv[i]);
			return 1;
		}
		size = fread(data, 1, sizeof(data), file);
		fclose(file);
		LLVMFuzzerTestOneInput(data, size);
	}
	return 0;
}

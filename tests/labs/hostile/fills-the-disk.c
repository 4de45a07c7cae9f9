// SPDX-License-Identifier: GPL-2.0
// says: lt.ends: status 7: full after
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
	static char block[65536];

	for (int file = 0;; file++) {
		char name[32];
		FILE *out;

		snprintf(name, sizeof(name), "/tmp/%d", file);
		out = fopen(name, "w");
		for (int i = 0; out && i < 16; i++) {
			if (fwrite(block, sizeof(block), 1, out) == 1 && !fflush(out))
				continue;
			printf("full after %d MiB\n", file);
			exit(7);
		}
		if (!out) {
			printf("full after %d files\n", file);
			exit(7);
		}
		fclose(out);
	}
}

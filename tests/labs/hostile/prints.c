// SPDX-License-Identifier: GPL-2.0
// says: lt.ends: wrote more than
#include <stdio.h>

int main(void)
{
	for (unsigned int i = 0;; i++)
		printf("%c\x1b[%u;31m\n", (int)(i % 256), i);
}

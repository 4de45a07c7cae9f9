// SPDX-License-Identifier: GPL-2.0
// says: lt.ends: did not end|computed|signal
#include <unistd.h>

int main(void)
{
	for (;;)
		fork();
}

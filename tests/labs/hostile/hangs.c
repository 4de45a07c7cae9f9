// SPDX-License-Identifier: GPL-2.0
// says: lt.ends: did not end
#include <unistd.h>

int main(void)
{
	return pause();
}

// SPDX-License-Identifier: GPL-2.0
// says: lt.ends: status 9
#include <signal.h>
#include <unistd.h>

/* Whatever it may kill, it does. */
int main(void)
{
	kill(-1, SIGKILL);
	kill(getppid(), SIGKILL);
	return 9;
}

// SPDX-License-Identifier: GPL-2.0
// says: lt.ends: SIGSEGV
int main(void)
{
	*(volatile int *)8 = 1;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
// says: lt.build: .
#include "/dev/zero"
int main(void)
{
	return 0;
}

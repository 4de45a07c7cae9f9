// SPDX-License-Identifier: GPL-2.0
// says: lt.build: error: .*undeclared
int main(void)
{
	return nothing_of_that_name;
}

// SPDX-License-Identifier: GPL-2.0
// says: lt.ends: SIGSEGV
int main(int argc, char **argv)
{
	argv[0] = (char *)(long)argc;
	return argv[0][0];
}

// SPDX-License-Identifier: GPL-2.0
/*
 * For LD_PRELOAD: an older glibc as a newer one, whose gettext takes a locale
 * called C.* for C and translates nothing in it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <locale.h>
#include <string.h>

char *setlocale(int category, const char *name)
{
	static char *(*real)(int category, const char *name);
	const char *messages;
	char *now;

	if (!real)
		real = (char *(*)(int, const char *))dlsym(RTLD_NEXT, "setlocale");
	now = real(category, name);
	messages = real(LC_MESSAGES, NULL);
	if (messages && !strncmp(messages, "C.", 2))
		real(LC_MESSAGES, "C");
	return now;
}

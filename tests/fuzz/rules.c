// SPDX-License-Identifier: GPL-2.0
/*
 * Fuzz target: the text of a rule file.
 */
#include <stdlib.h>
#include <string.h>

#include "../../userspace/rules/rules.h"
#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	char *text = xcalloc(size + 1, 1);

	memcpy(text, data, size);
	rules_free(rules_parse(text, "fuzz.rules"));
	free(text);
	return 0;
}

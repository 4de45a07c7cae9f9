// SPDX-License-Identifier: GPL-2.0
/*
 * The guest's end of the plugin (count.c).
 *
 * usage: mark prepare|start|stop
 *        mark task N COMMAND...	COMMAND is of the Nth line of file classes
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "marker.h"

static int become(const char *number, char **command)
{
	switch (atoi(number)) {
	case 1:
		SAY(MARKER_TASK + 1);
		break;
	case 2:
		SAY(MARKER_TASK + 2);
		break;
	case 3:
		SAY(MARKER_TASK + 3);
		break;
	default:
		fprintf(stderr, "mark: class %s: not 1, 2 or 3\n", number);
		return 2;
	}
	execvp(command[0], command);
	perror(command[0]);
	return 127;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "prepare"))
		SAY(MARKER_PREPARE);
	else if (!strcmp(what, "start"))
		SAY(MARKER_START);
	else if (!strcmp(what, "stop"))
		SAY(MARKER_STOP);
	else if (!strcmp(what, "task") && argc > 3)
		return become(argv[2], argv + 3);
	else
		return fputs("usage: mark prepare|start|stop|task N COMMAND...\n", stderr), 2;
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath: trace events for every hop of the receive path, from the interrupt to
 * recv() and epoll_wait().
 */
#include <linux/module.h>

#include "hooks.h"

static int __init rxpath_init(void)
{
	int ret;

	ret = rxpath_attach_init();
	if (ret)
		return ret;
	rxpath_status_init();
	return 0;
}

/* Enabled events hold the module: none is left when this runs. */
static void __exit rxpath_exit(void)
{
	rxpath_status_exit();
	rxpath_attach_exit();
}

module_init(rxpath_init);
module_exit(rxpath_exit);

MODULE_DESCRIPTION("Trace events along the network receive path");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * rxpath: trace events for every hop of the receive path, from the interrupt to
 * recv() and epoll_wait().
 */
#include <linux/module.h>

#include "account.h"
#include "attach.h"
#include "events.h"
#include "filter.h"
#include "status.h"

/* From the cheapest to the one that always works. */
static const struct rxpath_mechanism *const mechanisms[] = {
#ifdef RXPATH_DIRECT
	&rxpath_direct,
#endif
	&rxpath_kretprobe,
};

static int __init rxpath_init(void)
{
	struct dentry *dir;
	int ret;

	ret = rxpath_events_check();
	if (ret)
		return ret;
	ret = rxpath_attach_init(mechanisms, ARRAY_SIZE(mechanisms));
	if (ret)
		return ret;
	dir = rxpath_status_init();
	rxpath_filter_init(dir);
	rxpath_account_init(dir);
	return 0;
}

/* Enabled events hold the module: none is left when this runs. */
static void __exit rxpath_exit(void)
{
	rxpath_status_exit();
	rxpath_attach_exit();
	rxpath_direct_exit();
	rxpath_filter_exit();
	rxpath_account_exit();
}

module_init(rxpath_init);
module_exit(rxpath_exit);

MODULE_DESCRIPTION("Trace events along the network receive path");
MODULE_LICENSE("GPL");

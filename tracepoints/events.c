// SPDX-License-Identifier: GPL-2.0
/*
 * The events' bodies, made from rxpath_trace.h in our own way (record_trace.h), and
 * whether this kernel writes records as that takes it for granted.
 */
#include <linux/bottom_half.h>
#include <linux/preempt.h>
#include <linux/printk.h>

#include "events.h"
#include "record_trace.h"

/* Where a record's data are, for each length that its first word may tell. */
static bool __init check_data(void)
{
	struct ring_buffer_event record = {};

	for (record.type_len = 0; record.type_len < RINGBUF_TYPE_DATA_TYPE_LEN_MAX;
	     record.type_len++)
		if (record_data(&record) != ring_buffer_event_data(&record))
			return false;
	return record_data(&record) == ring_buffer_event_data(&record);
}

/* What a record tells of its context: here a task's, of which all is known. */
static bool __init check_context(void)
{
	struct rxpath_call call = {};
	unsigned int open, masked;

	local_save_flags(call.irqflags);
	preempt_disable();
	open = record_context(&call);
	local_bh_disable();
	masked = record_context(&call);
	local_bh_enable();
	preempt_enable();
	/* Somebody may want this CPU at any time: that is no difference. */
	open &= (TRACE_FLAG_IRQS_OFF | TRACE_FLAG_HARDIRQ | TRACE_FLAG_SOFTIRQ | TRACE_FLAG_NMI |
		 TRACE_FLAG_BH_OFF)
			<< 16 |
		0xf;
	return open == !IS_ENABLED(CONFIG_PREEMPTION) * !!IS_ENABLED(CONFIG_PREEMPT_COUNT) &&
	       masked >> 16 & TRACE_FLAG_BH_OFF && !(masked >> 16 & TRACE_FLAG_SOFTIRQ);
}

/**
 * rxpath_events_check - does this kernel write events as record_trace.h has it?
 *
 * Return: 0, or -EOPNOTSUPP: the module is not to be loaded.
 */
int __init rxpath_events_check(void)
{
	const char *wrong = NULL;

	if (!check_data())
		wrong = "a record's data are elsewhere";
	else if (!check_context())
		wrong = "a record tells its context in another way";
	if (!wrong)
		return 0;
	pr_err("this kernel writes trace events in a way of its own: %s\n", wrong);
	return -EOPNOTSUPP;
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Object ids: the name that an skb, a socket or a wait queue has in every event.
 *
 * Both modules include this and nothing else of each other's. The driver's
 * descriptor event and the tracer's tcp_v4_rcv event must give one skb one id,
 * yet neither module may depend on the other, so both derive the id from the
 * address with a key that the running kernel already holds: the hash mix of
 * init_net and the stack canary of init_task, both random since boot. An id
 * cannot be turned back into an address without that key, so a trace can be
 * shared with a class.
 *
 * An id names an address, and the allocator hands addresses out again: the
 * reader ends an skb's life at its next descriptor and numbers the lives.
 */
#ifndef RXPATH_ID_H
#define RXPATH_ID_H

#include <linux/sched/task.h>
#include <linux/siphash.h>
#include <net/net_namespace.h>
#include <net/netns/hash.h>

/**
 * rxpath_id - the id of a kernel object
 * @object: its address, or NULL
 *
 * Any context. SipHash-1-3 of one 64-bit block, about 80 instructions.
 *
 * Return: a 32-bit id, 0 for NULL and only for NULL.
 */
static inline u32 rxpath_id(const void *object)
{
	const u64 address = (u64)(unsigned long)object;
	hsiphash_key_t key = { .key = { net_hash_mix(&init_net) } };

	if (!object)
		return 0;
#ifdef CONFIG_STACKPROTECTOR
	key.key[1] = init_task.stack_canary;
#endif
	return hsiphash_2u32(lower_32_bits(address), upper_32_bits(address), &key) ?: 1;
}

#endif /* RXPATH_ID_H */

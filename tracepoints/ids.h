/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ids met before. One packet is named at ten hops, and hashing it each time
 * would cost more than all else that is read of it.
 *
 * A word holds an id and the part of its object's place that the word's own
 * place does not tell, so that it is read and written whole: no lock, any
 * context. Objects lie on eight bytes at least, and within 2^47 bytes of the
 * direct map's beginning but for some on the stack: nothing is left over that
 * could confuse two objects. Those others are hashed each time.
 */
#ifndef RXPATH_IDS_H
#define RXPATH_IDS_H

#include <linux/mm.h>
#include <linux/types.h>

#define RXPATH_IDS_BITS	  12
#define RXPATH_PLACE_BITS (3 + RXPATH_IDS_BITS + 32)

extern u64 rxpath_ids[1 << RXPATH_IDS_BITS];

u32 rxpath_id_learn(const void *object, u64 place, u64 *word);

/* rxpath_id(), remembered. */
static __always_inline u32 object_id(const void *object)
{
	const u64 place = (unsigned long)object - PAGE_OFFSET;
	const u64 rest = place >> (3 + RXPATH_IDS_BITS);
	/* A slab's objects share the lower bits, those above spread them. */
	u64 *word = &rxpath_ids[(place >> 3 ^ rest) % (1 << RXPATH_IDS_BITS)];
	const u64 known = READ_ONCE(*word);

	if (likely(rest == known >> 32 && (u32)known))
		return known;
	return rxpath_id_learn(object, place, word);
}

#endif /* RXPATH_IDS_H */

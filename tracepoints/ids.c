// SPDX-License-Identifier: GPL-2.0
/* Ids of objects met before: see ids.h. */
#include "ids.h"
#include "rxpath_id.h"

u64 rxpath_ids[1 << RXPATH_IDS_BITS];

/**
 * rxpath_id_learn - the id of an object that is not remembered
 * @object: its address, or NULL
 * @place: its distance from the direct map's beginning
 * @word: where it is to be remembered
 *
 * Return: its id.
 */
u32 rxpath_id_learn(const void *object, u64 place, u64 *word)
{
	const u32 id = rxpath_id(object);

	if (!(place >> RXPATH_PLACE_BITS))
		WRITE_ONCE(*word, place >> (3 + RXPATH_IDS_BITS) << 32 | id);
	return id;
}

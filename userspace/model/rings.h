/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Receive rings, as the driver's events tell of them.
 */
#ifndef RXPATH_RINGS_H
#define RXPATH_RINGS_H

#include "model/model.h"

/* enum rxe_fault of the driver */
#define RING_FAULTS 5

struct ring {
	u32 ifindex;
	char name[COMM_LEN]; /* that its interrupt goes by; empty: not seen */
	u32 count; /* descriptors; 0: not known */
	u32 ntc; /* as the driver has it */
	u32 ntu;
	u32 tail; /* as the NIC has it */
	bool told; /* that is known; else it may be ntu of the first event at most */
	bool due; /* filled, and no doorbell seen since */
	u64 taken; /* descriptors */
	u64 latest; /* when the last one was */
	u64 polls;
	u64 empty; /* polls that did nothing at all */
	u64 refills;
	u64 filled;
	u64 wanted;
	u64 doorbells;
	u64 vain; /* doorbells after which the NIC's tail was not the driver's */
	u64 faults[RING_FAULTS];
};

void rings_learn(struct model *m, const struct call *call);
void rings_free(struct model *m);
bool ring_owned(const struct ring *ring, u32 *descs);
u32 ring_untold(const struct ring *ring);
u32 ring_ahead(u32 from, u32 to, u32 count);

/* What every packet of a poll has in common: told with each of them. */
bool call_is_of_poll(const struct call *call);

#endif /* RXPATH_RINGS_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * What rxpath stats says of receive rings: of the whole recording, whatever packets are
 * chosen, as a ring belongs to none of them.
 */
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "cmd/stats.h"
#include "model/rings.h"
#include "words/text.h"

/* A shorter silence is no news: that of whoever waits for an answer. */
#define SILENT_NS NSEC_PER_SEC

static void put_name(const struct ring *ring)
{
	if (*ring->name)
		printf("%s", ring->name);
	else
		printf(_("interface %u"), ring->ifindex);
}

static void put_use(const struct ring *ring)
{
	put_name(ring);
	if (ring->count)
		printf(_(": ring of %u, %llu descriptors taken"), ring->count, ring->taken);
	else
		printf(_(": %llu descriptors taken"), ring->taken);
	if (ring->refills)
		printf(_("; refills: %llu, which filled %llu of %llu"), ring->refills, ring->filled,
		       ring->wanted);
	printf(_("; doorbells: %llu\n"), ring->doorbells);
}

static void put_faults(const struct ring *ring)
{
	u32 i;

	for (i = 0; i < RING_FAULTS; i++) {
		if (!ring->faults[i])
			continue;
		put_name(ring);
		printf(_(": fault %s happened: %llu\n"), fault_text(i), ring->faults[i]);
	}
	if (!ring->vain)
		return;
	put_name(ring);
	printf(_(": doorbells that left the card's tail where it was: %llu\n"), ring->vain);
}

static void put_silence(const struct model *m, const struct ring *ring)
{
	char from[NS_TEXT];
	u32 descs;

	if (m->calls.last - ring->latest < SILENT_NS)
		return;
	put_name(ring);
	/* Seconds, as --from takes them. */
	snprintf(from, sizeof(from), "+%.1f s",
		 (double)(s64)(ring->latest - m->calls.first) / NSEC_PER_SEC);
	printf(_(" silent from %s to the end"), from);
	if (ring_owned(ring, &descs))
		printf(ring->told ? _("; the card owns %u descriptors")
				  : _("; the card owns %u descriptors at most"),
		       descs);
	if (ring_untold(ring))
		printf(ring->told ? _(", and was not told of %u more")
				  : _(", and was told of none of %u more"),
		       ring_untold(ring));
	putchar('\n');
}

/**
 * put_rings - what was done to each receive ring, what went wrong, and when it fell silent
 * @m: model of the whole recording
 */
void put_rings(const struct model *m)
{
	size_t i;

	for (i = 0; i < m->rings.n; i++) {
		const struct ring *ring = m->rings.v[i];

		if (!ring->taken && !ring->polls)
			continue;
		put_use(ring);
		put_faults(ring);
		if (ring->taken)
			put_silence(m, ring);
	}
}

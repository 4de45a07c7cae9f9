// SPDX-License-Identifier: GPL-2.0
/*
 * Values fall into slots whose width grows with the value: exact below
 * HIST_PARTS, within 1/HIST_PARTS above.
 */
#include "base/hist.h"

static size_t slot_of(u64 value)
{
	int shift;

	if (value < HIST_PARTS)
		return value;
	shift = 63 - __builtin_clzll(value) - HIST_PARTS_SHIFT;
	return (size_t)(shift + 1) * HIST_PARTS + ((value >> shift) - HIST_PARTS);
}

/* The smallest value of a slot. */
static u64 slot_start(size_t slot)
{
	int shift = slot / HIST_PARTS - 1;

	if (shift < 0)
		return slot;
	return (u64)(HIST_PARTS + slot % HIST_PARTS) << shift;
}

static u64 slot_end(size_t slot)
{
	return slot + 1 < HIST_SLOTS ? slot_start(slot + 1) - 1 : ~0ULL;
}

/**
 * hist_add - count a value
 * @h: histogram
 * @value: value
 */
void hist_add(struct hist *h, u64 value)
{
	if (!h->n || value < h->min)
		h->min = value;
	if (value > h->max)
		h->max = value;
	h->n++;
	h->sum += value;
	h->slots[slot_of(value)]++;
}

/**
 * hist_percentile - a value that so many of the values do not exceed
 * @h: histogram
 * @percent: how many of a hundred
 *
 * Return: the value, by the nearest-rank definition; 0 if there is none.
 */
u64 hist_percentile(const struct hist *h, double percent)
{
	double exact = h->n * percent / 100;
	u64 rank = exact;
	u64 seen = 0;
	size_t i;

	rank += (double)rank < exact || !rank;
	for (i = 0; i < HIST_SLOTS; i++) {
		u64 middle = slot_start(i) + (slot_end(i) - slot_start(i)) / 2;

		seen += h->slots[i];
		if (!h->n || seen < rank)
			continue;
		/* No further than what was seen. */
		if (middle > h->max)
			return h->max;
		return middle < h->min ? h->min : middle;
	}
	return 0;
}

/**
 * hist_mean - the mean of the values
 * @h: histogram
 *
 * Return: the mean, exact; 0 if there is none.
 */
double hist_mean(const struct hist *h)
{
	return h->n ? (double)h->sum / h->n : 0;
}

/**
 * hist_count - how many values lie in a range
 * @h: histogram
 * @from: a power of two, or 0
 * @to: a power of two, not in the range
 *
 * Return: the number.
 */
u64 hist_count(const struct hist *h, u64 from, u64 to)
{
	u64 n = 0;
	size_t i;

	for (i = slot_of(from); i < HIST_SLOTS && slot_start(i) < to; i++)
		n += h->slots[i];
	return n;
}

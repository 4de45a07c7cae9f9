/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From a record's fields to a class's. Where a field is in the record the trace says,
 * and which go where the class does (class_fields()). A field that the trace lacks
 * stays 0; one that the reader does not know is skipped.
 */
#ifndef RXPATH_FIELDS_H
#define RXPATH_FIELDS_H

#include <string.h>

#include <event-parse.h>

#include "trace/event.h"

#define MAX_FIELDS 16

/* Where a number is in a record. */
struct source {
	u16 offset;
	u8 size;
	bool sign;
};

struct fields {
	u8 n;
	struct {
		struct source from;
		u16 to;
		u8 to_size;
		u8 type;
		bool located;
	} field[MAX_FIELDS];
};

/* A field that a damaged record is too short for is 0. */
static inline u64 source_load(bool swap, const struct source *src, const struct tep_record *rec)
{
	const void *p = (const char *)rec->data + src->offset;
	u64 v8;
	u32 v4;
	u16 v2;
	u8 v1;

	if (src->offset + src->size > rec->size)
		return 0;
	switch (src->size) {
	case 1:
		memcpy(&v1, p, sizeof(v1));
		return src->sign ? (u64)(s64)(signed char)v1 : v1;
	case 2:
		memcpy(&v2, p, sizeof(v2));
		v2 = swap ? __builtin_bswap16(v2) : v2;
		return src->sign ? (u64)(s64)(short)v2 : v2;
	case 4:
		memcpy(&v4, p, sizeof(v4));
		v4 = swap ? __builtin_bswap32(v4) : v4;
		return src->sign ? (u64)(s64)(s32)v4 : v4;
	case 8:
		memcpy(&v8, p, sizeof(v8));
		return swap ? __builtin_bswap64(v8) : v8;
	default:
		return 0;
	}
}

bool source_find(struct tep_event *event, const char *name, struct source *src);
void fields_find(struct fields *fields, struct tep_event *event, enum event_class class);
void fields_load(const struct fields *fields, bool swap, const struct tep_record *rec,
		 union event_args *a);

#endif /* RXPATH_FIELDS_H */

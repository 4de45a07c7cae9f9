// SPDX-License-Identifier: GPL-2.0
/* Finding and reading the fields of records: see fields.h. */
#include "trace/fields.h"

/**
 * source_find - where an event's number is in its records
 * @event: event
 * @name: name of the field, or of one that every event has
 * @src: where to put it
 *
 * Return: false if there is none.
 */
bool source_find(struct tep_event *event, const char *name, struct source *src)
{
	struct tep_format_field *field = tep_find_any_field(event, name);

	if (!field || field->size > 255)
		return false;
	src->offset = field->offset;
	src->size = field->size;
	src->sign = field->flags & TEP_FIELD_IS_SIGNED;
	return true;
}

/**
 * fields_find - where a class's fields are in an event's records
 * @fields: where to put it
 * @event: event
 * @class: class
 */
void fields_find(struct fields *fields, struct tep_event *event, enum event_class class)
{
	const struct field *wanted;
	size_t n;
	size_t i;

	wanted = class_fields(class, &n);
	for (i = 0; i < n && fields->n < MAX_FIELDS; i++) {
		struct tep_format_field *field;

		field = tep_find_field(event, wanted[i].name);
		if (!field && class == EV_syscall)
			field = tep_find_field(event, "epfd");
		if (!field)
			continue;
		fields->field[fields->n].from.offset = field->offset;
		fields->field[fields->n].from.size = field->size;
		fields->field[fields->n].from.sign = field->flags & TEP_FIELD_IS_SIGNED;
		fields->field[fields->n].located = field->flags & TEP_FIELD_IS_DYNAMIC;
		fields->field[fields->n].to = wanted[i].offset;
		fields->field[fields->n].to_size = wanted[i].size;
		fields->field[fields->n].type = wanted[i].type;
		fields->n++;
	}
}

static void store(void *to, u8 size, u64 value)
{
	u16 v2 = value;
	u32 v4 = value;
	u8 v1 = value;

	switch (size) {
	case 1:
		memcpy(to, &v1, sizeof(v1));
		break;
	case 2:
		memcpy(to, &v2, sizeof(v2));
		break;
	case 4:
		memcpy(to, &v4, sizeof(v4));
		break;
	case 8:
		memcpy(to, &value, sizeof(value));
		break;
	}
}

/**
 * fields_load - read a record's fields
 * @fields: where they are
 * @swap: the trace is of the other byte order
 * @rec: the record
 * @a: where they go
 */
void fields_load(const struct fields *fields, bool swap, const struct tep_record *rec,
		 union event_args *a)
{
	u8 i;

	for (i = 0; i < fields->n; i++) {
		char *to = (char *)a + fields->field[i].to;
		struct source from;
		size_t len;

		if (fields->field[i].type == FIELD_INT) {
			store(to, fields->field[i].to_size,
			      source_load(swap, &fields->field[i].from, rec));
			continue;
		}
		from = fields->field[i].from;
		if (fields->field[i].located) {
			/* __data_loc: length in the high half, offset in the low. */
			u32 loc = source_load(swap, &from, rec);

			from.offset = loc & 0xffff;
			from.size = (loc >> 16) > 255 ? 255 : loc >> 16;
		}
		/* An array without an end ends with the record. */
		if (!from.size && (int)from.offset < rec->size)
			from.size = rec->size - from.offset > 255 ? 255 : rec->size - from.offset;
		if (from.offset + from.size > rec->size)
			continue;
		len = from.size < fields->field[i].to_size ? from.size : fields->field[i].to_size;
		memcpy(to, (const char *)rec->data + from.offset, len);
		if (fields->field[i].type == FIELD_STRING)
			to[fields->field[i].to_size - 1] = '\0';
		/* What was written ends with a line's end of its own, or without one. */
		if (!fields->field[i].from.size && !fields->field[i].located)
			to[strcspn(to, "\n")] = '\0';
	}
}

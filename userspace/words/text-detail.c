// SPDX-License-Identifier: GPL-2.0
/*
 * All that one event says, for whoever points at it.
 */
#include <string.h>

#include "base/lang.h"
#include "words/text.h"

/* Where an address or a mask is meant, a decimal number says nothing. */
static bool is_mask(const char *name)
{
	static const char *const masks[] = { "key", "flags", "icr", "status", "protocol" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(masks); i++)
		if (!strcmp(name, masks[i]))
			return true;
	return false;
}

/* As trace-cmd shows them, so that one finds them there. */
static bool is_id(const char *name)
{
	return !strcmp(name, "skb") || !strcmp(name, "into") || !strcmp(name, "clone");
}

static void field_text(struct strbuf *sb, const struct field *field, const union event_args *args)
{
	const u8 *at = (const u8 *)args + field->offset;
	u64 value = 0;
	u8 i;

	strbuf_addf(sb, "%s ", field->name);
	switch (field->type) {
	case FIELD_STRING:
		strbuf_addf(sb, "%.*s", field->size, (const char *)at);
		return;
	case FIELD_BYTES:
		for (i = 0; i < field->size; i++)
			strbuf_addf(sb, field->size == 4 ? "%s%u" : "%s%02x",
				    i ? (field->size == 4 ? "." : ":") : "", at[i]);
		return;
	default:
		/* The reader's own record, so of this machine's byte order. */
		memcpy(&value, at, field->size);
		strbuf_addf(sb,
			    is_id(field->name)	   ? "%08llx"
			    : is_mask(field->name) ? "0x%llx"
						   : "%llu",
			    (unsigned long long)value);
	}
}

/**
 * call_detail - all that an event says
 * @m: model
 * @call: call
 * @since: ns from the picture's zero to its start
 *
 * Return: lines, to be freed: the call and its result; where it lives and what
 * it is for; when, how long and where it ran; each field of its record.
 */
char *call_detail(const struct model *m, const struct call *call, s64 since)
{
	const struct kind *kind = kind_get(call->ev.kind);
	const struct field *fields;
	struct strbuf sb = { 0 };
	char time[NS_TEXT];
	size_t before;
	size_t i;
	size_t n;

	call_label(&sb, m, call);
	before = sb.len;
	strbuf_puts(&sb, " = ");
	n = sb.len;
	call_result(&sb, call);
	if (sb.len == n)
		sb.s[sb.len = before] = '\0';
	strbuf_addf(&sb, "\n%s%s%s\n", kind->file, *kind->file ? ": " : "", _(kind->why));
	strbuf_addf(&sb, _("at %s"), format_ns(time, sizeof(time), since));
	if (call->flags & CALL_OPEN)
		strbuf_puts(&sb, _(", not returned"));
	else if (call->ev.phase != PHASE_LEAF)
		strbuf_addf(&sb, _(", took %s"),
			    format_ns(time, sizeof(time), call_duration(call)));
	strbuf_addf(&sb, "; CPU %u, %s", call->ev.cpu, context_text(call->ev.ctx));
	if (call->ev.ctx == CTX_TASK) {
		strbuf_puts(&sb, " ");
		task_text(&sb, m, call->ev.pid);
	}
	fields = class_fields(kind->class, &n);
	/* The last of them, which older drivers do not tell. */
	if (kind->class == EV_rx_desc && !call->ev.a.rx_desc.count)
		n--;
	for (i = 0; i < n; i++) {
		strbuf_puts(&sb, i % 4 ? ", " : "\n");
		field_text(&sb, &fields[i], &call->ev.a);
	}
	return strbuf_take(&sb);
}

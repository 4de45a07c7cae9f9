// SPDX-License-Identifier: GPL-2.0
/*
 * Fields by name. Which there are says the class; what their values are called, the
 * table here, in the words of the trace's own text.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "words/field.h"
#include "words/text.h"

struct value_name {
	u32 value;
	const char *name;
};

static const struct value_name states[] = {
	{ 1, "ESTABLISHED" }, { 2, "SYN_SENT" },  { 3, "SYN_RECV" }, { 4, "FIN_WAIT1" },
	{ 5, "FIN_WAIT2" },   { 6, "TIME_WAIT" }, { 7, "CLOSE" },    { 8, "CLOSE_WAIT" },
	{ 9, "LAST_ACK" },    { 10, "LISTEN" },	  { 11, "CLOSING" }, { 12, "NEW_SYN_RECV" },
	{ 0, NULL },
};

static const struct value_name ops[] = { { 1, "ADD" }, { 2, "DEL" }, { 3, "MOD" }, { 0, NULL } };

static const struct value_name orders[] = {
	{ 0, "none" },	{ 1, "next" },	 { 2, "old" }, { 3, "overlap" },
	{ 4, "ahead" }, { 5, "beyond" }, { 0, NULL },
};

static const struct value_name paths[] = {
	{ 0, "none" }, { 1, "fast" }, { 2, "slow" }, { 0, NULL }
};

static const struct value_name acks[] = {
	{ 0, "none" }, { 1, "sent" }, { 2, "delayed" }, { 3, "compressed" }, { 0, NULL },
};

static const struct value_name routes[] = {
	{ 0, "none" },	   { 1, "unicast" },   { 2, "local" },	   { 3, "broadcast" },
	{ 4, "anycast" },  { 5, "multicast" }, { 6, "blackhole" }, { 7, "unreachable" },
	{ 8, "prohibit" }, { 0, NULL },
};

static const struct value_name protocols[] = {
	{ 1, "ICMP" }, { 6, "TCP" }, { 17, "UDP" }, { 58, "ICMPV6" }, { 0, NULL },
};

static const struct value_name types[] = {
	{ 0x0800, "IP" },
	{ 0x0806, "ARP" },
	{ 0x86dd, "IPV6" },
	{ 0, NULL },
};

static const struct value_name softirqs[] = {
	{ 0, "HI" },	  { 1, "TIMER" },    { 2, "NET_TX" },  { 3, "NET_RX" },
	{ 4, "BLOCK" },	  { 5, "IRQ_POLL" }, { 6, "TASKLET" }, { 7, "SCHED" },
	{ 8, "HRTIMER" }, { 9, "RCU" },	     { 0, NULL },
};

static const struct value_name tcp_flags[] = {
	{ 0x02, "SYN" }, { 0x01, "FIN" }, { 0x04, "RST" }, { 0x08, "PSH" }, { 0x10, "ACK" },
	{ 0x20, "URG" }, { 0x40, "ECE" }, { 0x80, "CWR" }, { 0, NULL },
};

static const struct value_name events[] = {
	{ 0x0001, "IN" },
	{ 0x0002, "PRI" },
	{ 0x0004, "OUT" },
	{ 0x0008, "ERR" },
	{ 0x0010, "HUP" },
	{ 0x2000, "RDHUP" },
	{ 0x10000000, "EXCLUSIVE" },
	{ 0x20000000, "WAKEUP" },
	{ 0x40000000, "ONESHOT" },
	{ 0x80000000, "ET" },
	{ 0, NULL },
};

static const struct value_name message_flags[] = {
	{ 0x0001, "OOB" },     { 0x0002, "PEEK" },     { 0x0020, "TRUNC" }, { 0x0040, "DONTWAIT" },
	{ 0x0100, "WAITALL" }, { 0x2000, "ERRQUEUE" }, { 0, NULL },
};

static const struct value_name causes[] = {
	{ 0x80, "RXT0" }, { 0x40, "RXO" },  { 0x10, "RXDMT0" }, { 0x04, "LSC" },
	{ 0x02, "TXQE" }, { 0x01, "TXDW" }, { 0, NULL },
};

static const struct words {
	const char *field;
	enum event_class class; /* EV_NR: any that no row before is of */
	const char *prefix; /* that programs write before the name */
	const struct value_name *names; /* up to one without a name */
} rows[] = {
	{ "state", EV_NR, "TCP_", states },
	{ "state_after", EV_NR, "TCP_", states },
	{ "op", EV_epoll_ctl, "EPOLL_CTL_", ops },
	{ "order", EV_NR, "", orders },
	{ "path", EV_NR, "", paths },
	{ "acked", EV_NR, "", acks },
	{ "type", EV_route, "RTN_", routes },
	{ "type", EV_route6, "RTN_", routes },
	{ "proto", EV_NR, "IPPROTO_", protocols },
	{ "protocol", EV_NR, "ETH_P_", types },
	{ "vec", EV_vector, "", softirqs },
	{ "flags", EV_tcp, "", tcp_flags },
	{ "flags", EV_tcp6, "", tcp_flags },
	{ "flags", EV_recv, "MSG_", message_flags },
	{ "events", EV_NR, "EPOLL", events },
	{ "key", EV_NR, "EPOLL", events },
	{ "icr", EV_cause, "", causes },
	{ "ret", EV_poll, "EPOLL", events },
	{ "ret", EV_epoll_item, "EPOLL", events },
};

/* Every event has it. */
static const struct field ret_field = { .name = "ret", .size = 8, .type = FIELD_INT, .sign = true };

static const struct words *words_of(const struct field *field, u16 kind)
{
	enum event_class class = kind_get(kind)->class;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!strcmp(rows[i].field, field->name) &&
		    (rows[i].class == class || rows[i].class == EV_NR))
			return &rows[i];
	return NULL;
}

/**
 * field_find - a field by its name
 * @kind: of the call
 * @name: name
 *
 * Return: the field, NULL if calls of that kind have none of that name.
 */
const struct field *field_find(u16 kind, const char *name)
{
	const struct field *fields;
	size_t n;
	size_t i;

	fields = class_fields(kind_get(kind)->class, &n);
	for (i = 0; i < n; i++)
		if (!strcmp(fields[i].name, name))
			return &fields[i];
	return strcmp(name, ret_field.name) ? NULL : &ret_field;
}

/**
 * field_nearest - the field that a wrong name was meant for
 * @kind: of the call
 * @name: wrong name
 *
 * Return: the most similar name.
 */
const char *field_nearest(u16 kind, const char *name)
{
	const struct field *fields;
	struct nearest nearest;
	size_t n;
	size_t i;

	nearest_begin(&nearest);
	fields = class_fields(kind_get(kind)->class, &n);
	for (i = 0; i < n; i++)
		nearest_try(&nearest, name, fields[i].name);
	nearest_try(&nearest, name, ret_field.name);
	return nearest.name;
}

/**
 * field_value - a call's number
 * @field: a field of numbers
 * @ev: the call's event
 *
 * Return: the number.
 */
s64 field_value(const struct field *field, const struct event *ev)
{
	const char *at = (const char *)&ev->a + field->offset;
	signed char s1;
	short s2;
	s32 s4;
	u64 value = 0;

	if (field == &ret_field)
		return ev->ret;
	if (field->sign && field->size == 1)
		return memcpy(&s1, at, 1), s1;
	if (field->sign && field->size == 2)
		return memcpy(&s2, at, 2), s2;
	if (field->sign && field->size == 4)
		return memcpy(&s4, at, 4), s4;
	/* The reader's own record, so of this machine's byte order. */
	memcpy(&value, at, field->size <= sizeof(value) ? field->size : sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value >>= 64 - 8 * field->size;
#endif
	return value;
}

/**
 * field_is - does a call's text or address equal another
 * @field: a field of text or of bytes
 * @ev: the call's event
 * @text: what is compared
 *
 * Return: true if it does.
 */
bool field_is(const struct field *field, const struct event *ev, const char *text)
{
	const char *at = (const char *)&ev->a + field->offset;
	u8 address[16];

	if (field->type == FIELD_STRING)
		return !strncmp(at, text, field->size) && strlen(text) <= field->size;
	if (inet_pton(field->size == 4 ? AF_INET : AF_INET6, text, address) != 1)
		return false;
	return !memcmp(at, address, field->size);
}

static int parse_error(const char *text, s64 *value)
{
	int i;

	for (i = 1; i < 4096; i++) {
		if (strcmp(errno_text(-i), text))
			continue;
		*value = -i;
		return 0;
	}
	return -1;
}

static const char *without(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(text, prefix, len) ? text : text + len;
}

/**
 * field_parse - a value as people write it
 * @field: field
 * @kind: of the call
 * @text: a number, or a name that the field's values have; for what a call returned,
 *	also that of an error
 * @value: result; of text and addresses none
 *
 * Return: 0, or -1 if it is none.
 */
int field_parse(const struct field *field, u16 kind, const char *text, s64 *value)
{
	const struct words *words = words_of(field, kind);
	u8 address[16];
	char *end;
	size_t i;

	if (field->type == FIELD_STRING)
		return 0;
	if (field->type == FIELD_BYTES)
		return inet_pton(field->size == 4 ? AF_INET : AF_INET6, text, address) == 1 ? 0
											    : -1;
	errno = 0;
	*value = strtoll(text, &end, 0);
	if (!errno && end != text && !*end)
		return 0;
	for (i = 0; words && words->names[i].name; i++) {
		if (strcmp(without(text, words->prefix), words->names[i].name))
			continue;
		*value = words->names[i].value;
		return 0;
	}
	return field == &ret_field ? parse_error(text, value) : -1;
}

/**
 * field_text - a call's value as people read it
 * @field: field
 * @kind: of the call
 * @ev: its event
 *
 * Return: the text, to be freed.
 */
char *field_text(const struct field *field, u16 kind, const struct event *ev)
{
	const struct words *words = words_of(field, kind);
	const char *at = (const char *)&ev->a + field->offset;
	char address[INET6_ADDRSTRLEN];
	s64 value;
	size_t i;

	if (field->type == FIELD_STRING)
		return xasprintf("%.*s", field->size, at);
	if (field->type == FIELD_BYTES)
		return xstrdup(inet_ntop(field->size == 4 ? AF_INET : AF_INET6, at, address,
					 sizeof(address)));
	value = field_value(field, ev);
	for (i = 0; words && words->names[i].name; i++)
		if (words->names[i].value == (u64)value)
			return xstrdup(words->names[i].name);
	if (field == &ret_field && value < 0)
		return xstrdup(errno_text(value));
	/* Bits that have no name together. */
	return xasprintf(words && value > 15 ? "0x%llx" : "%lld", value);
}

/**
 * field_names - what a field's values are called
 * @field: field
 * @kind: of the call
 *
 * Return: the names, separated by commas, to be freed; NULL if they have none.
 */
char *field_names(const struct field *field, u16 kind)
{
	const struct words *words = words_of(field, kind);
	struct strbuf sb = { 0 };
	size_t i;

	for (i = 0; words && words->names[i].name; i++)
		strbuf_addf(&sb, "%s%s", i ? ", " : "", words->names[i].name);
	return sb.s;
}

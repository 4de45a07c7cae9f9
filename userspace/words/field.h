/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A call's fields by name, and the names that their values have.
 */
#ifndef RXPATH_FIELD_H
#define RXPATH_FIELD_H

#include "model/calls.h"

const struct field *field_find(u16 kind, const char *name);
const char *field_nearest(u16 kind, const char *name);
s64 field_value(const struct field *field, const struct event *ev);
bool field_is(const struct field *field, const struct event *ev, const char *text);
int field_parse(const struct field *field, u16 kind, const char *text, s64 *value);
char *field_text(const struct field *field, u16 kind, const struct event *ev);
char *field_names(const struct field *field, u16 kind);

#endif /* RXPATH_FIELD_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Exporting: one file per format, each fed with packets and call trees.
 */
#ifndef RXPATH_EXPORT_H
#define RXPATH_EXPORT_H

#include <stdio.h>

#include "base/choice.h"
#include "base/json.h"
#include "model/select.h"

struct export_format;

struct exporter {
	const struct export_format *format;
	const struct model *m;
	const struct selection *sel;
	const char *path; /* the trace */
	const char *pcap; /* frames of the wire, NULL if none */
	bool brief; /* what matters most alone, of the formats that know that */
	FILE *out;
	/* Draws a packet, as a part of an HTML page. */
	void (*picture)(const struct model *m, const struct packet *p, FILE *out);
	struct json json; /* of the formats that are JSON; writes to @out */
	void *priv;
	u64 packets; /* written */
	int failed; /* of the format's end */
};

/*
 * A format: its file, and its row in export.c. It takes packets, call trees or both;
 * what it leaves NULL it does not.
 */
struct export_format {
	const char *name;
	const char *help;
	bool takes_pcap;
	bool takes_brief;
	bool translated; /* for people; programs read the others: always in English */
	int (*begin)(struct exporter *x);
	/* A tree of calls that no other call encloses, complete. */
	void (*root)(struct exporter *x, const struct call *root);
	/* A packet that is judged. */
	void (*packet)(struct exporter *x, const struct packet *p);
	int (*end)(struct exporter *x);
};

extern const struct export_format export_json;
extern const struct export_format export_perfetto;
extern const struct export_format export_pcapng;
extern const struct export_format export_folded;
extern const struct export_format export_csv;
extern const struct export_format export_html;
extern const struct export_format export_markdown;

extern const struct choices export_formats;

const struct export_format *export_find(const char *name);

#define TRACE_SCHEMA_VERSION 1

#endif /* RXPATH_EXPORT_H */

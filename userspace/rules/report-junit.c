// SPDX-License-Identifier: GPL-2.0
/*
 * A report in JUnit's XML, as CI servers read it: a test case for each check.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/html.h"
#include "base/lang.h"
#include "rules/report.h"

static void put_attribute(const char *key, const char *text)
{
	struct strbuf sb = { 0 };

	html_escape(&sb, text);
	printf(" %s=\"%s\"", key, sb.s ? sb.s : "");
	strbuf_free(&sb);
}

static unsigned int count(const struct report *report, enum verdict_of verdict)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < report->rulings.n; i++)
		n += ((const struct ruling *)report->rulings.v[i])->finding.verdict == verdict;
	return n;
}

static void put_outcome(const struct ruling *ruling)
{
	static const char *const elements[] = {
		[RULE_BROKEN] = "failure",
		[RULE_SKIPPED] = "skipped",
		[RULE_UNKNOWN] = "error",
	};
	const char *element = elements[ruling->finding.verdict];
	char *details = ruling_details(ruling);
	char *message = ruling_message(ruling);
	struct strbuf sb = { 0 };

	html_escape(&sb, details ? details : "");
	printf("      <%s", element);
	put_attribute("message", message ? message : "");
	printf(">%s</%s>\n", sb.s ? sb.s : "", element);
	strbuf_free(&sb);
	free(details);
	free(message);
}

static void put_case(const struct ruling *ruling)
{
	char *name = ruling_name(ruling);

	fputs("    <testcase", stdout);
	put_attribute("classname", ruling->check->file);
	put_attribute("name", name);
	free(name);
	if (ruling->finding.verdict == RULE_HOLDS) {
		puts("/>");
		return;
	}
	puts(">");
	put_outcome(ruling);
	puts("    </testcase>");
}

static void write_junit(const struct report *report)
{
	size_t i;

	puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
	puts("<testsuites>");
	fputs("  <testsuite", stdout);
	put_attribute("name", report->trace);
	printf(" tests=\"%zu\" failures=\"%u\" errors=\"%u\" skipped=\"%u\">\n", report->rulings.n,
	       count(report, RULE_BROKEN), count(report, RULE_UNKNOWN),
	       count(report, RULE_SKIPPED));
	for (i = 0; i < report->rulings.n; i++) {
		const struct ruling *ruling = report->rulings.v[i];

		if (ruling->finding.verdict != RULE_HOLDS || !report->quiet)
			put_case(ruling);
	}
	puts("  </testsuite>");
	puts("</testsuites>");
}

const struct report_format report_junit = {
	.name = "junit",
	.help = N_("XML for CI servers, a test case for each check"),
	.write = write_junit,
};

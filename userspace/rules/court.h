/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Holding a trace to rules: one pass, and a ruling for each check.
 */
#ifndef RXPATH_COURT_H
#define RXPATH_COURT_H

#include "rules/report.h"

int court_hold(const struct rules *rules, const struct trace_args *trace, struct report *report);
void report_free(struct report *report);

#endif /* RXPATH_COURT_H */

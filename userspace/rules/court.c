// SPDX-License-Identifier: GPL-2.0
/*
 * The pass over the trace, in which each block sees what it may choose; then a ruling
 * for each check.
 */
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/say.h"
#include "model/stream.h"
#include "rules/callset.h"
#include "rules/check.h"
#include "rules/court.h"
#include "trace/input.h"

/* What is carried along a trace. */
struct court {
	const struct rules *rules;
	struct input *in;
	struct report *report;
	struct ptrs trials; /* struct trial */
	u8 *seen; /* kinds of events that there are */
	u64 losses; /* gaps in the trace */
	u64 lost; /* events, or gaps if there are more */
	int ret;
};

static void look_at_calls(struct court *c, const struct model *m, const struct call *call)
{
	const struct call *child;
	size_t i;

	c->losses += call->ev.kind == KIND_LOST;
	c->seen[call->ev.kind] = 1;
	for (i = 0; i < c->trials.n; i++)
		trial_call(c->trials.v[i], m, call);
	for (child = call->child; child; child = child->next)
		look_at_calls(c, m, child);
}

static void on_root(void *priv, const struct model *m, const struct call *root)
{
	look_at_calls(priv, m, root);
}

static void on_packet(void *priv, const struct model *m, const struct packet *p)
{
	struct court *c = priv;
	size_t i;

	for (i = 0; i < c->trials.n; i++)
		trial_packet(c->trials.v[i], m, p);
}

static void note_skipped(struct finding *v, const struct trial *t)
{
	char *text;

	if (v->verdict != RULE_BROKEN || !t->skipped)
		return;
	text = xasprintf(_("%u incomplete packets left out"), t->skipped);
	finding_note(v, text);
	free(text);
}

/* What is said of a task or of a part of the trace that is nowhere says nothing. */
static char *unknown_part(const struct model *m, const struct block *block,
			  const struct check *check)
{
	char *reason = window_unknown(block, m);
	size_t i;

	if (!reason)
		reason = task_unknown(m, block->task);
	if (!reason && block->calls)
		reason = task_unknown(m, block->calls->task);
	for (i = 0; !reason && i < check->sets.n; i++)
		reason = task_unknown(m, ((const struct callset *)check->sets.v[i])->task);
	if (!reason && check->kind->names_task)
		reason = task_unknown(m, check->name);
	return reason;
}

static void rule(const struct court *c, const struct model *m, const struct trial *t, size_t nr,
		 struct finding *v)
{
	const struct watched w = { .m = m, .seen = c->seen, .lost = c->lost };
	const struct check *check = t->block->checks.v[nr];

	if (kernel_rules_out(check, c->report->kernel, v))
		return;
	v->reason = unknown_part(m, t->block, check);
	if (v->reason)
		v->verdict = RULE_UNKNOWN;
	else
		check_judge(t, nr, c->lost, v);
	if (v->reason || check->answer)
		return;
	v->reason = watch_unknown(&w, t->block, check, v);
	if (v->reason)
		v->verdict = RULE_UNKNOWN;
}

static void rule_on(struct court *c, const struct model *m, const struct trial *t)
{
	size_t i;

	for (i = 0; i < t->block->checks.n; i++) {
		struct ruling *ruling = xcalloc(1, sizeof(*ruling));

		ruling->block = t->block;
		ruling->check = t->block->checks.v[i];
		rule(c, m, t, i, &ruling->finding);
		note_skipped(&ruling->finding, t);
		ptrs_add(ruling->check->answer ? &c->report->values : &c->report->rulings, ruling);
	}
}

static const struct ruling *ruling_of(const struct report *report, const struct check *check)
{
	size_t i;

	for (i = 0; i < report->rulings.n; i++) {
		const struct ruling *ruling = report->rulings.v[i];

		if (ruling->check == check)
			return ruling;
	}
	return NULL;
}

/* A parent stands before its children. */
static void skip_orphans(const struct report *report)
{
	size_t i;

	for (i = 0; i < report->rulings.n; i++) {
		struct ruling *ruling = report->rulings.v[i];
		const struct check *parent = ruling->check->parent;
		const struct ruling *above = parent ? ruling_of(report, parent) : NULL;

		if (!above || above->finding.verdict == RULE_HOLDS)
			continue;
		finding_free(&ruling->finding);
		ruling->finding = (struct finding){ .verdict = RULE_SKIPPED };
		ruling->finding.reason = xasprintf(_("%s did not pass"), parent->id);
	}
}

static void on_end(void *priv, const struct model *m)
{
	struct court *c = priv;
	size_t i;

	c->lost = m->calls.lost > c->losses ? m->calls.lost : c->losses;
	c->report->kernel = xstrdup(input_kernel(c->in));
	/* Only now are the names known that the trace alone has. */
	c->ret = names_check(c->rules);
	for (i = 0; !c->ret && i < c->trials.n; i++) {
		trial_finish(c->trials.v[i], m);
		rule_on(c, m, c->trials.v[i]);
	}
	skip_orphans(c->report);
}

/**
 * court_hold - hold a trace to rules
 * @rules: rules
 * @trace: the trace, and what of it is chosen
 * @report: where the rulings go
 *
 * Return: 0, EXIT_FAILED if the trace cannot be read, EXIT_USAGE if the rules name
 * what is not; both after one line.
 */
int court_hold(const struct rules *rules, const struct trace_args *trace, struct report *report)
{
	static const struct stream_ops ops = {
		.root = on_root,
		.packet = on_packet,
		.end = on_end,
	};
	/* A byte for each number that a kind may have. */
	struct court c = { .rules = rules, .report = report, .seen = xcalloc(1 << 16, 1) };
	int ret = EXIT_FAILED;
	size_t i;

	c.in = input_open(trace->path);
	report->trace = trace->path;
	for (i = 0; i < rules->blocks.n; i++)
		ptrs_add(&c.trials, trial_new(rules->blocks.v[i], &trace->sel));
	if (c.in)
		ret = stream_trace(c.in, &ops, &c);
	for (i = 0; i < c.trials.n; i++)
		trial_free(c.trials.v[i]);
	ptrs_free(&c.trials);
	free(c.seen);
	return ret ? EXIT_FAILED : c.ret;
}

/**
 * report_free - drop what a report is made of
 * @report: report
 */
void report_free(struct report *report)
{
	struct ptrs *lists[] = { &report->rulings, &report->values };
	size_t i;
	size_t n;

	for (n = 0; n < ARRAY_SIZE(lists); n++) {
		for (i = 0; i < lists[n]->n; i++) {
			struct ruling *ruling = lists[n]->v[i];

			finding_free(&ruling->finding);
			free(ruling);
		}
		ptrs_free(lists[n]);
	}
	free(report->kernel);
}

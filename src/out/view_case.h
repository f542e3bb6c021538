/*
 * What a person sees of a case beside its bare rows: who demanded it and with which papers, what
 * the order states, who examined and decided it and why. Parts of view_matter (view.h).
 *
 * Reasons and texts are for those who work on cases; an auditor sees that there are some.
 */
#ifndef WRIT_VIEW_CASE_H
#define WRIT_VIEW_CASE_H

#include "desk/gate.h"

/* view_case_head(c, in, actor, m, orders, j): sets "demand": {"demand", "channel", "country",
 * "body", "level", "language", "verified", "received", "authority": as it was read} and "papers":
 * view_papers. Nothing for who does not read demands. */
int view_case_head(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, const struct legal_orders *orders, struct json *j) MUST_CHECK;
/* view_case_order(c, in, actor, g, j): sets "received", "class", "emergency", "cures", "amends";
 * "facts": [{"name", "says", "says_de", "value"}]; "pauses": [{"reason", "from", "until"}];
 * "examined": {"passed", "by", "at", "reason", "stale": the facts have changed since}; and what
 * view_acts does. */
int view_case_order(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate *g, struct json *j) MUST_CHECK;
/* view_case_decision(c, in, actor, row, j): of SQL_DECISION_BY_ID; sets "decision": {"verdict",
 * "code", "from", "to", "by", "at", "reason", "second": who approved it}. */
int view_case_decision(struct ctx *c, struct instance *in, const struct person *actor,
    const struct db_val *row, struct json *j) MUST_CHECK;
/* view_case_answer(c, in, actor, f, j): who answered a finding, and why. */
int view_case_answer(struct ctx *c, struct instance *in, const struct person *actor,
    const struct gate_finding *f, struct json *j) MUST_CHECK;

#endif

/*
 * The two bars on claims (P7): nothing is claimed in a case with an emergency, nor in one about
 * child abuse. What says so is noted in the step in which it is said, in a table that the schema
 * looks at; it stays, whatever is entered afterwards.
 */
#ifndef WRIT_CLAIM_BAR_H
#define WRIT_CLAIM_BAR_H

#include "desk/gate.h"

/* claim_bar_says(g): "emergency", "child_abuse", or "" as the facts of the order stand: an
 * emergency by its instrument, the paper or a person (gate_emergency); order.child_abuse,
 * order.eu_offence_list, a report to the clearing house for missing children. */
struct str claim_bar_says(const struct gate *g);
/* claim_bar_look(c, s, g): notes what the facts say, once for a case. Inside every step that judges
 * an order. */
int claim_bar_look(struct ctx *c, struct step *s, const struct gate *g) MUST_CHECK;
/* claim_bar_find(c, in, matter, ret): the kind on record, or what its orders show; "" for none. */
int claim_bar_find(struct ctx *c, struct instance *in, int64_t matter, struct str *ret) MUST_CHECK;
/* claim_bar_set(c, in, actor, m, kind): a person says it of a case. Nobody takes it back. */
int claim_bar_set(struct ctx *c, struct instance *in, const struct person *actor,
    const struct matter *m, struct str kind) MUST_CHECK;

#endif

/*
 * What the bands of all editions give away together: each number that a band protects, over every
 * window of time that editions have shown, as a system for the disclosure audit (audit/audit.h). An
 * edition is refused when a reader could place any of these numbers more closely than its band, its
 * own or one of an edition before. Only bands enter: what stands in an exact figure has no demand
 * of theirs in it (SPEC.md 5.2, 7).
 *
 * Nothing of the cases is looked at, only what is or would be published: so what it says is what a
 * reader can find too.
 */
#ifndef WRIT_DISCLOSURE_H
#define WRIT_DISCLOSURE_H

#include "desk/edition.h"

/* disclosure_check(c, in, e, f, ret): e with the figures f, as if it were published now, together
 * with all published editions whose periods it touches, itself or through others; where e is
 * published, with those that were out then. Appends a breach
 * "disclosure" for each band that would be narrowed, or that could not be shown to be safe: which
 * band, what a reader could tell, out of which editions. ERR_LIMIT when more editions hang together
 * than the audit takes. */
int disclosure_check(struct ctx *c, struct instance *in, const struct edition *e,
    const struct figures *f, struct instant at, struct breaches *ret) MUST_CHECK;

#endif

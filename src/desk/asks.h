/*
 * What an edition is asked about and may still be published with: numbers of countries whose law
 * nobody read at the source (law/limit.h), and a band that stands where no edition before had one,
 * which a reader may take for a sign.
 */
#ifndef WRIT_ASKS_H
#define WRIT_ASKS_H

#include "desk/edition.h"

/* asks_check(c, in, e, f, ret): appends breaches with `asks` set. */
int asks_check(struct ctx *c, struct instance *in, const struct edition *e, const struct figures *f,
    struct breaches *ret) MUST_CHECK;

#endif

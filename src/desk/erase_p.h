/* The parts of an erasure. Private to erase*.c. */
#ifndef WRIT_ERASE_P_H
#define WRIT_ERASE_P_H

#include "desk/erase.h"

/* erase_unit_matter / erase_unit_demand: what the rules say of one case, or of a demand without
 * one, now. ERR_NOTFOUND. */
int erase_unit_matter(
    struct ctx *c, struct instance *in, int64_t matter, struct erase_unit *ret) MUST_CHECK;
int erase_unit_demand(
    struct ctx *c, struct instance *in, struct str ref, struct erase_unit *ret) MUST_CHECK;
/* erase_unit_again(c, in, u): the same unit, read anew. */
int erase_unit_again(struct ctx *c, struct instance *in, struct erase_unit *u) MUST_CHECK;
/* erase_find(c, in, actor, ref, ret): one case or demand that exists for the actor; its role was
 * asked before. */
int erase_find(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct erase_unit *ret) MUST_CHECK;
/* erase_needs(c, in, p, right): one of the rights to lists, which the role of the rules gives too.
 * ERR_NOTFOUND when no list of rules is in force. */
int erase_needs(
    struct ctx *c, const struct instance *in, const struct person *p, enum right right) MUST_CHECK;

/* erase_rows(c, s, u, erasure, at): inside the step whose erasure row is written already: every row
 * of the unit goes on without its personal detail, and the entries that told of it lose theirs. */
int erase_rows(struct ctx *c, struct step *s, const struct erase_unit *u, int64_t erasure,
    struct instant at) MUST_CHECK;

#endif

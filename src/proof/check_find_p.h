/*
 * The list of what check found: neighbours are joined while it is filled, sentences are made at the
 * end. Private to check.c, split off for size only.
 */
#ifndef WRIT_CHECK_FIND_P_H
#define WRIT_CHECK_FIND_P_H

#include "proof/check.h"

/* check_find_add(rep, kind, from, to, tile, bundle): notes that the entries [from, to) are
 * concerned, and the tile or (bundle) the bundle of that place; tile may be NULL. Joined with a
 * neighbour of the same kind; above CHECK_FINDINGS_MAX only counted. */
void check_find_add(struct check_report *rep, enum check_kind kind, uint64_t from, uint64_t to,
    const struct tile *tile, bool bundle);
/* check_find_tell(c, f): fills in f->text. */
void check_find_tell(struct ctx *c, struct check_finding *f);

#endif

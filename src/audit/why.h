/*
 * Reasons: that no solution lies in a region is proved, checked again, and then cut down to the
 * figures without which it would not follow, so that a person can follow it too.
 */
#ifndef WRIT_WHY_H
#define WRIT_WHY_H

#include "audit/infer.h"

/* why_none(c, s, part, lo, hi, ret): proves that no value from lo to hi has a solution, with as few
 * rows as possible. SEEK_NONE and *ret filled; SEEK_FOUND: there is one (in s->spread->lo);
 * SEEK_LIMIT. *rc: ERR_FAIL when the proof does not pass recheck.h. */
enum seek_end why_none(struct ctx *c, struct seek *s, struct part *part, int64_t lo, int64_t hi,
    struct infer_why *ret, int *rc);

#endif

/*
 * From one solution to the next: the target's value goes up or down by one, and as few unknowns as
 * possible with it, each by one, so that every row holds again. In a table with totals such moves
 * are closed ways through it: one count up, its neighbour in the row down, that one's neighbour in
 * the column up, and so on. A move that was found is tried again first.
 *
 * A search for a move, not for a proof: that none was found says nothing. What it makes is checked
 * by recheck.h like any other solution.
 */
#ifndef WRIT_MOVE_H
#define WRIT_MOVE_H

#include "audit/part.h"

struct move;

/* move_make(c, part): room for what part->m can hold; follows the part as it is filled. */
struct move *move_make(struct ctx *c, const struct part *part);
/* move_start(s, x): begins at a solution of the part as it is filled now, x by number. */
void move_start(struct move *s, const int64_t *x);
/* move_to(s, x, by): the value one higher (by = 1) or lower (by = -1): x is changed, and true; else
 * x stays. */
bool move_to(struct move *s, int64_t *x, int64_t by);

#endif

/*
 * A connected part of a model under one view: the unknowns that rows tie together, with those rows,
 * and the value of one target as one more unknown tied by its definition. What lies in other parts
 * cannot change what a reader learns here, so every question is asked of one part.
 *
 * Unknowns and rows keep the model's numbers. The target's value has the number m->n_unknowns, its
 * definition (sum - value = 0) the number m->n_rows.
 */
#ifndef WRIT_PART_H
#define WRIT_PART_H

#include "audit/model.h"

#define PART_NO_TARGET SIZE_MAX

struct part_row {
	size_t number;
	struct model_sum sum;
	int64_t lo, hi;
	bool off; /* left out for the moment: is it needed at all? */
};

struct part {
	const struct model *m;
	struct model_view view;
	size_t target; /* PART_NO_TARGET */
	size_t value;  /* number of the target's value; PART_NO_TARGET */
	size_t *vars, n_vars;
	struct part_row *rows;
	size_t n_rows;
	int64_t *lo, *hi; /* by number of the unknown, m->n_unknowns + 1 of them */
	size_t **touch;   /* by number: indexes into rows of the rows with this unknown */
	size_t *n_touch;
	unsigned assume; /* the assumptions that its rows hang on */
	bool superseded; /* a row of it was corrected */
};

/* part_of_target(c, m, view, target): the part in which the target's unknowns lie, joined. */
struct part *part_of_target(
    struct ctx *c, const struct model *m, struct model_view view, size_t target);
/* part_of_unknown(c, m, view, unknown): without a target. */
struct part *part_of_unknown(
    struct ctx *c, const struct model *m, struct model_view view, size_t unknown);

#endif

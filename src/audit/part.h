/*
 * A connected part of a model under one view: the unknowns that rows tie together, with those rows,
 * and the value of one target as one more unknown tied by its definition. What lies in other parts
 * cannot change what a reader learns here, so every question is asked of one part.
 *
 * An unknown that is published exactly, by a row that counts under every view, ties nothing: its
 * value is the same whatever the others are. It belongs to each part whose rows name it, together
 * with the rows that are about such unknowns of the part alone, and the part ends there (`edge`).
 * So a few figures that are kept back among thousands that are not make small parts.
 *
 * Unknowns and rows keep the model's numbers. The target's value has the number m->n_unknowns, its
 * definition (sum - value = 0) the number m->n_rows. Filling costs as much as the part is large.
 */
#ifndef WRIT_PART_H
#define WRIT_PART_H

#include "audit/model.h"

#define PART_NO_TARGET SIZE_MAX
#define PART_NONE SIZE_MAX

struct part_row {
	size_t number;
	struct model_sum sum;
	int64_t lo, hi;
	bool off; /* left out for the moment: is it needed at all? */
};

/* A row with an unknown in it. */
struct part_touch {
	size_t row; /* number of the model */
	int64_t times;
};

struct part {
	const struct model *m;
	struct model_view view;
	size_t target;        /* PART_NO_TARGET */
	size_t value;         /* number of the target's value; PART_NO_TARGET */
	size_t *vars, n_vars; /* in the order of their numbers, the value last */
	size_t *open, n_open; /* of them those that are not at its edge, without the value */
	/* of these the ones that rows which are on name: what a search has to look at */
	size_t *look, n_look;
	struct part_row *rows;  /* in the order of their numbers */
	size_t n_rows, n_terms; /* n_terms: of all rows together */
	int64_t *lo, *hi;       /* by number of the unknown, m->n_unknowns + 1 of them */
	bool *in, *edge;        /* by number of the unknown */
	int64_t *asked;         /* by number: its factor in the target's sum */
	size_t *row_at;         /* by number of the row: its place in rows, or PART_NONE */
	struct part_touch
	    *touch;      /* of all rows of the model, those of unknown u from start[u] on */
	size_t *start;   /* m->n_unknowns + 1 */
	unsigned assume; /* the assumptions that its rows hang on */
	bool superseded; /* a row of it was corrected */
	size_t serial;   /* another one whenever the unknowns or rows are others */
	/* private */
	bool *fixed, *seen;
	struct model_term *own;
	size_t *met; /* by row: how many of its unknowns lie at the edge */
	bool single;
};

/* part_make(c, m): room for one part at a time, empty. The model does not change afterwards. */
struct part *part_make(struct ctx *c, const struct model *m);
/* Each makes it the part: in which the target's unknowns lie, joined; in which this unknown, this
 * row lies, without a target. */
void part_fill_target(struct part *p, struct model_view view, size_t target);
void part_fill_unknown(struct part *p, struct model_view view, size_t unknown);
void part_fill_row(struct part *p, struct model_view view, size_t row);
/* part_on(p): after rows were put off or on. */
void part_on(struct part *p);
/* A new room with one part. */
struct part *part_of_target(
    struct ctx *c, const struct model *m, struct model_view view, size_t target);
struct part *part_of_unknown(
    struct ctx *c, const struct model *m, struct model_view view, size_t unknown);

#endif

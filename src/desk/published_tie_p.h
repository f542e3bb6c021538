/*
 * Private to desk: what ties the figures of published tables together, as sums over those that are
 * not exact. Exact figures are numbers in a sum and words in its text; a printed band, a blank and
 * what is no number are unknowns.
 *
 *   outcomes of a row = its requests or accounts      parts of a row = their whole
 *   rows of a table = its printed total               a printed percentage of a whole
 *   cells of other tables = a cell, where the mapping says so (ties)
 */
#ifndef WRIT_PUBLISHED_TIE_P_H
#define WRIT_PUBLISHED_TIE_P_H

#include "desk/published_p.h"

/* What a reader may have to take for granted: these two, then those of the mapping's ties. */
enum { TIE_BLANK, TIE_UNIT, TIE_OWN };
enum { TIE_ASSUMPTIONS = TIE_OWN + MAP_ASSUMPTIONS_MAX, TIE_CELLS_MAX = 2000000 };
#define TIE_NONE SIZE_MAX

enum tie_kind {
	TIE_NO_FIGURE, /* the upper edge of a band in two columns; a share */
	TIE_EXACT,
	TIE_BAND,
	TIE_EMPTY, /* nothing stands there */
	TIE_OPEN   /* a number, but nothing is known of it */
};

struct tie_node {
	enum tie_kind kind;
	int64_t lo, hi; /* TIE_EXACT, TIE_BAND */
	size_t up;      /* of the forest of what is tied together */
	size_t first;   /* at a root: its first relation, else TIE_NONE */
	size_t read, row, col;
	bool crowded; /* something that ties it was too large to be used */
	bool told;    /* its band was counted */
};

struct tie_term {
	size_t node;
	int64_t times;
};

/* lo <= sum <= hi; INT64_MIN, INT64_MAX: open. */
struct tie_relation {
	struct str text;
	struct tie_term *terms;
	size_t n;
	int64_t lo, hi;
	unsigned assume; /* bits of TIE_BLANK ... */
	size_t next;     /* of the same root */
};

struct tie {
	struct ctx *c;
	const struct map_report *map;
	const struct published_read *v;
	size_t n;
	size_t *base; /* by table: its first node; TIE_NONE where it has no band and no tie */
	struct tie_node *nodes;
	size_t n_nodes, cap_nodes;
	struct tie_relation *relations;
	size_t n_relations, cap_relations;
	struct str assume[TIE_ASSUMPTIONS]; /* "" where the mapping has none of this number */
};

/* tie_make(c, map, v, n, ret): ERR_INVALID for a tie whose column has no figures; ERR_LIMIT above
 * TIE_CELLS_MAX cells, or 5000 rows of a table that the mapping ties to others. */
int tie_make(struct ctx *c, const struct map_report *map, const struct published_read *v, size_t n,
    struct tie *ret) MUST_CHECK;
/* tie_root(t, node): the same for all that is tied together, over what is not exact. */
size_t tie_root(struct tie *t, size_t node);
/* tie_place(c, t, node): "r.csv:4:12", "r.xlsx Sheet!C10". */
struct str tie_place(const struct tie *t, const struct tie_node *x);

#endif

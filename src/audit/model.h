/*
 * What has been said about numbers that nobody may know exactly, as a system in whole numbers.
 *
 *   unknown      a count >= 0, such as "national security orders in 2013 H1"
 *   row          what one publication says about a sum of unknowns: lo <= sum <= hi
 *   assumption   what a reader has to take for granted before a row may be used ("both reports
 *                count the same demands"); a row may hang on several
 *   correction   a row that was replaced later: a reader may take it back (reading "superseded")
 *                or hold the publisher to both (reading "intersected")
 *   target       a protected sum, with the range in which the law lets a reader place it
 *
 * A view is one way to read it all: a reading and a set of assumptions. The audit asks of each
 * target under each view which values remain possible (infer.h). Possible, not probable: there is
 * no prior in it and no weight.
 *
 * Sizes are limited so that no sum reaches 2^62: a count to MODEL_TOP (a hundred milliards, more
 * than there are accounts on earth), a factor to MODEL_FACTOR, all factors of a row together to
 * MODEL_WEIGHT: 6.4e6 * 1e11 is an eighth of 2^62. Made by doc.h from a file; everything lives in
 * the arena. Pure.
 */
#ifndef WRIT_MODEL_H
#define WRIT_MODEL_H

#include "audit/ids.h"
#include "kind/day.h"

enum {
	MODEL_UNKNOWNS = 50000, /* 150 countries x 8 kinds x 20 half-years, twice */
	MODEL_ROWS = 100000,    /* each of them published, and totals in every direction */
	MODEL_TERMS = 4096,     /* a total of a half-year over all countries and kinds has 1,200 */
	MODEL_FACTOR = 100000,
	MODEL_WEIGHT = 6400000, /* of all factors of a sum together, without their signs */
	MODEL_ASSUMPTIONS = 6,
	MODEL_PUBLICATIONS = 1000,
	MODEL_TARGETS = 1000,
	MODEL_WIDTH = 200000, /* values of a permitted range */
	MODEL_COST = 1000000
};
#define MODEL_TOP INT64_C(100000000000)
/* The bound of a row that is open to this side; no sum reaches it. */
#define MODEL_OPEN INT64_C(4000000000000000000)

struct model_term {
	size_t unknown;
	int64_t times;
};

/* A sum of unknowns with whole factors; no unknown twice, no factor 0 once it is in a model. */
struct model_sum {
	struct model_term *v;
	size_t n;
};

/* Words of the file: English, and German or "" where it has none. */
struct model_unknown {
	struct str id, en;
	int64_t least, most; /* 0 .. MODEL_TOP where nothing else is known */
	struct str de;
};

struct model_named {
	struct str id, en, de;
};

struct model_publication {
	struct str id, who, source;
	struct str date; /* YYYY-MM-DD, or no more of it than is known */
};

/* What stands over a row: whoever adds one fills it in. */
struct model_head {
	struct str id, en;
	size_t publication;
	unsigned assume; /* bit set of assumptions */
	int line;        /* in the file */
	struct str de;
	int64_t cost; /* of leaving it out, for plan.h; 0: it is not to be changed */
};

enum model_kind {
	MODEL_EXACT,
	MODEL_BAND,
	MODEL_LEAST,
	MODEL_RELEASED, /* a least that letters made public say */
	MODEL_MOST,
	MODEL_LEDGER, /* a most that the size of a ledger says */
	MODEL_ROUNDED,
	MODEL_PERCENT,
	MODEL_PART
};

enum model_way {
	MODEL_NEAREST, /* half a base goes up: v - floor(b/2) .. v + ceil(b/2) - 1 */
	MODEL_DOWN,    /* v .. v + b - 1 */
	MODEL_UP,      /* v - b + 1 .. v */
	MODEL_EITHER   /* to one of the two neighbours, not told which: v - b + 1 .. v + b - 1 */
};

/* The figure as it was said; tell_say.h puts it into words. */
struct model_said {
	enum model_kind kind;
	int64_t v, w;       /* the number; a band's upper edge, a rounded figure's base, a
			       percentage's decimal places */
	enum model_way way; /* MODEL_ROUNDED */
	struct str of;      /* MODEL_PERCENT, MODEL_PART: of what, as the file writes it; "" when
			       made otherwise */
};

struct model_range {
	int64_t lo, hi;
};

struct model_row {
	struct model_head head;
	struct model_said said;
	struct str count; /* of what, as the file writes the sum; "" when made otherwise */
	struct model_sum sum;
	int64_t lo, hi; /* -MODEL_OPEN, MODEL_OPEN: no bound */
	bool superseded;
	struct str by; /* the correction's words */
	struct str by_de;
	const struct model_range *wider; /* bands that the law permits as well, for plan.h */
	size_t n_wider;
};

struct model_target {
	struct str id, en, rule, cite;
	struct model_sum sum;
	bool has_permitted; /* else only told: nothing protects it */
	bool by_row;        /* protected only while the figure of its id is published (plan.h) */
	int64_t lo, hi;     /* permitted; the lower edge raised by released letters */
	struct str de, cite_de;
};

struct model {
	struct str title, note, title_de, note_de;
	bool synthetic; /* made up, and says so */
	struct model_unknown *unknowns;
	struct model_named *assumptions;
	struct model_publication *publications;
	struct model_row *rows;
	struct model_target *targets;
	size_t n_unknowns, n_assumptions, n_publications, n_rows, n_targets;
	/* private to model.c */
	size_t room_unknowns, room_rows, room_targets, room_publications;
	struct ids of_unknowns, of_rows, of_targets, of_publications;
};

struct model_view {
	bool intersected; /* superseded rows count too */
	unsigned assume;
};

/* model_make(c): an empty one. */
struct model *model_make(struct ctx *c);

/* Each adds one thing; ERR_LIMIT when the model is full, ERR_INVALID for an empty or double id, or
 * for a number that cannot be. Texts are borrowed. */
int model_unknown(struct ctx *c, struct model *m, struct str id, struct str en, int64_t least,
    int64_t most) MUST_CHECK;
int model_assumption(struct ctx *c, struct model *m, struct str id, struct str en) MUST_CHECK;
int model_publication(struct ctx *c, struct model *m, const struct model_publication *p) MUST_CHECK;
/* permitted = NULL: only told. Letters made public raise the lower edge to max(lo, released). */
int model_target(struct ctx *c, struct model *m, const struct model_target *t,
    const int64_t permitted[2], int64_t released) MUST_CHECK;

/* The kinds of figures. Each is one row, a percentage two under one head. ERR_INVALID also for a
 * sum that is empty or has too large a factor. exact: sum = v.   band: lo <= sum <= hi.   least:
 * sum >= k (released letters, a floor). most: sum <= n (the size of a ledger that has one entry for
 * each). part: part <= whole (inclusion). */
int model_exact(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum,
    int64_t v) MUST_CHECK;
int model_band(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum,
    int64_t lo, int64_t hi) MUST_CHECK;
int model_least(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum,
    int64_t k) MUST_CHECK;
int model_most(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum,
    int64_t n) MUST_CHECK;
int model_part(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum part,
    struct model_sum whole) MUST_CHECK;

/* round: v is a multiple of base >= 2. */
int model_round(struct ctx *c, struct model *m, const struct model_head *head, struct model_sum sum,
    int64_t v, int64_t base, enum model_way way) MUST_CHECK;
/* percent: part is p / 10^digits percent of whole, rounded to the nearest, halves either way:
 * (2p - 1) whole <= 200 * 10^digits * part <= (2p + 1) whole. digits 0 to 2. */
int model_percent(struct ctx *c, struct model *m, const struct model_head *head,
    struct model_sum part, struct model_sum whole, int64_t p, int digits) MUST_CHECK;

/* model_supersede(c, m, id, by): the rows of this id were corrected; `by` says how. ERR_NOTFOUND.
 */
int model_supersede(struct ctx *c, struct model *m, struct str id, struct str by) MUST_CHECK;
/* model_in_view(row, view): the row counts under this view. */
bool model_in_view(const struct model_row *row, struct model_view view);
/* Index by id; false when there is none. */
bool model_find_unknown(const struct model *m, struct str id, size_t *ret);
bool model_find_assumption(const struct model *m, struct str id, size_t *ret);
/* The last row of this id. */
bool model_find_row(const struct model *m, struct str id, size_t *ret);

#endif

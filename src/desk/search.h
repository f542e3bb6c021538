/*
 * Searching the cases one may read. What is sealed stands in no index: a file number and an
 * identifier are found by keyed hash, at a cost that does not grow with the number of cases. All
 * else is found by columns of order_desk (due.h), newest first: at most SEARCH_LOOK rows are looked
 * at for a page, so a page may be short and yet say that more follow.
 */
#ifndef WRIT_SEARCH_H
#define WRIT_SEARCH_H

#include "desk/due.h"

enum {
	SEARCH_PAGE_MAX = 200, /* orders on a page */
	SEARCH_LOOK = 2000,
	SEARCH_FOUND_MAX = 200, /* cases found by one number or identifier */
	SEARCH_SAVED_MAX = 200  /* kept by one person */
};

enum search_open { SEARCH_ANY, SEARCH_OPEN, SEARCH_DONE };

/* All that is given must hold; "" and DAY_NONE: not given. */
struct search {
	struct str any;          /* what it may be: a reference, a file number or an identifier */
	struct str ref;          /* of a case or a demand */
	struct str number;       /* the authority's file number, as it stands on the paper */
	struct str target, kind; /* an identifier; kind "": as any kind that it can be */
	struct str instrument, state, country, body;
	struct str assigned;   /* a person's name, or "nobody" */
	enum search_open open; /* with a person and SEARCH_ANY: the open ones */
	struct day from, to;   /* received; both included */
	struct str after; /* of the page before; says nothing to who has not the instance key */
	int64_t limit;    /* 0: SEARCH_PAGE_MAX */
};

/* One order. What a list shows of it; the rest is in the case. */
struct search_row {
	int64_t order, matter, seq, assigned;
	struct str ref, country, body, instrument, state, act, clock;
	struct instant received, due; /* due: none without a deadline */
	int64_t rest;                 /* seconds left of a clock that a question stopped; -1 */
	bool open, sealed;
};

struct search_demand {
	struct str ref, state;
	struct instant received;
};

struct search_rows {
	struct search_row *v;
	size_t n, cap;
};

struct search_result {
	struct search_rows orders;
	struct search_demand *demands; /* by reference or number: also what is no case */
	size_t n_demands, cap_demands;
	struct str after; /* "": no more */
};

/* search_run(c, in, actor, q, ret): ERR_DENIED for who does not read cases, and for an auditor who
 * searches for an identifier; ERR_INVALID for a malformed reference, identifier, kind, person,
 * cursor or period, never repeating it. What the actor may not know of is not there. */
int search_run(struct ctx *c, struct instance *in, const struct person *actor,
    const struct search *q, struct search_result *ret) MUST_CHECK;
/* search_row_take(c, row): from the columns that the statements of sql/query/work.sql share. */
struct search_row search_row_take(struct ctx *c, const struct db_val *row);
/* search_cursor / search_cursor_open: a place in a list by two numbers, sealed; ERR_INVALID. */
struct str search_cursor(struct ctx *c, const struct instance *in, int64_t a, int64_t b);
int search_cursor_open(struct ctx *c, const struct instance *in, struct str cursor, int64_t *ret_a,
    int64_t *ret_b) MUST_CHECK;

/* Searches that a person keeps: of nobody else, and sealed: an identifier may be in them. */
struct search_saved {
	struct str ref, name;
	struct search query;
};
/* search_save(c, in, actor, name, q, ret_ref): ERR_LIMIT above SEARCH_SAVED_MAX. The query is not
 * run; its place in a list is not kept. search_saved_each: as they were kept. search_saved_get,
 * search_saved_drop: ERR_NOTFOUND for another person's. */
int search_save(struct ctx *c, struct instance *in, const struct person *actor, struct str name,
    const struct search *q, struct str *ret_ref) MUST_CHECK;
int search_saved_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct search_saved *s, void *arg), void *arg) MUST_CHECK;
int search_saved_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct search_saved *ret) MUST_CHECK;
int search_saved_drop(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;

#endif

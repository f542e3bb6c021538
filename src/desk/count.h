/*
 * Counting: the cases of a period become figures, by the counting rules of SPEC.md 5.2. Nothing is
 * typed: every figure comes from legal orders and closed records as they stand.
 *
 * What is sealed, of a national-security class, or under an instrument that a band structure
 * protects, or of a country that is out of scope (scope.h), enters no exact figure and no message;
 * it is only banded. The exact counts live in this file's functions and nowhere else.
 */
#ifndef WRIT_COUNT_H
#define WRIT_COUNT_H

#include "desk/scope.h"
#include "stat/invariant.h"
#include "stat/tally.h"

/* An order that enters the exact figures, as it is counted: once for its chain. */
struct count_order {
	struct str country, instrument; /* the instrument of the last */
	enum outcome outcome;
	bool preservation;
	const int64_t *ids; /* the orders of the chain, oldest first */
	size_t n;
};
struct count_tell {
	int (*fn)(struct ctx *c, const struct count_order *o, void *arg);
	void *arg;
};

struct count_question {
	struct period period;
	struct day as_of; /* outcomes settled by the end of this day count */
	struct day today; /* of the making: what is due for publication */
	const struct band_law *law;
	const struct band_structure **structures; /* chosen, at most one for each jurisdiction */
	size_t n_structures;
	int64_t users;                  /* active in the period; 0: not entered */
	const struct permissions *said; /* what counsel recorded; NULL: nothing */
	struct instant at;              /* as of when */
	struct scope scope;             /* whose demands stand in no exact figure */
	const struct count_tell *tell;  /* told of each order; NULL: nobody is */
};

/* An imported history that may contribute. */
struct count_import {
	int64_t id;
	struct str key; /* public name: from the hashes of the file and its map */
	struct str source, note;
	int64_t records, accounts;
	bool done;
};

struct count_imports {
	struct count_import *v;
	size_t n, cap;
};

struct count {
	struct figures figures; /* sorted */
	struct count_imports imports;
	struct invariant_band *bands; /* what invariant_check needs to know of the law */
	size_t n_bands;
	struct breaches breaches; /* those that only the count can see; invariants not yet judged */
};

/* count_period(c, in, q, ret): one pass over the orders received in the period and one over the
 * closed records. May run inside a transaction; changes nothing. */
int count_period(struct ctx *c, struct instance *in, const struct count_question *q,
    struct count *ret) MUST_CHECK;
/* count_bands(c, q, ret, ret_n): what the law asks of each category for q's period on q's day. */
void count_bands(
    struct ctx *c, const struct count_question *q, struct invariant_band **ret, size_t *ret_n);
/* count_import_each(c, in, ret): all imports of closed records, oldest first. */
int count_import_each(struct ctx *c, struct instance *in, struct count_imports *ret) MUST_CHECK;

#endif

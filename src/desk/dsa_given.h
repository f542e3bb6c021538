/*
 * What a publisher enters by hand for a period's template: the figures on orders to act against
 * illegal content, which are no cases here, and texts of context. Rows are added; the newest for a
 * place counts, and an edition sees those entered by the end of its "accurate as of" day.
 */
#ifndef WRIT_DSA_GIVEN_H
#define WRIT_DSA_GIVEN_H

#include "desk/right.h"
#include "law/dsa.h"
#include "stat/dsa_table.h"

struct dsa_given_new {
	struct period period;
	struct dsa_table_key key; /* scope: a Member State's code (ISO's or Eurostat's), or TOTAL */
	enum dsa_table_column column;
	bool is_text;
	bool none;       /* takes back what stands there */
	int64_t value;   /* a number, or hundredths of an hour */
	struct str text; /* of context */
	struct str source;
};

/* What was entered for a period. */
struct dsa_given {
	struct dsa_table_given *v; /* states as Eurostat writes them */
	size_t n, cap;
	int64_t late; /* entered after the day that counts */
};

/* dsa_given_column(word, ret): act, items, act_receipt, ... as in the database. */
bool dsa_given_column(struct str word, enum dsa_table_column *ret);
const char *dsa_given_word(enum dsa_table_column column);
/* dsa_given_value(c, column, text, ret): "12"; for a median hours, "1.5", with up to two decimals.
 */
int dsa_given_value(
    struct ctx *c, enum dsa_table_column column, struct str text, int64_t *ret) MUST_CHECK;
/* dsa_given_enter(c, in, actor, g): publisher. ERR_INVALID "FIELD: ...": numbers are entered for
 * one state and one category, the sums are computed. */
int dsa_given_enter(struct ctx *c, struct instance *in, const struct person *actor,
    const struct dsa_given_new *g) MUST_CHECK;
/* dsa_given_load(c, in, law, period, past, ret): what counts, without what was taken back. */
int dsa_given_load(struct ctx *c, struct instance *in, const struct dsa_law *law,
    struct period period, struct instant past, struct dsa_given *ret) MUST_CHECK;

#endif

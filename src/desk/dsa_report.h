/*
 * The EU's template of an edition (SPEC.md 5.9): the same counted orders as the edition's exact
 * figures, those of Member States' authorities, by kind of illegal content. Held to the edition's
 * gates; nothing that is banded, sealed or protected can be in it, because the count tells of none.
 */
#ifndef WRIT_DSA_REPORT_H
#define WRIT_DSA_REPORT_H

#include "desk/dsa_given.h"
#include "desk/edition.h"

struct dsa_report {
	struct edition edition;
	const struct dsa_law *law;
	const struct dsa_conf *conf;
	struct str provider, service;
	struct dsa_table table;
	struct day deadline; /* last day for publishing */
	int64_t late;        /* entered by hand after the edition's day: left out */
};

/* dsa_report_make(c, in, actor, e, ret): publisher. ERR_INVALID when writ.yaml has no `dsa`, or the
 * period is not one that is reported; ERR_DENIED where no report is due, for a breach of the
 * edition's rules, and for orders without a category; ERR_CONFLICT when the cases changed since the
 * edition was made, or its figures say another number. */
int dsa_report_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition *e, struct dsa_report *ret) MUST_CHECK;

/* An order of the period that has no category yet; of a chain the last. */
struct dsa_report_order {
	struct str ref; /* of the case */
	int64_t seq;
};
struct dsa_report_missing {
	struct dsa_report_order *v;
	size_t n, cap;
};
/* dsa_report_find_missing(c, in, actor, period, ret): intake, reviewer or counsel. */
int dsa_report_find_missing(struct ctx *c, struct instance *in, const struct person *actor,
    struct period period, struct dsa_report_missing *ret) MUST_CHECK;

#endif

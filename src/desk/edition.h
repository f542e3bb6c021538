/*
 * The life of a published report: made from the cases as a draft with a version, looked at, and
 * published by a person after everything was counted again. Its figures are append-only rows; the
 * ledger commits to the edition, and the edition to its figures by the hash of their CSV (SPEC.md
 * 5).
 *
 * An edition is named by its period and version, "2013H1.2"; the period alone means the latest
 * version.
 */
#ifndef WRIT_EDITION_H
#define WRIT_EDITION_H

#include "desk/count.h"
#include "desk/right.h"
#include "in/wording.h"

struct edition {
	int64_t id, rev, version;
	struct period period;
	struct day as_of, published; /* DAY_NONE until published */
	struct day made;             /* of a draft: the day it was counted */
	struct instant published_at; /* INSTANT_NONE until published */
	int64_t entry;               /* of the ledger: its making, its publication */
	bool is_published;
	struct str structure; /* the chosen band structures, "none" */
	struct hash figures_hash;
};

struct edition_new {
	struct period period;
	struct day as_of; /* DAY_NONE: today */
	/* why it corrects the edition before: title in one line, text; needed where one of the
	 * period is published */
	struct wording cause[WORDING_LANGS];
};

/* edition_make(c, in, actor, n, ret, ret_breaches): counts, stores a draft with the next version,
 * and says what stands against publishing it. ERR_INVALID when the period is not over, as_of is
 * before its end or in the future, or a correction has no cause; ERR_DENIED without the role
 * publisher. */
int edition_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition_new *n, struct edition *ret, struct breaches *ret_breaches) MUST_CHECK;
/* edition_make_check(c, in, actor, n): what of that can be said without counting: rights, days, the
 * cause; for forms, which say it at once. */
int edition_make_check(struct ctx *c, struct instance *in, const struct person *actor,
    const struct edition_new *n) MUST_CHECK;
/* edition_publish(c, in, actor, id, ret): counts again; ERR_CONFLICT when the cases changed since,
 * when a later version is out, or when an earlier edition's bands stand against it; ERR_DENIED
 * "RULE: ..." for the first breach, and for whoever recorded a permission that it rests on
 * (rests.h), or ended a bar that would hold. Publishing what is published already changes nothing
 * and is 0.
 */
int edition_publish(struct ctx *c, struct instance *in, const struct person *actor, int64_t id,
    struct edition *ret) MUST_CHECK;

/* edition_find(c, in, name, ret): by "PERIOD" or "PERIOD.VERSION"; ERR_NOTFOUND. */
int edition_find(
    struct ctx *c, struct instance *in, struct str name, struct edition *ret) MUST_CHECK;
/* edition_find_for(c, in, actor, name, ret): the same for a person: what is published for everybody
 * who works here, a draft for publisher, counsel and auditor; ERR_DENIED. */
int edition_find_for(struct ctx *c, struct instance *in, const struct person *actor,
    struct str name, struct edition *ret) MUST_CHECK;
struct str edition_name(struct ctx *c, const struct edition *e);
/* edition_each: by period, then version. */
int edition_each(struct ctx *c, struct instance *in,
    int (*fn)(struct ctx *c, const struct edition *e, void *arg), void *arg) MUST_CHECK;
/* edition_figures(c, in, e, ret): the stored figures, sorted; nothing is counted. ERR_FAIL when
 * they are not those the edition's hash names. */
int edition_figures(
    struct ctx *c, struct instance *in, const struct edition *e, struct figures *ret) MUST_CHECK;
/* edition_check(c, in, e, ret): the invariants over the stored figures, without counting, on the
 * day it was made or published. */
int edition_check(
    struct ctx *c, struct instance *in, const struct edition *e, struct breaches *ret) MUST_CHECK;

/* edition_rehearse(c, in, e, ret): of a draft, all that edition_publish would refuse it for but the
 * person: counts again, and says also what no stored figure shows (demands that wait in triage,
 * rule "changed": the cases are others by now, rule "exclusivity"). Of one that is published as
 * edition_check. */
int edition_rehearse(
    struct ctx *c, struct instance *in, const struct edition *e, struct breaches *ret) MUST_CHECK;

/* edition_cause(c, in, e, ret): why it corrects the one before; no titles where it does not, or
 * where it was made before causes were kept. */
int edition_cause(struct ctx *c, struct instance *in, const struct edition *e,
    struct wording ret[WORDING_LANGS]) MUST_CHECK;

/* edition_retell(c, in, e, tell): counts e's orders again and tells of each that is in its exact
 * figures. ERR_CONFLICT when these figures are no longer those of e (the bands, which wait for days
 * of their own, are not compared). */
int edition_retell(struct ctx *c, struct instance *in, const struct edition *e,
    const struct count_tell *tell) MUST_CHECK;

/* A cell that two editions show differently; NULL where one has none. */
struct edition_change {
	const struct figure *a, *b;
};
struct edition_changes {
	struct edition_change *v;
	size_t n, cap;
};
/* edition_diff(c, a, b, ret): cells in figure order; both sorted. */
void edition_diff(
    struct ctx *c, const struct figures *a, const struct figures *b, struct edition_changes *ret);

/* A category that is not shown: a day before which it may not be, or DAY_NONE when its structure
 * does not report periods of this kind. */
struct edition_absence {
	const struct band_structure *structure;
	const struct band_category *category;
	struct day not_before;
};
struct edition_absences {
	struct edition_absence *v;
	size_t n, cap;
};
/* edition_absent(c, law, e, f, ret): the categories of the chosen structures that f does not show.
 */
int edition_absent(struct ctx *c, const struct band_law *law, const struct edition *e,
    const struct figures *f, struct edition_absences *ret) MUST_CHECK;

#endif

/*
 * How national-security process may be published (law/bands.yaml): the structures that a law
 * permits, each with its categories, width of band, period, delay and exclusivity. 50 USC 1874; SI
 * 2018/349. Pure. Only a structure that is verified and has a width can be chosen; the others are
 * history and reminders, which an old report may be checked against.
 *
 * File: `structures:`, a list of
 *   id, en, de, jurisdiction, cite, quote, lang, mark, text_date, verified   as in a pack
 * (SPEC.md 1.3) width: 500              or `none` where the law gives no band prohibited: yes
 * optional: the law forbids any number; the report says so where another structure of the
 * jurisdiction is chosen edges: shared        optional: a band ends with the number that the next
 * begins with, as the arrangement of 2013 printed it ("6,000 to 7,000") combined: yes
 * optional: a category counts all demands of the jurisdiction's authorities, whatever kind; no
 * other number may tell any of them apart says_never: FISA    words that an edition under it does
 * not say period: half-year       half-year (180 days or a calendar half) | six-months | one-year |
 * none repeat: structure       one structure for each period | never: no second report touching a
 * period published_from, published_until: days between which a report may follow it (optional)
 * new_service: 540 days   optional: nothing about a new service, or at all (GB), so long after its
 * first categories:             id, en, de, unit (orders | accounts), instruments, sealed (kinds of
 * the count-only record), delay (`180 days`, `6 months`, `none`), new_service (yes where the
 * structure's applies) A category counts the demands under its instruments; `protects:` names
 * instruments whose number must not appear although no category counts them.
 */
#ifndef WRIT_BAND_H
#define WRIT_BAND_H

#include "law/pack.h"

struct band_category {
	struct str id, en, de, unit, instruments, sealed;
	struct span delay; /* after the last day of the period; SPAN_NONE: none */
	bool new_service;
};

enum band_period {
	BAND_PERIOD_NONE,
	BAND_PERIOD_HALF_YEAR,
	BAND_PERIOD_6_MONTHS,
	BAND_PERIOD_1_YEAR
};

struct band_structure {
	struct str id, en, de, jurisdiction, protects;
	int64_t width;   /* 0: the law gives no band */
	bool prohibited; /* the law forbids any number */
	bool shared_edges, combined;
	struct str says_never; /* words */
	struct str counsel;    /* what counsel sees to before it is shown; "" */
	enum band_period period;
	bool never_again; /* no second report touching a reported period */
	struct span new_service;
	struct band_category *categories;
	size_t n_categories;
	struct source src; /* valid_from, valid_until: of the publication */
};

struct band_law {
	struct band_structure *v;
	size_t n;
};

struct band {
	int64_t lo, hi;
};

/* band_load(c, file, text, ret): ERR_INVALID "FILE:LINE:COL: ..." for anything else than the above.
 */
int band_load(struct ctx *c, const char *file, struct str text, struct band_law **ret) MUST_CHECK;
/* band_builtin(c, ret): law/bands.yaml as compiled in. */
int band_builtin(struct ctx *c, struct band_law **ret) MUST_CHECK;
/* band_find(law, id): NULL when there is none. */
const struct band_structure *band_find(const struct band_law *law, struct str id);
/* band_combined(law, country): the structure that counts all demands of a country in one number;
 * NULL. band_reaches: some structure is about the country. */
const struct band_structure *band_combined(const struct band_law *law, struct str country);
bool band_reaches(const struct band_law *law, struct str country);
/* band_choose(c, law, words, ret, ret_n): the structures of a configuration line, at most one for
 * each jurisdiction; "" and "none" choose none. ERR_INVALID for an unknown id, and for one that has
 * no width. One that is not verified may be chosen, and is published with a permission alone
 * (band_needs_permission). */
int band_choose(struct ctx *c, const struct band_law *law, struct str words,
    const struct band_structure ***ret, size_t *ret_n) MUST_CHECK;
/* band_needs_permission(s): nobody read its law at the source, or it hangs on what only counsel of
 * the compartment may know: an edition shows it only where counsel recorded a permission
 * (desk/permission.h). */
bool band_needs_permission(const struct band_structure *s);
/* band_protected(law, instrument): named by any structure: never counted in an exact figure. */
bool band_protected(const struct band_law *law, struct str instrument);

/* band_of(s, n, released, ret): lo = floor(n / width) * width, hi = lo + width - 1, or lo + width
 * where edges are shared; letters made public raise the lower edge to max(lo, released), hi stays.
 * n >= 0, 0 <= released <= n, width > 0: ERR_INVALID otherwise. */
int band_of(struct ctx *c, const struct band_structure *s, int64_t n, int64_t released,
    struct band *ret) MUST_CHECK;
/* band_fits(s, p): the structure reports periods of this length. 50 USC 1874(b) says 180 days;
 * calendar halves are the practice of those who report, and 6 months are exact (SI 2018/349 reg.
 * 7). */
bool band_fits(const struct band_structure *s, struct period p);
/* band_earliest(s, category, end): first day on which the category may be published for a period
 * that ends on that day; at the least the day after. */
struct day band_earliest(
    const struct band_structure *s, const struct band_category *category, struct day end);
/* band_new_service(s, category, first): first day on which anything may be told that began on
 * `first`: the first order on a new service (1874(b)(1)(B)), the first assistance (SI 2018/349 reg.
 * 8). DAY_NONE when the structure has no such rule for the category. */
struct day band_new_service(
    const struct band_structure *s, const struct band_category *category, struct day first);
/* band_conflict(a, p, b, q): why a report by b about q may not follow one by a about p; NULL when
 * it may. Two structures for one time, a narrower band, or windows that overlap without being the
 * same would let a reader subtract one from the other. */
const char *band_conflict(const struct band_structure *a, struct period p,
    const struct band_structure *b, struct period q);

#endif

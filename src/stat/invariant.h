/*
 * The arithmetic that an edition must hold before it may be published (product.md 6; the list with
 * its names is SPEC.md 5.3). Pure: judges figures, changes nothing, knows no cases.
 */
#ifndef WRIT_INVARIANT_H
#define WRIT_INVARIANT_H

#include "kind/day.h"
#include "stat/figure.h"

/* What the law says about one category of national-security figures, told by the caller: stat does
 * not see law. */
struct invariant_band {
	struct str structure, category; /* instrument and metric of the figure */
	struct str unit, cite;
	int64_t width;     /* 0: no number may be shown at all */
	bool shared_edges; /* a band ends with the number that the next begins with */
	struct str
	    country; /* all of its demands are in the number: no other figure has one of them;
			"" where it counts only what is secret */
	bool due;    /* the category belongs into an edition of this period */
	struct day earliest; /* first day of publication; DAY_NONE when not due */
};

struct breach {
	struct str figure; /* the cell, in words */
	const char *rule;  /* name in SPEC.md 5.3 */
	struct str cite;   /* the law, or the section of SPEC.md */
	struct str text;   /* what is wrong; numbers only of public cells */
	bool asks;         /* nothing stands against publication: somebody is to look */
};

struct breaches {
	struct breach *v;
	size_t n, cap;
};

/* invariant_check(c, f, bands, n, today, ret): appends a breach for everything that stands against
 * publication on that day; f must be sorted. Nothing appended: the figures hold. */
void invariant_check(struct ctx *c, const struct figures *f, const struct invariant_band *bands,
    size_t n, struct day today, struct breaches *ret);
/* invariant_band_edges(lo, hi, width): the edges of a band of that width (product.md 6: lo =
 * floor(n/w)*w, hi = lo+w-1; shared: hi = lo+w, as in 2013); letters made public may have raised
 * the lower edge, never past the upper one. */
bool invariant_band_edges(int64_t lo, int64_t hi, int64_t width, bool shared);
/* invariant_add(c, ret, figure, rule, cite, fmt, ...): for a breach that only the caller can see.
 * The text is in the language of the errors (base/ctx.h). */
void invariant_add(struct ctx *c, struct breaches *ret, struct str figure, const char *rule,
    struct str cite, const char *fmt, ...) PRINTF_LIKE(6, 7);
/* invariant_ask: the same for what only asks. breaches_stand(b): how many stand against it. */
void invariant_ask(struct ctx *c, struct breaches *ret, struct str figure, const char *rule,
    struct str cite, const char *fmt, ...) PRINTF_LIKE(6, 7);
size_t breaches_stand(const struct breaches *b);
/* breaches_first(b): the first that stands; NULL. */
const struct breach *breaches_first(const struct breaches *b);

#endif

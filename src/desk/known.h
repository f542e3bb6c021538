/*
 * Figures known from outside: what the provider, or somebody else, published elsewhere about the
 * same demands, before Writ or beside it. Each is entered by a person, with its source, and enters
 * the disclosure check of every edition whose time it touches (disclosure.h): a reader has it too.
 * Format: SPEC.md 5.10.
 */
#ifndef WRIT_KNOWN_H
#define WRIT_KNOWN_H

#include "desk/right.h"
#include "law/band.h"

enum known_counts {
	KNOWN_OTHERS,   /* the country's demands outside of national security */
	KNOWN_ALL,      /* all of them, whatever kind */
	KNOWN_CATEGORY, /* what a category of a band structure counts */
	KNOWN_COUNTS
};

struct known {
	int64_t id, rev;
	struct str ref, country;
	enum known_counts counts;
	struct str structure, category; /* "" but for KNOWN_CATEGORY */
	struct str unit;                /* orders | accounts */
	struct period period;
	int64_t lo, hi; /* the same where it is exact */
	struct day published;
	struct str source;
	struct str assumes; /* what a reader takes for granted before it says anything here; "" */
	int64_t writer, ender;
	struct instant recorded, ended;
};

struct knowns {
	struct known *v;
	size_t n, cap;
};

/* known_counts_find("others"), known_counts_id: the words. KNOWN_COUNTS: none. */
enum known_counts known_counts_find(struct str word);
const char *known_counts_id(enum known_counts counts);

/* known_value(c, s, k): "N" or "LO-HI" into k. known_what(c, s, k): "others", "all", or
 * "STRUCTURE/CATEGORY". ERR_INVALID names the option. */
int known_value(struct ctx *c, struct str s, struct known *k) MUST_CHECK;
int known_what(struct ctx *c, struct str s, struct known *k) MUST_CHECK;
/* known_record(c, in, actor, n, ret): the fields of n but ids, ref, persons and instants.
 * ERR_DENIED without the role publisher or counsel; ERR_INVALID names the option; ERR_NOTFOUND for
 * a structure or category that is none. */
int known_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct known *n, struct known *ret) MUST_CHECK;
/* known_end(c, in, actor, ref, ret): it was entered wrongly: by another person than entered it.
 * ERR_NOTFOUND, ERR_CONFLICT, ERR_DENIED. */
int known_end(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct known *ret) MUST_CHECK;
/* known_all(c, in, ret): as they were entered; those that ended, too. */
int known_all(struct ctx *c, struct instance *in, struct knowns *ret) MUST_CHECK;
/* known_list: the same for a person; ERR_DENIED but for publisher, counsel and auditor. */
int known_list(
    struct ctx *c, struct instance *in, const struct person *actor, struct knowns *ret) MUST_CHECK;
/* known_holds(k, at): entered and not ended at that instant. */
bool known_holds(const struct known *k, struct instant at);

#endif

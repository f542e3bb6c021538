/*
 * One edition, ready to be rendered: report_csv, report_json and report_html each turn the same
 * figures into one format, and report_write puts all of them into a folder. Rendering is pure: the
 * same report gives the same bytes. Nothing here knows a case: what may not be shown is not in the
 * figures.
 */
#ifndef WRIT_REPORT_H
#define WRIT_REPORT_H

#include "desk/base.h"
#include "desk/rests.h"

enum { REPORT_MAX = 64 << 20 };

struct report {
	struct str provider;
	struct period period;
	struct day as_of, published; /* published DAY_NONE: a draft, and marked as one */
	int64_t version;
	struct str structure;
	const struct figures *figures;      /* sorted */
	const struct count_import *imports; /* those that contribute */
	size_t n_imports;
	const struct edition_absence *absent;
	size_t n_absent;
	struct permissions rests;            /* what it rests on */
	struct wording cause[WORDING_LANGS]; /* of a correction; no titles otherwise */
	struct base base;                    /* active users; users 0: not entered */
	const struct band_law *bands;
	const struct law *law; /* names of refusal codes; NULL: their ids */
	const char *site;      /* the way up to the site it is part of (site.h); NULL without one */
};

/* report_load(c, in, e, ret): the stored figures of an edition; nothing is counted. ERR_DENIED when
 * a text of it would say a word that its structure forbids (band_structure.says_never). */
int report_load(
    struct ctx *c, struct instance *in, const struct edition *e, struct report *ret) MUST_CHECK;

/* report_look(c, in, e, ret): the same whatever its texts say: for who mends it. */
int report_look(
    struct ctx *c, struct instance *in, const struct edition *e, struct report *ret) MUST_CHECK;

#endif

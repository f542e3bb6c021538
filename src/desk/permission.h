/*
 * What may be said, as counsel recorded it (product.md P9): dated objects that change what an
 * edition says, and that an edition which rests on them names.
 *
 *   structure      a band structure whose law nobody read at the source may be published
 *                  (band_needs_permission): subject is its id
 *   narrowing      a reader may come to know a protected number more closely than its band says, to
 *                  [lo, hi]: subject is PERIOD/STRUCTURE/CATEGORY as rule `disclosure` names it,
 *                  with /hidden for what is secret in a number for a whole country; a version in
 *                  the name is left off
 *   released       so many letters of a number (named as for a narrowing) were made public: its
 * band begins there at the least (product.md 6: max(lo, released)) prohibited     no number may be
 * told of a country, or of a class of its demands: they leave every exact figure, and the country
 * is shown as prohibited, not as 0 not_countable  the same where there is nothing to count, such as
 * where the law gives the authority its own access
 *
 * Counsel of the sealed compartment records and ends them; what was recorded is not rewritten. An
 * edition that rests on a permission is published by another person than the counsel who recorded
 * it. The texts are public, as those of the statement. Format: SPEC.md 5.10.
 */
#ifndef WRIT_PERMISSION_H
#define WRIT_PERMISSION_H

#include "desk/right.h"
#include "in/wording.h"
#include "law/band.h"
#include "stat/figure.h"

enum permission_kind {
	PERMISSION_STRUCTURE,
	PERMISSION_NARROWING,
	PERMISSION_RELEASED,
	PERMISSION_PROHIBITED,
	PERMISSION_NOT_COUNTABLE,
	PERMISSION_KINDS
};

struct permission {
	int64_t id, rev;
	struct str ref;
	enum permission_kind kind;
	struct str subject;
	struct str class; /* of a bar: "" all demands of the country */
	int64_t lo, hi;   /* of a narrowing; lo: of letters released */
	struct day given, until;
	struct wording words[WORDING_LANGS]; /* title: what is permitted; authority: who gave it */
	struct str law;
	int64_t counsel, ender; /* persons; ender 0: in force */
	struct instant recorded, ended;
	int64_t entry; /* of the ledger: its recording, or its end */
};

struct permissions {
	struct permission *v; /* as they were recorded */
	size_t n, cap;
};

struct permission_new {
	enum permission_kind kind;
	struct str subject, class, law;
	int64_t lo, hi;
	struct day given, until; /* until DAY_NONE: open */
	struct wording words[WORDING_LANGS];
};

/* permission_kind_find("structure"), permission_kind_id: the words. PERMISSION_KINDS: none. */
enum permission_kind permission_kind_find(struct str word);
const char *permission_kind_id(enum permission_kind kind);

/* permission_record: ERR_DENIED but for counsel of the compartment; ERR_INVALID names the option
 * that does not fit; ERR_NOTFOUND for a structure that is none; ERR_CONFLICT when one in force says
 * the same. */
int permission_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct permission_new *n, struct permission *ret) MUST_CHECK;
/* permission_end(c, in, actor, ref, ret): from now on; editions that are out keep naming it.
 * ERR_NOTFOUND; ERR_CONFLICT when it ended already. */
int permission_end(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct permission *ret) MUST_CHECK;
/* permission_all(c, in, ret): those that ended, too. */
int permission_all(struct ctx *c, struct instance *in, struct permissions *ret) MUST_CHECK;
/* permission_list: the same for a person; ERR_DENIED but for publisher, counsel and auditor. */
int permission_list(struct ctx *c, struct instance *in, const struct person *actor,
    struct permissions *ret) MUST_CHECK;

/* permission_holds(p, at): recorded and not ended at that instant, and that day is not outside of
 * given and until. */
bool permission_holds(const struct permission *p, struct instant at);
/* permission_find(all, kind, subject, at): the newest that holds; NULL. */
const struct permission *permission_find(const struct permissions *all, enum permission_kind kind,
    struct str subject, struct instant at);
/* permission_number(c, all, kind, p, structure, category, at): that for a number of a period; NULL.
 */
const struct permission *permission_number(struct ctx *c, const struct permissions *all,
    enum permission_kind kind, struct period p, struct str structure, struct str category,
    struct instant at);
/* permission_bars(p): it is a bar; the word for the country's cells. */
bool permission_bars(const struct permission *p, enum figure_status *ret);

#endif

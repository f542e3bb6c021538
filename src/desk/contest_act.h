/*
 * What is done about a challenge (contest.h): filed, its dates, what came of it. Counsel does all
 * of this, but for dates, which a reviewer may enter too.
 */
#ifndef WRIT_CONTEST_ACT_H
#define WRIT_CONTEST_ACT_H

#include "desk/contest.h"

struct contest_new {
	struct str against; /* order, secrecy, publication */
	struct str kind;    /* quash, modify, objection, petition, appeal; "": quash, or petition */
	struct str party;   /* provider, user, authority; "": provider */
	struct str ground;
	struct str court, file; /* court or body, and its file number; "" where there is none yet */
	struct day filed;       /* DAY_NONE: today */
	struct day answer_by;   /* DAY_NONE: none */
	struct str basis;       /* on what that day rests; needed with it */
	int64_t follows;        /* number of the challenge that an appeal is about; 0 */
	int64_t bar;    /* number of the bar that it is against; 0: the only one that runs */
	bool in_public; /* the court's file may be spoken of */
};

/* contest_file(c, in, actor, order, n): one against the order stops it. ERR_INVALID names the
 * option that does not fit. */
int contest_file(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct contest_new *n) MUST_CHECK;

/* contest_due(c, in, actor, order, number, by, basis): the day by which something is due there. */
int contest_due(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct day by, struct str basis) MUST_CHECK;

/* contest_hearing(c, in, actor, order, number, hearing, state, day, note): hearing 0 sets a new
 * date; else that one is held, dropped, or moved to `day`. */
int contest_hearing(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, int64_t hearing, struct str state,
    struct day day, struct str note) MUST_CHECK;

/* What a court left of an item; items that no row names are left out of the order. */
struct contest_left {
	int64_t item;        /* its number */
	struct day from, to; /* DAY_NONE: as it was asked */
};

struct contest_ruling {
	struct str outcome; /* upheld, narrowed, dismissed, withdrawn, moot */
	struct day decided; /* DAY_NONE: today */
	struct str text;    /* what was found; needed where it is upheld or narrowed */
	const struct contest_left *left;
	size_t n_left;
};

/* contest_end(c, in, actor, order, number, ruling): with all that follows from it, in one step. */
int contest_end(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number,
    const struct contest_ruling *ruling) MUST_CHECK;
/* contest_left_parse(c, s, ret): "3" or "3:2027-01-01:2027-01-31", either day may be empty. */
int contest_left_parse(struct ctx *c, struct str s, struct contest_left *ret) MUST_CHECK;

/* contest_permit(c, in, actor, order, number, permission): ties what counsel recorded as permitted
 * (permission.h, by its reference) to an upheld challenge to a rule on publication. */
int contest_permit(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str permission) MUST_CHECK;

/* contest_draft(c, in, actor, order, number, ret): {"part", "kind", "day", "title", "title_de",
 * "text", "text_de", "outcome"?, "outcome_de"?}: what the statement's record of litigation could
 * say. Names no account, no file number and no authority. ERR_DENIED, always with the same words,
 * of a sealed case, while any bar runs on the case, and where the court's file is not public. */
int contest_draft(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct json **ret) MUST_CHECK;

#endif

/*
 * Challenges as they stand before a court or another body: motions to quash or to modify,
 * objections, petitions, and appeals against what came of them (SPEC.md 9.11). One is against the
 * order, against a bar to tell the user, or against a rule on what may be published.
 *
 * One against the order holds it while it is open. Upheld, the order is set aside: it is rejected,
 * nothing is produced on it any more, and it never comes back - what an appeal revives arrives as
 * an order of its own. Narrowed, what was decided falls, and each item is decided anew within what
 * the court left. One against a bar lifts it once upheld. The schema says the same.
 *
 * No day comes from here: a day by which something is due at the court is entered by a person, with
 * what it rests on.
 */
#ifndef WRIT_CONTEST_H
#define WRIT_CONTEST_H

#include "desk/gate.h"

struct contest {
	int64_t challenge, challenge_rev; /* ids; id 0: filed before there was more than that */
	int64_t id, rev;
	int64_t number;                  /* 1, 2, ... within its order */
	struct str against, state;       /* as the table challenge has them */
	struct instant at;               /* when it was entered */
	struct str kind, party, outcome; /* outcome "": open */
	struct day filed, answer_by, decided;
	int64_t follows, secrecy, permission; /* ids; 0: none */
	bool in_public;
	struct str court_ct, ruling_ct, ground_ct;
};

struct contests {
	struct contest *v;
	size_t n, cap;
};

struct hearing {
	int64_t id, rev, challenge, number;
	struct day day;
	struct str state, note_ct;
};

struct hearings {
	struct hearing *v;
	size_t n, cap;
};

/* contest_of_order(c, in, order, ret): in the order of their numbers. */
int contest_of_order(
    struct ctx *c, struct instance *in, int64_t order, struct contests *ret) MUST_CHECK;
/* contest_hearings(c, in, order, ret): of all challenges of the order. */
int contest_hearings(
    struct ctx *c, struct instance *in, int64_t order, struct hearings *ret) MUST_CHECK;
/* contest_recall_due(c, in, order, ret): a court has set the order aside, and something that left
 * on it was not recalled. */
int contest_recall_due(struct ctx *c, struct instance *in, int64_t order, bool *ret) MUST_CHECK;
/* contest_court(c, in, k, ret): {"court", "file", "basis"}, each only where it is known; empty for
 * one whose text was erased. */
int contest_court(
    struct ctx *c, struct instance *in, const struct contest *k, struct json **ret) MUST_CHECK;
/* contest_list(c, in, order, texts, ret): [{"number", "against", "state", "at", "kind", "party",
 * "filed", "answer_by"?, "follows"?, "bar"?, "permission"?, "public", "outcome"?, "decided"?,
 * "hearings": [{"number", "day", "state", "note"?}], and with `texts` "court"?, "file"?, "basis"?,
 * "ground"?, "ruling"?}]. */
int contest_list(
    struct ctx *c, struct instance *in, int64_t order, bool texts, struct json **ret) MUST_CHECK;

#endif

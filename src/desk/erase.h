/*
 * Erasure by retention rules: when the term of a case is over (retention.h) and nothing holds it,
 * its personal detail goes, and the salts and details of its ledger entries with it. Rows stay with
 * their states, codes, days and persons of the house; so the ledger goes on to verify and every
 * edition counts the same (SPEC.md 2.11). A demand that was sorted out in triage and never had a
 * case is erased likewise.
 *
 * Two persons: one with the rule list's role proposes a list, another one confirms exactly that
 * list: it is read again inside each step, and its hash is what is confirmed. Holds always win:
 * whatever stands open - an order, a production not handed over, a challenge, a bar of secrecy, a
 * preservation, a partner in a cured chain, a hold by a person - keeps the case.
 *
 * A sealed case stands on lists of its own, which do not exist for others (matter.h).
 */
#ifndef WRIT_ERASE_H
#define WRIT_ERASE_H

#include "desk/matter.h"

/* Why something stays: a word (case_open order_open on_hold challenge secrecy preservation
 * production partner person claim notice edition no_case), and what there is to say of it: a rule,
 * a reference, a state. */
struct erase_reason {
	const char *word;
	struct str of;
	struct day until; /* of a bar; or when a person looks at the hold again. DAY_NONE */
};
enum { ERASE_REASONS_MAX = 24 };

/* A case, or a demand without one, as the rules see it now. */
struct erase_unit {
	int64_t demand, matter; /* matter 0: a demand without a case */
	struct right_place place;
	struct str ref, rule, cite;
	struct day due;  /* last day of its term; DAY_NONE without a rule */
	bool over;       /* its term is over */
	struct str held; /* why it stays, in one line; empty when nothing holds it */
	struct erase_reason why[ERASE_REASONS_MAX]; /* the same, each */
	size_t n_why;
	int64_t newest;   /* the newest entry about it, so that a list knows what it was about */
	bool erased;      /* it is erased already */
	int64_t id, rev;  /* of its erasure, where it stands on a list */
	int64_t proposer; /* who put it there */
	struct str list;  /* which list that is, empty for none */
};

struct erase_units {
	struct erase_unit *v;
	size_t n, cap;
};

struct erase_list {
	struct str ref;
	struct erase_units
	    units;        /* those that are still proposed, in the order of their proposal */
	struct hash hash; /* of what confirming would do */
};

/* erase_due(c, in, actor, ret): what has a term that is over, erased or held. Needs the list's
 * role, reviewer, counsel or auditor. ERR_NOTFOUND when no list of rules is in force. */
int erase_due(struct ctx *c, struct instance *in, const struct person *actor,
    struct erase_units *ret) MUST_CHECK;
/* erase_due_page(c, in, actor, page, ret): the same of so many closed cases (page->limit) after the
 * one that page->after names, and, on the first page, of so many demands. page->after then names
 * the last case that was looked at, 0 when there are no more. */
struct erase_page {
	int64_t after, limit;
};
int erase_due_page(struct ctx *c, struct instance *in, const struct person *actor,
    struct erase_page *page, struct erase_units *ret) MUST_CHECK;
/* erase_done(c, in, actor, limit, ret): [{"case" | "demand", "rule", "at", "proposer"?,
 * "confirmer"?}], the last ones first. Needs what erase_due needs. */
int erase_done(struct ctx *c, struct instance *in, const struct person *actor, int64_t limit,
    struct json **ret) MUST_CHECK;
/* erase_look(c, in, actor, ref, ret): one case or demand by its reference. Needs what
 * erase_due needs, and is refused before anything is looked up. */
int erase_look(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct erase_unit *ret) MUST_CHECK;

/* erase_propose(c, in, actor, units, ret): puts them on one new list. ERR_DENIED for one whose term
 * runs or that is held; ERR_CONFLICT for one that stands on another list, or was erased;
 * ERR_INVALID when sealed and other cases are mixed. */
int erase_propose(struct ctx *c, struct instance *in, const struct person *actor,
    const struct erase_units *units, struct str *ret) MUST_CHECK;
/* erase_list_get(c, in, actor, ref, ret): a list as it stands now. ERR_NOTFOUND. */
int erase_list_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct erase_list *ret) MUST_CHECK;
/* erase_confirm(c, in, actor, ref, hash, ret_n): erases what the list holds and nothing else does;
 * each case is a step of its own. Needs the list's role, reviewer or counsel, and another person
 * than proposed. ERR_CONFLICT when the list is not the one that the hash names any more. *ret_n:
 * how many were erased, also after an error: what was not reached stays on the list, which is
 * looked at and confirmed again. progress may be NULL. The caller then calls erase_finish. */
struct erase_progress {
	void (*tell)(void *arg, int64_t done, int64_t all);
	void *arg;
};
int erase_confirm(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct hash hash, const struct erase_progress *progress, int64_t *ret_n) MUST_CHECK;
/* erase_withdraw(c, in, actor, ref): takes a list back. */
int erase_withdraw(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;

/* erase_hold(c, in, actor, ref, reason, review): keeps it until somebody releases it (intake,
 * reviewer, counsel); review: the day by which a person looks at it again, DAY_NONE for none - the
 * hold does not end with it. erase_release: ends every such hold on it (counsel). */
int erase_hold(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str reason, struct day review) MUST_CHECK;
int erase_release(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;

/* erase_apply(c, in, ref, at): erases again what was erased at that instant, after a restore from a
 * backup that does not know it; no person and no hold is asked, for both were then. Done already:
 * nothing is changed. ERR_NOTFOUND when the backup does not have it. Then erase_finish. */
int erase_apply(struct ctx *c, struct instance *in, struct str ref, struct instant at) MUST_CHECK;

struct erase_left {
	int64_t journal, papers; /* lines written, files removed */
	bool scrubbed;           /* nothing of it is left in the database's files */
};
/* erase_finish(c, in, owner, ret): what an erasure does outside of its transaction: the line in the
 * side journal, the papers' files, and the database's own files. What a crash left undone is done
 * by the next call. owner: on PostgreSQL the address of the tables' owner, or empty; without the
 * owner's rights scrubbed stays false. */
int erase_finish(
    struct ctx *c, struct instance *in, struct str owner, struct erase_left *ret) MUST_CHECK;
/* erase_unfinished(c, in, ret): how much of that is left to do. */
int erase_unfinished(struct ctx *c, struct instance *in, int64_t *ret) MUST_CHECK;

#endif

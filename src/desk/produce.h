/*
 * Productions: what leaves. Collected files are attached to approved items only; each file names
 * the item and the decision that grants it. The gate is asked again at the moment of production:
 * rules, clocks (confirmation, earliest instant), holds and answers as they stand now, inside the
 * transaction.
 */
#ifndef WRIT_PRODUCE_H
#define WRIT_PRODUCE_H

#include "desk/gate.h"
#include "in/seal_key.h"
#include "in/yield.h"

struct produce_file {
	int64_t item;       /* number from 1 */
	bool no_data;       /* nothing was found for the item: no file */
	struct str path;    /* where the collected file is; not stored */
	struct str name;    /* its name inside the sealed file */
	struct hash sha256; /* of what leaves */
	int64_t size;
	/* what the file that was collected is, and what of it lies in scope: without it nothing
	 * leaves */
	const struct yield_report *yield;
	struct hash came;
	const struct hash *expect; /* what was collected, where that is known; NULL: not */
};

struct produce_plan {
	struct str ref;       /* of the production */
	struct str recipient; /* the officer's key, as the demand or the officer gives it */
	struct seal_key key;  /* the same, read */
	struct json *manifest;
	bool has_files;
	int64_t rev; /* the order's, as it was planned for */
};

/* What lets an item go out now. */
struct produce_grant {
	struct item *item;
	int64_t decision;
	struct day from, to; /* the period that is granted; none without */
};

/* produce_granted(c, in, g, number, ret): all that a production of this item would be asked of the
 * gate, as it stands now; for what is done before there is a file (desk/collect.h). ERR_DENIED,
 * ERR_NOTFOUND. */
int produce_granted(struct ctx *c, struct instance *in, const struct gate *g, int64_t number,
    struct produce_grant *ret) MUST_CHECK;

/* produce_scopes(c, in, actor, order, files, n, ret): asks the gate, and says of each file what it
 * has to lie within: target, field and period as its item's decision grants them now. ret has n
 * places; a file without data has none. Errors as of produce_prepare. */
int produce_scopes(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct produce_file *files, size_t n,
    struct yield_ask *ret) MUST_CHECK;
/* produce_prepare(c, in, actor, order, files, n, ret): everything the gate asks, and the manifest:
 * for each file target, field, service, period, SHA-256 (again once it is sealed: produce_hashed),
 * size, and as ledger reference the leaf hash of the entry that granted it - never an index or a
 * size. The key must be one that can be sealed to today. ERR_DENIED with the gate's reason, for a
 * file that was not checked or of which nothing lies in scope, and for one that cannot be checked
 * and that no other person looked over (desk/look_over.h).
 * Needs collector or reviewer. Writes nothing. */
int produce_prepare(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct produce_file *files, size_t n,
    struct produce_plan *ret) MUST_CHECK;
/* produce_hashed(c, plan, files, n): the files' hashes are known now, and go into the manifest. */
void produce_hashed(
    struct ctx *c, struct produce_plan *plan, const struct produce_file *files, size_t n);
/* produce_seal_text(c, plan, number, manifest): seal.json, which ties the manifest's bytes to this
 * seal, the production's number-th. */
struct json *produce_seal_text(
    struct ctx *c, const struct produce_plan *plan, int64_t number, struct str manifest);
/* produce_record(c, in, actor, order, files, n, plan, sealed, size): the sealed file exists; asks
 * the gate again and writes the rows. ERR_CONFLICT when the order moved on since the plan, as by
 * another's production. Without files (no data) sealed is not used. */
int produce_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, const struct produce_file *files, size_t n,
    const struct produce_plan *plan, struct hash sealed, int64_t size) MUST_CHECK;

/* produce_recorded(c, in, ref, sealed, ret): whether a production of this reference is recorded
 * whose sealed file has this hash; text that is no reference is none. */
int produce_recorded(
    struct ctx *c, struct instance *in, struct str ref, struct hash sealed, bool *ret) MUST_CHECK;

/* By what an answer goes, and what a law wants to be said of it (desk/transfer.h). */
struct produce_way {
	struct str channel;
	struct str remarks, explain; /* "" without */
	struct instant until;        /* of a link; INSTANT_NONE */
	bool extended;               /* by request: no bound of the law holds for the link */
	struct str proof;            /* what shows that it went: "" without */
	const struct hash *sealed;   /* of the file that goes; NULL: of the last seal */
	struct str manifest;         /* as it went along; "" to be made now */
};
/* produce_hand_over(c, in, actor, ref, way): as produce_deliver. produce_mailed: likewise, of a
 * mail that the server had taken: the rights were asked when it was written (desk/mailing.h). */
int produce_hand_over(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, const struct produce_way *way) MUST_CHECK;
int produce_mailed(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct produce_way *way) MUST_CHECK;
/* produce_channels: the words of channels, with blanks between. */
extern const char produce_channels[];

/* produce_deliver(c, in, actor, ref, channel): the sealed file was handed over; what stops a
 * production (hold, review, a rule or clock of the order) stops this too. produce_acknowledge: the
 * authority confirmed it. ref is the production's. */
int produce_deliver(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str channel) MUST_CHECK;
int produce_acknowledge(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;

/* produce_of(c, in, m, ref): ERR_NOTFOUND when the case has no such production. */
int produce_of(
    struct ctx *c, struct instance *in, const struct matter *m, struct str ref) MUST_CHECK;

/* produce_sent_acknowledge: likewise, by the officer in the portal; only desk/exchange.h calls it,
 * which has asked whether the officer may. */
int produce_sent_acknowledge(
    struct ctx *c, struct instance *in, const struct person *officer, struct str ref) MUST_CHECK;

#endif

/*
 * What comes in, and triage: a demand is kept exactly as it came before anybody judges it; a person
 * then opens a case from it, merges a duplicate, or sorts out what is no data demand.
 */
#ifndef WRIT_DEMAND_H
#define WRIT_DEMAND_H

#include "desk/matter.h"

struct demand {
	int64_t id, rev, entry;
	struct str ref, channel, language, country, body, level, state;
	int64_t merged_into;
	struct instant received;
	bool verified;
	int compartment;
	struct json *draft; /* NULL once erased */
};

/* A document that came with it, already in the blob store. */
struct demand_paper {
	struct str blob, name,
	    key; /* key: the blob's own key, sealed by the caller's store into the row */
	int64_t size;
};

struct demand_receipt {
	struct str ref;
	int64_t entry;
	struct hash leaf;        /* what the signed promise names */
	struct json *duplicates; /* list of {ref, state, by: "content" | "number"} */
};

/* demand_check(c, in, actor, draft): what the packs and the provider's profile know against a
 * draft: ERR_INVALID names an instrument, field, fact or service that does not exist, or a receipt
 * in the future; ERR_DENIED for a sealed compartment the actor is not named to. */
int demand_check(struct ctx *c, const struct instance *in, const struct person *actor,
    const struct draft *draft) MUST_CHECK;
/* demand_put(c, s, in, draft, papers, n, ret_ref): writes a checked draft inside a running step;
 * ret_ref may be NULL. */
int demand_put(struct ctx *c, struct step *s, struct instance *in, const struct draft *draft,
    const struct demand_paper *papers, size_t n, struct str *ret_ref) MUST_CHECK;
/* demand_receive(c, in, actor, draft, papers, n, ret): stores the demand; needs the role intake. A
 * demand with an instrument of national security goes to the sealed compartment at once: only a
 * person named to it may enter it (ERR_DENIED). ERR_INVALID names an instrument, field or fact that
 * is in no pack. */
int demand_receive(struct ctx *c, struct instance *in, const struct person *actor,
    const struct draft *draft, const struct demand_paper *papers, size_t n,
    struct demand_receipt *ret) MUST_CHECK;
/* demand_label(c, ref): what the sealed text of this one demand is bound to, for vault_seal: a text
 * that is put into another demand's row does not open, so nobody's key takes another's place. */
const char *demand_label(struct ctx *c, struct str ref);
/* demand_get: ERR_NOTFOUND also for one the actor may not know of. For somebody who only reads (an
 * auditor) the draft is without names, numbers, texts and targets (product.md 2). */
int demand_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct demand *ret) MUST_CHECK;
/* demand_by_id: the same, by the row's number, as other rows name it. */
int demand_by_id(struct ctx *c, struct instance *in, const struct person *actor, int64_t id,
    struct demand *ret) MUST_CHECK;
/* demand_as_sent(c, in, ref, ret): its draft, whoever asks: the caller has found that they sent it.
 * NULL once erased. ERR_NOTFOUND. */
int demand_as_sent(
    struct ctx *c, struct instance *in, struct str ref, const struct json **ret) MUST_CHECK;
/* demand_each(c, in, actor, state, fn, arg): those in a state, as they were received. demand_page:
 * a part of them, as matter_page. */
int demand_each(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    int (*fn)(struct ctx *c, const struct demand *d, void *arg), void *arg) MUST_CHECK;
/* demand_urgent: emergencies that are in triage, as they were received; looked for among the newest
 * 200 emergencies that ever came, so that the cost does not grow. */
int demand_urgent(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct demand *d, void *arg), void *arg) MUST_CHECK;
int demand_page(struct ctx *c, struct instance *in, const struct person *actor, struct str state,
    const struct matter_page *page, int (*fn)(struct ctx *c, const struct demand *d, void *arg),
    void *arg) MUST_CHECK;

/* How a demand becomes orders: a new case; or one that cures a refused order; or one that amends an
 * order (same case, the old order ends as amended). */
struct demand_opening {
	const struct legal_order *cures, *amends; /* at most one */
};
/* demand_open(c, in, actor, ref, how, ret): the orders, targets and items are written and judged at
 * once: the case stands in review. ERR_CONFLICT when it is not waiting in triage. */
int demand_open(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    const struct demand_opening *how, struct matter *ret) MUST_CHECK;
/* demand_merge(c, in, actor, ref, into): the same demand by another channel. */
int demand_merge(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str into) MUST_CHECK;
/* demand_sort_out(c, in, actor, ref, kind): no data demand: take_down, civil_party, testimony,
 * data_subject, press. */
int demand_sort_out(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str kind) MUST_CHECK;
/* demand_verify(c, in, actor, ref): a person has checked that the sender is the authority. */
int demand_verify(
    struct ctx *c, struct instance *in, const struct person *actor, struct str ref) MUST_CHECK;

#endif

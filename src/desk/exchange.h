/*
 * What an officer does with a demand after it was submitted: answers a question, corrects a slip in
 * an identifier, takes the demand or an item back, asks for or grants time, invites colleagues,
 * acknowledges what was produced. Each function asks first whether the officer may
 * see the demand (portal_seen): for any other reference the answer is the one for an unknown one.
 * Orders are named by their number in the officer's view, items by theirs within the order.
 */
#ifndef WRIT_EXCHANGE_H
#define WRIT_EXCHANGE_H

#include "desk/portal.h"

int exchange_answer(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t order, struct str text) MUST_CHECK;
/* exchange_correct: examined again. What the order does not name needs an amended order, sent as a
 * new demand: ERR_DENIED says so. */
int exchange_correct(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t order, int64_t item, struct str kind, struct str printed) MUST_CHECK;
/* exchange_withdraw: because is authority, settled or other. order 0: the whole demand; while it
 * waits in triage it is marked, and ends when it is opened. */
int exchange_withdraw(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t order, struct str because) MUST_CHECK;
int exchange_withdraw_item(struct ctx *c, struct instance *in, const struct person *who,
    struct str ref, int64_t order, int64_t item) MUST_CHECK;
int exchange_ask_time(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    int64_t order, struct day until, struct str reason) MUST_CHECK;
int exchange_answer_time(struct ctx *c, struct instance *in, const struct person *who,
    struct str ref, int64_t order, int64_t number, bool grant) MUST_CHECK;

/* exchange_share(c, in, who, ref, shared): whether all officers of the agency see it.
 * exchange_invite(c, in, who, ref, address): a colleague of the same agency sees it from now on and
 * is told by mail. Whether the address belongs to one is not told: 0. exchange_uninvite: by the
 * colleague's reference. Only who submitted it may. */
int exchange_share(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    bool shared) MUST_CHECK;
int exchange_invite(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct str address) MUST_CHECK;
int exchange_uninvite(struct ctx *c, struct instance *in, const struct person *who, struct str ref,
    struct str colleague) MUST_CHECK;

/* exchange_acknowledge: the sealed file of the production arrived and opens; after it was fetched
 * (desk/fetch.h). */
int exchange_acknowledge(
    struct ctx *c, struct instance *in, const struct person *who, struct str ref) MUST_CHECK;

#endif

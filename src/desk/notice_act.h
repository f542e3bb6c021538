/*
 * What people do with notices (notice.h), one step each, and what the program does as time passes.
 */
#ifndef WRIT_NOTICE_ACT_H
#define WRIT_NOTICE_ACT_H

#include "desk/notice.h"

/* notice_act_draft(c, in, actor, order, language, ret_n): a draft from the template "notice"
 * for each account the order's items name that has none yet; language "": the house's first. It
 * holds the production unless it is an emergency or has been produced already. ERR_DENIED while a
 * bar holds; ERR_CONFLICT when all have one. */
int notice_act_draft(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct str language, int64_t *ret_n) MUST_CHECK;
/* notice_act_approve(c, in, actor, order, number, to, text): a person has read it; `to` is the
 * address, "": the account's own where it is one of mail; text, "": as drafted. */
int notice_act_approve(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str to, struct str text) MUST_CHECK;
/* notice_act_send(c, in, actor, order, number, by_hand): to the mail, in the same transaction; or
 * it was handed over (or put into the post) by a person. ERR_DENIED while a bar holds. */
int notice_act_send(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, bool by_hand) MUST_CHECK;
/* notice_act_object(c, in, actor, order, number, said): the user objects: nothing is produced.
 * notice_act_settle: counsel has settled it, or an emergency takes away what the notice held. */
int notice_act_object(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str said) MUST_CHECK;
int notice_act_settle(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str said) MUST_CHECK;
/* notice_act_not_needed(c, in, actor, order, number, reason): number 0: of an order without any. */
int notice_act_not_needed(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str reason) MUST_CHECK;
/* notice_act_withdrawn(c, in, actor, order): the authority takes the order back because of the
 * notice: its notices end, and the order is withdrawn and counted so, together. */
int notice_act_withdrawn(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order) MUST_CHECK;
/* notice_act_source(c, in, actor, order, number, source, review): on what the number-th bar rests:
 * statute, order or request; review: the day on which a person looks at it again, or DAY_NONE: the
 * one that the bar's law asks about, if any. */
int notice_act_source(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, int64_t number, struct str source,
    struct day review) MUST_CHECK;

struct notice_swept {
	int64_t orders, posted, returned, barred, drafted;
};
/* notice_act_sweep(c, in, actor, ret): what time has brought, case by case: mails that the server
 * took (posted) or that never left (returned: approved again, or barred); orders that are barred
 * get their notice on record; where the last bar has ended a draft waits for approval. actor NULL:
 * the program. */
int notice_act_sweep(struct ctx *c, struct instance *in, const struct person *actor,
    struct notice_swept *ret) MUST_CHECK;

#endif

/*
 * What an officer is told before anything is submitted: which instrument the data that are wanted
 * need here, and what such an order must state. Judged by the packs on facts that are supposed, as
 * of a day; nothing is stored. Other than that it says nothing about any account.
 */
#ifndef WRIT_ADVICE_H
#define WRIT_ADVICE_H

#include "desk/instance.h"

struct advice_ask {
	struct str country, body, level; /* of the authority; level may be "" */
	struct str fields;               /* blank-separated ids of the vocabulary */
	struct str service;              /* id in the provider's profile */
	struct str target_kind;          /* "" for email */
	struct day day;                  /* DAY_NONE: today */
	struct str instrument;           /* what the officer has in hand, or "" */
};

/* advice_ours(fact): what only the house can say of a demand (that it called back, that the facts
 * show the emergency, ...): not asked of a sender, and not taken from one. */
bool advice_ours(struct str fact);

enum { ADVICE_FIELDS_MAX = 40 };

/* advice_make(c, in, ask, ret): a list with one element for each field: {field, en, de,
 * instruments, have, code}. instruments: those that would be enough, the best first: {instrument,
 * en, de, cite, verdict, missing: [{fact, en, de}]}; verdict pass, ask (what is missing) or
 * counsel. code: where none is enough, the public refusal code that such a demand would meet. have:
 * with an instrument in hand, its verdict: pass, ask, counsel or fail. ERR_INVALID for an unknown
 * country, body, field, service or instrument; ERR_LIMIT above ADVICE_FIELDS_MAX. */
int advice_make(
    struct ctx *c, struct instance *in, const struct advice_ask *ask, struct json **ret) MUST_CHECK;

#endif

/*
 * Challenges of passkey ceremonies. One is bound to what it was made for - a sign-in, a link, a
 * session and a kind of act - and good for five minutes and one answer.
 *
 * It carries this itself: 16 random bytes, its end, and a keyed hash over these, the purpose and
 * what it is bound to. So nothing is stored when one is asked for, and nobody fills the database by
 * asking; what is stored, until its end, is that one was answered with success.
 */
#ifndef WRIT_CHALLENGE_H
#define WRIT_CHALLENGE_H

#include "desk/instance.h"

enum { CHALLENGE_SIZE = 16 + 8 + 16, CHALLENGE_SECONDS = 300 };

/* challenge_make(c, in, purpose, bound): CHALLENGE_SIZE bytes. bound: of a link or a session what
 * only that one has; "" for a sign-in. */
struct str challenge_make(
    struct ctx *c, const struct instance *in, const char *purpose, struct str bound);
/* challenge_good(c, in, purpose, bound, challenge, ret_made): one of ours, for this, whose time is
 * not over. */
bool challenge_good(struct ctx *c, const struct instance *in, const char *purpose, struct str bound,
    struct str challenge, struct instant *ret_made);
/* challenge_use(c, in, challenge): ERR_CONFLICT when it was answered before. In the transaction of
 * what the answer brings about. */
int challenge_use(struct ctx *c, struct instance *in, struct str challenge) MUST_CHECK;

#endif

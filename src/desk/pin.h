/*
 * The PIN at the door of a file in the portal: told to the officer by another way than the portal,
 * good for one whole download. Ten letters, 50 random bits; what is kept is a keyed hash, bound to
 * the laying. A try is counted before it is looked at, so that tries at one moment are as many as
 * they are; after the last in vain nobody comes in until the desk makes a new one. A right PIN sets
 * the count back.
 *
 * While a download runs its PIN is taken: no second one begins. It is used up when the whole file
 * went out, and free again when the download was cut off; that of a process that died is free after
 * PIN_RUNS_SECONDS.
 */
#ifndef WRIT_PIN_H
#define WRIT_PIN_H

#include "desk/instance.h"

enum { PIN_LETTERS = 10, PIN_RUNS_SECONDS = 3600 };

enum pin_found { PIN_RIGHT, PIN_WRONG, PIN_LOCKED, PIN_USED, PIN_NONE };

/* pin_make(c, in, laid, ret): a new one, in the arena; the old one is worth nothing from then on.
 * Inside a transaction of the caller. */
int pin_make(struct ctx *c, struct instance *in, int64_t laid, struct str *ret) MUST_CHECK;
/* pin_try(c, in, laid, pin, ret, ret_hash): counts one try and looks. Letters in either case, and
 * with blanks and hyphens; O is 0, I and L are 1. ret_hash: for what follows. */
int pin_try(struct ctx *c, struct instance *in, int64_t laid, struct str pin, enum pin_found *ret,
    struct hash *ret_hash) MUST_CHECK;
/* pin_take(c, in, laid, hash): a download begins with it, inside the caller's transaction.
 * ERR_CONFLICT when one runs, or there is a new PIN by now. pin_end: it ended, whole or not. */
int pin_take(struct ctx *c, struct instance *in, int64_t laid, struct hash hash) MUST_CHECK;
int pin_end(
    struct ctx *c, struct instance *in, int64_t laid, struct hash hash, bool whole) MUST_CHECK;
/* pin_state(c, in, laid, ret): "none" (not made yet), "ready", "locked", "running" or "used". */
int pin_state(struct ctx *c, struct instance *in, int64_t laid, struct str *ret) MUST_CHECK;
/* pin_shown(c, pin): as it is told: two halves. */
struct str pin_shown(struct ctx *c, struct str pin);

#endif

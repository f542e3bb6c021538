/* What produce.c, hand_over.c and reseal.c share. */
#ifndef WRIT_PRODUCE_P_H
#define WRIT_PRODUCE_P_H

#include "desk/reseal.h"

/* produce_check_order(c, g): what stops the whole order. ERR_DENIED. */
int produce_check_order(struct ctx *c, const struct gate *g) MUST_CHECK;
/* produce_not_before(c, g, examined, what): neither the instant that the examination found nor the
 * one of this moment's judgment lies ahead; what: ERR_TEXT, for the error. ERR_DENIED. */
int produce_not_before(
    struct ctx *c, const struct gate *g, struct instant examined, const char *what) MUST_CHECK;
/* produce_leaving(c, in, g, production): what stops a production stops what lies sealed.
 * ERR_DENIED. */
int produce_leaving(
    struct ctx *c, struct instance *in, const struct gate *g, int64_t production) MUST_CHECK;
/* produce_place(c, in, order, ret): where the order's case lies, for the rights. */
int produce_place(
    struct ctx *c, struct instance *in, int64_t order, struct right_place *ret) MUST_CHECK;
/* produce_recipient(c, in, g, ret): the key of today, read. ERR_NOTFOUND, ERR_INVALID. */
int produce_recipient(
    struct ctx *c, struct instance *in, const struct gate *g, struct produce_plan *ret) MUST_CHECK;

/* One seal of a production. */
struct reseal_row {
	int64_t production, number, maker;
	const struct seal_key *key;
	struct hash sealed;
	int64_t size;
	struct str manifest, reason; /* "" when not given */
};
/* reseal_put(c, s, in, r): its row. */
int reseal_put(
    struct ctx *c, struct step *s, struct instance *in, const struct reseal_row *r) MUST_CHECK;

#endif

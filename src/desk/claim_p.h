/* Private to claim*.c. */
#ifndef WRIT_CLAIM_P_H
#define WRIT_CLAIM_P_H

#include "desk/claim.h"

/* claim_by_id(c, in, id, ret): without asking whom it exists for. */
int claim_by_id(struct ctx *c, struct instance *in, int64_t id, struct claim *ret) MUST_CHECK;
/* claim_sealed(c, in, label, text): sealed for a statement; NULL for "". */
struct db_val claim_sealed(
    struct ctx *c, const struct instance *in, const char *label, struct str text);
/* claim_line_put(c, s, in, k, line): a new line of it; number, fee, quantity, rate, proposed,
 * state, author, reason and sum are taken. */
int claim_line_put(struct ctx *c, struct step *s, struct instance *in, int64_t claim,
    const struct claim_line *line) MUST_CHECK;
/* claim_save(c, s, in, k): the columns that change; while nobody has sent it the total is summed
 * from the lines, and what is asked follows from it. */
int claim_save(struct ctx *c, struct step *s, struct instance *in, struct claim *k) MUST_CHECK;

#endif

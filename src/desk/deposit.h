/*
 * A sealed production that waits to be fetched: the file (already sealed to the officer's key) lies
 * in the blob folder, once more encrypted with a key of its own, until its case is erased.
 */
#ifndef WRIT_DEPOSIT_H
#define WRIT_DEPOSIT_H

#include "desk/person.h"

/* deposit_put(c, in, actor, ref, path): the sealed file of this production, checked against the
 * hash that was recorded when it was made. ERR_INVALID for another file; ERR_CONFLICT when it lies
 * there already. Collector, reviewer or intake. */
int deposit_put(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str path) MUST_CHECK;
/* deposit_has(c, in, production, ret). deposit_read(c, in, production, fd): its bytes to an open
 * file; what came out before an error must be thrown away. ERR_NOTFOUND. */
int deposit_has(struct ctx *c, struct instance *in, int64_t production, bool *ret) MUST_CHECK;
int deposit_read(struct ctx *c, struct instance *in, int64_t production, int fd) MUST_CHECK;

#endif

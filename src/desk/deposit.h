/*
 * The file of a sealed production that waits to be fetched: already sealed to the officer's key, it
 * lies in the blob folder, once more encrypted with a key of its own. Whether anybody gets it is
 * another matter (desk/laid.h). When the key is thrown away the file is worth nothing; it is
 * deleted by deposit_sweep.
 */
#ifndef WRIT_DEPOSIT_H
#define WRIT_DEPOSIT_H

#include "desk/person.h"
#include "store/blob.h"

/* deposit_put(c, in, actor, ref, path): the sealed file of this production, checked against the
 * hash that was recorded when it was made; of several seals the newest. ERR_INVALID for another
 * file; ERR_CONFLICT when it lies there already. Collector, reviewer or intake. */
int deposit_put(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str path) MUST_CHECK;

/* The same in two parts, for a step: deposit_take(c, in, production, first, path, ret) encrypts and
 * checks it (first: the hash of a production from before there were rows of seals); deposit_write
 * puts it in the place of what lies there, inside the caller's transaction. */
struct deposit_file {
	int64_t production, seal; /* seal: row of production_seal, or 0 */
	struct blob_made made;
	struct str key; /* sealed */
};
int deposit_take(struct ctx *c, struct instance *in, int64_t production, struct str first,
    struct str path, struct deposit_file *ret) MUST_CHECK;
int deposit_write(struct ctx *c, struct instance *in, const struct deposit_file *f) MUST_CHECK;
/* deposit_close(c, in, production): its key is thrown away, inside the caller's transaction. */
int deposit_close(struct ctx *c, struct instance *in, int64_t production) MUST_CHECK;

/* What lies there. */
struct deposit_lies {
	struct str blob;
	int64_t size, seal;
	unsigned char key[BLOB_KEY];
};
/* deposit_find(c, in, production, ret, ret_found): false when there is nothing that could be
 * opened. deposit_has: the same without the key. */
int deposit_find(struct ctx *c, struct instance *in, int64_t production, struct deposit_lies *ret,
    bool *ret_found) MUST_CHECK;
int deposit_has(struct ctx *c, struct instance *in, int64_t production, bool *ret) MUST_CHECK;

/* deposit_sweep(c, in): deletes files whose key was thrown away. */
int deposit_sweep(struct ctx *c, struct instance *in) MUST_CHECK;

#endif

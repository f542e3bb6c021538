/*
 * What goes beside a sealed production, for the eyes of everybody: REF.json, next to the sealed
 * file. It names no person, no identifier and no field: what is in the production is in its
 * manifest alone. A receiver compares the SHA-256; the letter of authenticity is written from
 * "certificate" (SPEC.md 9).
 */
#ifndef WRIT_COMPANION_H
#define WRIT_COMPANION_H

#include "desk/produce.h"
#include "out/seal.h"

struct companion {
	const struct produce_plan *plan;
	int64_t number; /* of the seal */
	struct str manifest, file;
	const struct seal_made *made;
};

/* companion_write(c, in, path, k): the file, readable by its owner. ERR_FAIL. */
int companion_write(struct ctx *c, const struct instance *in, const char *path,
    const struct companion *k) MUST_CHECK;

#endif

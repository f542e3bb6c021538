/*
 * Sealed productions: one file for the officer's key (out/seal.h), holding a tar archive (POSIX
 * ustar): the collected files under files/, then manifest.json and seal.json (SPEC.md 9). Anybody
 * opens it with the plain tool of its kind, e.g. `age -d -i KEY FILE | tar x`.
 */
#ifndef WRIT_PRODUCTION_H
#define WRIT_PRODUCTION_H

#include "desk/produce.h"

enum { PRODUCTION_FILES_MAX = 10000 };

/* production_make(c, in, actor, order, files, n, out_dir, ret_plan, ret_path): asks the gate,
 * seals, writes OUT_DIR/REF.tar.SUFFIX.part (.age .gpg .p7m), records, and then gives the file its
 * name; when the record is refused the part is removed. A kill between record and name leaves the
 * part: the next call with the same out_dir, refused or not, first names every part whose hash is
 * recorded. Each file is read once, and hashed on its way into the seal: one whose length changed
 * since is ERR_CONFLICT and nothing leaves. Without any file (no data found) nothing is sealed and
 * *ret_path is empty. Beside it lies REF.json (out/companion.h). */
int production_make(struct ctx *c, struct instance *in, const struct person *actor,
    const struct legal_order *order, struct produce_file *files, size_t n, struct str out_dir,
    struct produce_plan *ret_plan, struct str *ret_path) MUST_CHECK;
/* production_reseal(c, in, actor, ref, files, n, reason, out_dir, ret_path): one more seal of a
 * production (desk/reseal.h), as OUT_DIR/REF.NUMBER.tar.SUFFIX; files as for production_make. Names
 * and parts as there. */
int production_reseal(struct ctx *c, struct instance *in, const struct person *actor,
    struct str ref, struct produce_file *files, size_t n, struct str reason, struct str out_dir,
    struct str *ret_path) MUST_CHECK;
/* production_stamp(c, in, actor, ref, ret_token, ret_at): its time stamp, checked against tsa_ca
 * and the hash of its manifest. For who may read the case. ERR_NOTFOUND: none, or not yet;
 * ERR_DENIED: it does not hold. */
int production_stamp(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str *ret_token, struct instant *ret_at) MUST_CHECK;

#endif

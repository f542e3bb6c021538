/*
 * One more seal for a production, when the officer lost the key or another officer took over: the
 * same files, the same manifest byte for byte, another key. Writ keeps no copy that it could open
 * (nothing of the collected data stays here), so the files are given again, from where they were
 * kept or collected anew; each must have the hash that the manifest gives. What is not the same any
 * more is another production, with decisions of its own.
 */
#ifndef WRIT_RESEAL_H
#define WRIT_RESEAL_H

#include "desk/produce.h"

struct reseal {
	struct produce_plan plan; /* ref, recipient, key; no manifest of its own */
	int64_t production, order, number;
	struct str manifest; /* as it was sealed first */
	struct hash *want;   /* one for each file */
};

/* reseal_prepare(c, in, actor, ref, files, n, ret): asks what stops a production; gives each of
 * files its name and size in the manifest. ERR_NOTFOUND; ERR_DENIED; ERR_INVALID when a file of the
 * manifest is missing or one too many was given; ERR_CONFLICT for a production that was recalled,
 * or whose manifest was erased. Needs collector or reviewer. */
int reseal_prepare(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct produce_file *files, size_t n, struct reseal *ret) MUST_CHECK;
/* reseal_same(c, r, files, n): the files that went by are those of the manifest. ERR_CONFLICT. */
int reseal_same(
    struct ctx *c, const struct reseal *r, const struct produce_file *files, size_t n) MUST_CHECK;
/* reseal_record(c, in, actor, r, sealed, size, reason): asks again, and writes the seal. */
int reseal_record(struct ctx *c, struct instance *in, const struct person *actor,
    const struct reseal *r, struct hash sealed, int64_t size, struct str reason) MUST_CHECK;

/* reseal_sealed(c, in, production, sealed, ret): whether one of its seals gave a file of this hash.
 */
int reseal_sealed(struct ctx *c, struct instance *in, int64_t production, struct hash sealed,
    bool *ret) MUST_CHECK;

#endif

/*
 * By which channel the answer to an order goes where a law says so (law/channel.h), and the
 * manifest that goes with it by another one: Implementing Regulation (EU) 2025/1550, Annex 3.2,
 * 3.3.3, 6.5 and 6.6. The text of a manifest is SPEC.md 9.10.
 */
#ifndef WRIT_TRANSFER_H
#define WRIT_TRANSFER_H

#include "desk/left.h"
#include "law/channel.h"
#include "desk/produce.h"

/* transfer_check(c, in, g, seal, way): ERR_DENIED for a file that is larger than the channel takes
 * (the text names the means that remain); ERR_INVALID for the channel where no law knows it, for a
 * link that lives too short or too long, and where it is not said why the evidence is not encrypted
 * with the authority's certificate. */
int transfer_check(struct ctx *c, struct instance *in, const struct gate *g,
    const struct left_seal *seal, const struct produce_way *way) MUST_CHECK;
/* transfer_text(c, in, g, l, way, ret): the manifest of a hand-over at this moment, "" where no law
 * asks for one. Asks transfer_check. */
int transfer_text(struct ctx *c, struct instance *in, const struct gate *g, const struct left *l,
    const struct produce_way *way, struct str *ret) MUST_CHECK;
/* transfer_note(c, s, in, g, production, actor, way): in the step that hands over: its manifest is
 * recorded. */
int transfer_note(struct ctx *c, struct step *s, struct instance *in, const struct gate *g,
    int64_t production, const struct person *actor, const struct produce_way *way) MUST_CHECK;
/* transfer_get(c, in, actor, ref, ret): the last manifest of a production, byte for byte as it was
 * given. ERR_NOTFOUND when there is none, or it was erased; ERR_FAIL when it is not the one that
 * was recorded. Rights as of reading whom a demand names. */
int transfer_get(struct ctx *c, struct instance *in, const struct person *actor, struct str ref,
    struct str *ret) MUST_CHECK;

#endif

/*
 * A production as the acts around its delivery take it: by its reference, with its order, and the
 * seals that were made of it. For mailing.h, medium.h, transfer.h, misdelivery.h and recall.h.
 */
#ifndef WRIT_LEFT_H
#define WRIT_LEFT_H

#include "desk/gate.h"
#include "in/seal_key.h"

struct left {
	int64_t id, rev, order;
	struct str ref, state;
	struct hash manifest;
	struct legal_order legal_order;
	struct matter matter;
};

/* left_find(c, in, actor, right, ref, ret): ERR_DENIED for the role, ERR_NOTFOUND also for what the
 * person may not know of. left_again: the same row once more, inside a step; ERR_CONFLICT when it
 * changed since. left_by_id: by its number, whoever asks. */
int left_find(struct ctx *c, struct instance *in, const struct person *actor, enum right right,
    struct str ref, struct left *ret) MUST_CHECK;
int left_again(struct ctx *c, struct instance *in, const struct left *l) MUST_CHECK;
int left_by_id(struct ctx *c, struct instance *in, int64_t production, struct left *ret) MUST_CHECK;

struct left_seal {
	int64_t number, size;
	struct str kind; /* age openpgp cms */
	struct hash sealed;
	struct str name; /* of the sealed file: REF.tar.age, REF.2.tar.age */
};

/* left_seal(c, in, l, sealed, ret): the seal that gave a file with this SHA-256; NULL: the last
 * one. ERR_NOTFOUND. */
int left_seal(struct ctx *c, struct instance *in, const struct left *l, const struct hash *sealed,
    struct left_seal *ret) MUST_CHECK;

/* left_words(c, in, label, j): a map of texts, sealed. left_unwords: NULL for what was erased. */
struct str left_words(
    struct ctx *c, const struct instance *in, const char *label, const struct json *j);
int left_unwords(struct ctx *c, const struct instance *in, const char *label, struct db_val v,
    struct json **ret) MUST_CHECK;
/* left_line_ok(c, s, what): one line that is not empty, for people to read; what: ERR_TEXT.
 * ERR_INVALID. */
int left_line_ok(struct ctx *c, struct str s, const char *what) MUST_CHECK;

#endif

/*
 * A demand that is being filled in, in several steps: kept sealed on our side, so that nothing of
 * it stands in an address, and nothing is lost by an error, a closed window or a day's break. It is
 * found by a word of 128 random bits in its address, of which the hash is kept; one of an officer
 * also only by that officer. It goes SKETCH_DAYS after it was last saved, or when it is dropped.
 * Once it was sent only the demand's reference stays of it, for SKETCH_FORM_DAYS, so that whoever
 * sends it again, because no answer came, gets that demand and not a second one.
 *
 * `form` is what was entered, as it was entered, also what is wrong; the page checks it. No
 * evidence: table sketch stands outside of the ledger.
 */
#ifndef WRIT_SKETCH_H
#define WRIT_SKETCH_H

#include "desk/person.h"

enum { SKETCH_DAYS = 7, SKETCH_FORM_DAYS = 1 }; /* of an officer; of the public form */

struct sketch {
	int64_t id, person; /* person 0: the public form */
	struct str word;
	struct instant until;
	struct json *form;
	struct str read; /* private: the form as it was found, sealed */
};

/* sketch_open(c, in, who, place, ret): a new one with an empty form. who NULL: the public form,
 * from this network address, at most 20 an hour (ERR_LIMIT); of an officer at most 100. */
int sketch_open(struct ctx *c, struct instance *in, const struct person *who, struct str place,
    struct sketch *ret) MUST_CHECK;
/* sketch_find: ERR_NOTFOUND, the same for one that never was, has ended, or is another's. */
int sketch_find(struct ctx *c, struct instance *in, const struct person *who, struct str word,
    struct sketch *ret) MUST_CHECK;
/* sketch_save(c, in, s): s->form as it is now. ERR_LIMIT above 2 MiB. sketch_drop(c, in, s). */
int sketch_save(struct ctx *c, struct instance *in, const struct sketch *s) MUST_CHECK;
int sketch_drop(struct ctx *c, struct instance *in, const struct sketch *s) MUST_CHECK;
/* sketch_keep(c, in, s): the same as sketch_save, unless it was changed or sent meanwhile. */
int sketch_keep(struct ctx *c, struct instance *in, const struct sketch *s) MUST_CHECK;
/* sketch_sent(c, in, s, ref): it became this demand; within the demand's transaction. ERR_CONFLICT
 * when another did that meanwhile. sketch_demand(s): the demand's reference, "" before. */
int sketch_sent(
    struct ctx *c, struct instance *in, const struct sketch *s, struct str ref) MUST_CHECK;
struct str sketch_demand(const struct sketch *s);
/* sketch_list(c, in, who, ret): {word, until, about} of the officer's own, newest first, at most
 * 20; about: the file number in it. */
int sketch_list(
    struct ctx *c, struct instance *in, const struct person *who, struct json **ret) MUST_CHECK;

#endif

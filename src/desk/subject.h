/*
 * Whom the house's OpenID provider means: a subject (the issuer's own name for somebody, never a
 * mail address) is bound to one person of the provider, by a link (desk/enrol.h), by the person's
 * own hand beside another way in, or by an admin as the person's first way in. Nothing is deleted;
 * the ledger has an entry for each beginning and end.
 */
#ifndef WRIT_SUBJECT_H
#define WRIT_SUBJECT_H

#include "desk/person.h"

enum { SUBJECT_MAX = 5 }; /* that one person has at a time */

struct subject {
	int64_t id, rev, person, number;
	struct str issuer, way, sub;
	struct instant added, ended; /* ended: INSTANT_NONE while it is not */
	struct str cause;            /* of its end: own, admin, recovery */
};

struct subjects {
	struct subject *v; /* by number */
	size_t n, cap;
	size_t live; /* that have not ended, of whatever issuer */
	size_t here; /* of these: of the issuer of writ.yaml */
};

/* subject_of(c, in, person, ret): all of a person. */
int subject_of(struct ctx *c, struct instance *in, int64_t person, struct subjects *ret) MUST_CHECK;
/* subject_find(c, in, sub, ret): at the issuer of writ.yaml; *ret->id is 0 when it is nobody's, or
 * has ended. */
int subject_find(
    struct ctx *c, struct instance *in, struct str sub, struct subject *ret) MUST_CHECK;
/* subject_put(c, in, s, person, sub, way, ret_id): inside a step; way: admin, link, own.
 * ERR_CONFLICT when it is bound already, to whomever; ERR_LIMIT; ERR_DENIED for an officer. */
int subject_put(struct ctx *c, struct instance *in, struct step *s, int64_t person, struct str sub,
    const char *way, int64_t *ret_id) MUST_CHECK;
/* subject_bind(c, in, by, person, sub): by an admin, for who has and had no way in. ERR_DENIED;
 * ERR_CONFLICT; ERR_INVALID for a text that is no subject, and without an issuer in writ.yaml. */
int subject_bind(struct ctx *c, struct instance *in, const struct person *by,
    const struct person *person, struct str sub) MUST_CHECK;
/* subject_end_row(c, in, s, o, cause): inside a step; its sessions end with it. */
int subject_end_row(struct ctx *c, struct instance *in, struct step *s, const struct subject *o,
    const char *cause) MUST_CHECK;
/* subject_end(c, in, by, person, number): by an admin, or by the person's own hand, and then not
 * the last way in. ERR_NOTFOUND, ERR_DENIED, ERR_CONFLICT when it has ended already. */
int subject_end(struct ctx *c, struct instance *in, const struct person *by, int64_t person,
    int64_t number) MUST_CHECK;
/* subject_view(c, in, by, person, ret): {"subjects": [...]}, for the person or an admin. */
int subject_view(struct ctx *c, struct instance *in, const struct person *by, int64_t person,
    struct json **ret) MUST_CHECK;

#endif

/*
 * People: an actor is a person, bound to a Unix user or a secret; a role is what the person may do.
 * Two-person steps compare persons, not roles. What a role may do stands in right.h.
 */
#ifndef WRIT_PERSON_H
#define WRIT_PERSON_H

#include "desk/instance.h"

enum role {
	ROLE_INTAKE = 1,
	ROLE_REVIEWER = 2,
	ROLE_COUNSEL = 4,
	ROLE_COLLECTOR = 8,
	ROLE_FINANCE = 16,
	ROLE_PUBLISHER = 32,
	ROLE_AUDITOR = 64,
	ROLE_ADMIN = 128,
	/* Of no person: of a system of the provider (desk/service_token.h), for one request. */
	ROLE_CONNECTOR = 256
};

struct person {
	int64_t id, rev;
	unsigned roles;
	bool sealed; /* named to the national-security compartment */
	bool active;
	struct str handle;
	/* Of a system of the provider that acts under this person's account: the token's row and
	 * the one service whose tickets exist for it. 0 for a person. */
	int64_t token;
	struct str service;
	struct str
	    lands; /* ISO codes, "DE FR": only demands of these exist for the person; empty: all */
};

enum { PERSON_LANDS_MAX = 64 };

/* person_roles(c, words, ret): "reviewer counsel" to bits; ERR_INVALID names the unknown word. */
int person_roles(struct ctx *c, struct str words, unsigned *ret) MUST_CHECK;
/* person_roles_str(c, roles): the words. */
struct str person_roles_str(struct ctx *c, unsigned roles);

/* person_add(c, in, by, handle, roles, sealed, uid, secret_hash, ret_id): by is an admin, or NULL
 * for the first person of an instance, who must be an admin. uid < 0 and secret NULL: not bound
 * that way. ERR_CONFLICT when the handle or the binding is taken. */
int person_add(struct ctx *c, struct instance *in, const struct person *by, struct str handle,
    unsigned roles, bool sealed, int64_t uid, const struct hash *secret,
    int64_t *ret_id) MUST_CHECK;
/* person_set(c, in, by, handle, roles, sealed, active): new roles, compartment and standing; by is
 * an admin. Nobody is deleted: who did what stays readable. ERR_DENIED for the last active admin's
 * own end. */
int person_set(struct ctx *c, struct instance *in, const struct person *by, struct str handle,
    unsigned roles, bool sealed, bool active) MUST_CHECK;
/* person_by_uid / person_by_secret: who signs in; ERR_DENIED when nobody active is bound so. */
int person_by_uid(struct ctx *c, struct instance *in, int64_t uid, struct person *ret) MUST_CHECK;
int person_by_secret(
    struct ctx *c, struct instance *in, struct str secret, struct person *ret) MUST_CHECK;
/* person_get(c, in, id, ret): ERR_NOTFOUND. person_find: by handle. */
int person_get(struct ctx *c, struct instance *in, int64_t id, struct person *ret) MUST_CHECK;
/* person_name(c, in, id, ret): the handle alone, for pages that name many; as person_get. */
int person_name(struct ctx *c, struct instance *in, int64_t id, struct str *ret) MUST_CHECK;
int person_find(
    struct ctx *c, struct instance *in, struct str handle, struct person *ret) MUST_CHECK;
int person_each(struct ctx *c, struct instance *in,
    int (*fn)(struct ctx *c, const struct person *p, void *arg), void *arg) MUST_CHECK;
/* person_limit(c, in, by, handle, lands): from now on only demands of these countries ("DE FR")
 * exist for the person, and the cases made from them; empty: of all. by is an admin, or NULL as for
 * person_add. ERR_INVALID for a word that is no country, for more than PERSON_LANDS_MAX of them,
 * and for an admin, who reads no case anyway. */
int person_limit(struct ctx *c, struct instance *in, const struct person *by, struct str handle,
    struct str lands) MUST_CHECK;

#endif

/*
 * The passkeys of people: registered with a link (desk/enrol.h) or beside another one, ended by
 * their person, an admin, a recovery, or because a second device has the key. Nothing is deleted;
 * the ledger has an entry for each beginning and end.
 */
#ifndef WRIT_KEYRING_H
#define WRIT_KEYRING_H

#include "desk/person.h"
#include "in/passkey.h"

enum { KEYRING_NAME_MAX = 60, KEYRING_MAX = 20 }; /* bytes of a name; passkeys of one person */

struct keyring_key {
	int64_t id, rev, person, number;
	struct passkey_key key;            /* its count is the last one seen */
	struct str name;                   /* that its person gave it */
	struct instant added, ended, used; /* ended, used: INSTANT_NONE while it is not */
	struct str cause;                  /* of its end: own, admin, recovery, copied */
};

struct keyring {
	struct keyring_key *v; /* by number */
	size_t n, cap;
	size_t live; /* that have not ended */
};

/* keyring_of(c, in, person, ret): all passkeys of a person. */
int keyring_of(struct ctx *c, struct instance *in, int64_t person, struct keyring *ret) MUST_CHECK;
/* keyring_find(c, in, credential, ret): *ret->id is 0 when nobody has it. */
int keyring_find(
    struct ctx *c, struct instance *in, struct str credential, struct keyring_key *ret) MUST_CHECK;
/* keyring_put(c, in, s, person, key, name, ret_id): inside a step. ERR_CONFLICT when the credential
 * is registered already, by whomever; ERR_LIMIT; ERR_INVALID for a name that is none. */
int keyring_put(struct ctx *c, struct instance *in, struct step *s, int64_t person,
    const struct passkey_key *key, struct str name, int64_t *ret_id) MUST_CHECK;
/* keyring_end_row(c, in, s, k, cause): inside a step; its sessions end with it. */
int keyring_end_row(struct ctx *c, struct instance *in, struct step *s, const struct keyring_key *k,
    const char *cause) MUST_CHECK;
/* keyring_end(c, in, by, person, number): by an admin, or by the person's own hand, and then not
 * the last one. ERR_NOTFOUND, ERR_DENIED, ERR_CONFLICT when it has ended already. */
int keyring_end(struct ctx *c, struct instance *in, const struct person *by, int64_t person,
    int64_t number) MUST_CHECK;
/* keyring_used(c, in, k, count): the counter as the last answer had it, and that it was used now.
 * ERR_CONFLICT when another answer has brought it as far meanwhile. */
int keyring_used(
    struct ctx *c, struct instance *in, const struct keyring_key *k, uint32_t count) MUST_CHECK;
/* keyring_user(in, person): what a device calls the person by: 32 bytes, the same for all of the
 * person's passkeys, which tell nobody anything. */
struct hash keyring_user(const struct instance *in, int64_t person);
/* keyring_view(c, in, by, person, ret): {"passkeys": [...]}, for the person or an admin. */
int keyring_view(struct ctx *c, struct instance *in, const struct person *by, int64_t person,
    struct json **ret) MUST_CHECK;

#endif

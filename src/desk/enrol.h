/*
 * One-time links by which a person registers a passkey, or binds a sign-in at the house's OpenID
 * provider (desk/oidc_login.h). A link has a token of 256 random bits, of
 * which the hash is stored; it is good for three days and one of these, and a newer one ends it.
 *
 * An admin gives a person the first one. (A person of an authority, who has no role, is given it by
 * who vets them.) For somebody who has or had one it takes two: an admin proposes, and another
 * person, admin or counsel, confirms within a week; then the old ones and the sessions end and
 * there is a link. Nobody proposes or confirms for oneself. Each of these is an entry of the
 * ledger.
 */
#ifndef WRIT_ENROL_H
#define WRIT_ENROL_H

#include "desk/challenge.h"
#include "desk/keyring.h"

enum { ENROL_LINK_SECONDS = 3 * 86400, ENROL_PROPOSAL_SECONDS = 7 * 86400, ENROL_TOKEN_SIZE = 64 };

struct enrol_link {
	struct str token, url; /* url "" where writ.yaml has none */
	struct instant until;
};

/* Whose link it is. */
struct enrol {
	int64_t id, rev;
	struct person person;
	struct instant until;
};

/* enrol_link(c, in, by, person, ret): by is an admin. ERR_DENIED; ERR_CONFLICT for somebody who has
 * or had a passkey; ERR_INVALID without a url. */
int enrol_link(struct ctx *c, struct instance *in, const struct person *by,
    const struct person *person, struct enrol_link *ret) MUST_CHECK;
/* enrol_person(c, in, by, handle, roles, sealed, lands, ret): a new person who has no other way in,
 * and the link, or neither. by as in person_add; lands as in person_limit, NULL for all. */
int enrol_person(struct ctx *c, struct instance *in, const struct person *by, struct str handle,
    unsigned roles, bool sealed, const struct str *lands, struct enrol_link *ret) MUST_CHECK;
/* enrol_recover(c, in, by, person): proposes. ERR_CONFLICT when it is proposed already. */
int enrol_recover(struct ctx *c, struct instance *in, const struct person *by,
    const struct person *person) MUST_CHECK;
/* enrol_confirm(c, in, by, person, ret): ERR_NOTFOUND when nothing is proposed, or no longer. With
 * its step a mail to the person is put, where the house has an address (enrol_tell_recovered). */
int enrol_confirm(struct ctx *c, struct instance *in, const struct person *by,
    const struct person *person, struct enrol_link *ret) MUST_CHECK;
int enrol_tell_recovered(
    struct ctx *c, struct instance *in, const struct person *person) MUST_CHECK;

/* enrol_find(c, in, token, ret): ERR_NOTFOUND, always the same, for a token that is none, was used,
 * ended, is too old, or whose person was sent away. */
int enrol_find(struct ctx *c, struct instance *in, struct str token, struct enrol *ret) MUST_CHECK;
/* enrol_ask(c, in, token, ret): for the browser: what to make a passkey for. */
int enrol_ask(struct ctx *c, struct instance *in, struct str token, struct json **ret) MUST_CHECK;
/* enrol_take(c, in, token, f, name, why): registers it; the link is used. ERR_NOTFOUND, ERR_INVALID
 * for the name, ERR_DENIED for the answer. */
int enrol_take(struct ctx *c, struct instance *in, struct str token, const struct passkey_fields *f,
    struct str name, enum passkey_fault *why) MUST_CHECK;
/* enrol_ask_more / enrol_take_more: one more passkey of who has signed in, bound to that session.
 * The caller has asked session_fresh for SESSION_KEYS. */
int enrol_ask_more(struct ctx *c, struct instance *in, const struct person *who, int64_t session,
    struct json **ret) MUST_CHECK;
int enrol_take_more(struct ctx *c, struct instance *in, const struct person *who, int64_t session,
    const struct passkey_fields *f, struct str name, enum passkey_fault *why) MUST_CHECK;

#endif

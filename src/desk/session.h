/*
 * Sessions: what a browser holds after a passkey, or a round through the OpenID provider, was
 * accepted. Its token has 256 random bits, is
 * new with each sign-in, and only its hash is stored. A session ends after a time without requests,
 * after a time in any case (writ.yaml: session_idle, session_end), by hand, with its passkey, and
 * when its person is sent away. Rows of sessions are no evidence; acts have their entries.
 */
#ifndef WRIT_SESSION_H
#define WRIT_SESSION_H

#include "desk/person.h"

enum { SESSION_CHECK_SECONDS = 300, SESSION_SEEN_SECONDS = 60 };

/* Acts that want the passkey once more, shortly before. */
enum session_act {
	SESSION_RELEASE,     /* of data to an authority */
	SESSION_PUBLICATION, /* of editions and statements */
	SESSION_KEYS,        /* use of keys; also the person's own passkeys */
	SESSION_ACTS
};
/* session_act_word(act): "release", "publication", "keys"; session_act_find(word): SESSION_ACTS
 * when it is none. */
const char *session_act_word(enum session_act act);
enum session_act session_act_find(struct str word);

/* By what a session begins: the one that was accepted just now, the other 0. */
struct session_by {
	int64_t person, passkey, subject;
};

struct session {
	int64_t id;
	struct str ref, proof; /* proof: what the forms of its pages carry */
	struct instant started, seen;
};

/* session_open(c, in, by, ret_token): 64 hex digits for the cookie. */
int session_open(struct ctx *c, struct instance *in, const struct session_by *by,
    struct str *ret_token) MUST_CHECK;
/* session_find(c, in, token, ret, ret_person): the session, and who has it; that it was seen is
 * noted once a minute. ERR_DENIED, always with the same text, when there is none that goes on. */
int session_find(struct ctx *c, struct instance *in, struct str token, struct session *ret,
    struct person *ret_person) MUST_CHECK;
/* session_end(c, in, id); session_end_ref: another one of the same person's, ERR_NOTFOUND;
 * session_end_all: of a person, by an admin or by the own hand, as a step. */
int session_end(struct ctx *c, struct instance *in, int64_t id) MUST_CHECK;
int session_end_ref(
    struct ctx *c, struct instance *in, const struct person *who, struct str ref) MUST_CHECK;
int session_end_all(
    struct ctx *c, struct instance *in, const struct person *by, int64_t person) MUST_CHECK;
/* session_end_every(c, in): of everybody: after a restore, so that none that was ended since the
 * backup goes on. */
int session_end_every(struct ctx *c, struct instance *in) MUST_CHECK;
/* session_verify(c, in, id, act): the passkey was accepted once more for this. session_fresh: 0
 * when that was at most SESSION_CHECK_SECONDS ago; else ERR_DENIED "needs your passkey once more".
 * session 0 (a command, a token of the API): 0, their own sign-in comes with each act. */
int session_verify(struct ctx *c, struct instance *in, int64_t id, enum session_act act) MUST_CHECK;
int session_fresh(struct ctx *c, struct instance *in, int64_t id, enum session_act act) MUST_CHECK;
/* session_view(c, in, who, mine, ret): {"sessions": [...]} of a person that go on; mine: the one
 * that asks, 0 for none. */
int session_view(struct ctx *c, struct instance *in, const struct person *who, int64_t mine,
    struct json **ret) MUST_CHECK;

#endif

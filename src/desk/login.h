/*
 * Signing in: a passkey's answer becomes a session. Nobody says who they are: the passkey does, so
 * no page tells whether somebody exists. Every refusal is the same ERR_DENIED; why is for the log.
 *
 * An answer is taken once (challenge.h), for what it was asked for, from a passkey that has not
 * ended, of a person who is active. A counter that went back means that two devices have the key:
 * the answer is refused, the passkey ends with its sessions, and the ledger says so to the admins,
 * who make a new link. (Not when it answers a challenge from before the last use: then two answers
 * of one device overtook each other.)
 */
#ifndef WRIT_LOGIN_H
#define WRIT_LOGIN_H

#include "desk/challenge.h"
#include "desk/keyring.h"
#include "desk/session.h"

/* login_house(in): what answers must be made for. url "" in writ.yaml: nothing fits. */
struct passkey_house login_house(const struct instance *in);
/* login_ask(c, in, ret): for the browser: {"challenge", "rpId", "timeout"} of a sign-in.
 * ERR_INVALID when writ.yaml has no url. */
int login_ask(struct ctx *c, struct instance *in, struct json **ret) MUST_CHECK;
/* login_take(c, in, f, ret_token, why): a session's token. */
int login_take(struct ctx *c, struct instance *in, const struct passkey_fields *f,
    struct str *ret_token, enum passkey_fault *why) MUST_CHECK;
/* login_ask_again(c, in, session, who, act, ret): of a session that goes on, for acts of one kind;
 * login_take_again: any passkey of the same person will do. */
int login_ask_again(struct ctx *c, struct instance *in, int64_t session, const struct person *who,
    enum session_act act, struct json **ret) MUST_CHECK;
int login_take_again(struct ctx *c, struct instance *in, int64_t session, const struct person *who,
    enum session_act act, const struct passkey_fields *f, enum passkey_fault *why) MUST_CHECK;

#endif

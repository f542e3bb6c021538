/*
 * What a good round through the OpenID provider brings about (desk/oidc.h): a session, the check
 * before an act, or a subject bound to a person. The round is over in the same transaction.
 *
 * An act that wants a check is confirmed there only by who has no passkey: a passkey is bound to
 * this house's address and cannot be led elsewhere, a sign-in at the provider can.
 */
#ifndef WRIT_OIDC_LOGIN_H
#define WRIT_OIDC_LOGIN_H

#include "desk/enrol.h"
#include "desk/oidc.h"
#include "desk/session.h"
#include "desk/subject.h"

/* Each refuses with the ERR_DENIED of oidc_arrive and one word for the log, *ret_why. */

/* oidc_login(c, in, r, ret_token, ret_why): a session's token. */
int oidc_login(struct ctx *c, struct instance *in, const struct oidc_result *r,
    struct str *ret_token, const char **ret_why) MUST_CHECK;
/* oidc_login_may(c, in, who, ret): whether who confirms acts there: no passkey, and a subject. */
int oidc_login_may(
    struct ctx *c, struct instance *in, const struct person *who, bool *ret) MUST_CHECK;
/* oidc_login_again(c, in, r, trip, session, who, ret_why): the same person, in the session that the
 * round began in. */
int oidc_login_again(struct ctx *c, struct instance *in, const struct oidc_result *r,
    const struct oidc_trip *trip, int64_t session, const struct person *who,
    const char **ret_why) MUST_CHECK;
/* oidc_login_link(c, in, r, trip): bound to the link's person; the link is used. ERR_NOTFOUND as
 * enrol_find; ERR_CONFLICT when the subject is bound already; ERR_DENIED for an officer. */
int oidc_login_link(struct ctx *c, struct instance *in, const struct oidc_result *r,
    const struct oidc_trip *trip) MUST_CHECK;
/* oidc_login_own(c, in, r, trip, session, who, ret_why): bound beside another way in. The caller
 * has asked session_fresh for SESSION_KEYS. */
int oidc_login_own(struct ctx *c, struct instance *in, const struct oidc_result *r,
    const struct oidc_trip *trip, int64_t session, const struct person *who,
    const char **ret_why) MUST_CHECK;

#endif

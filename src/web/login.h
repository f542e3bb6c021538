/*
 * Signing in and out, registering a passkey by a link, and the passkey once more before an act.
 * Nobody is asked for a name. A refused answer is told as such and no more; the check that refused
 * it is one word in the log.
 *
 * The session's cookie has the prefix __Host-, and is sent over TLS alone, to this host alone, to
 * no script, and with no request that begins on another site.
 */
#ifndef WRIT_LOGIN_WEB_H
#define WRIT_LOGIN_WEB_H

#include "in/passkey.h"
#include "web/route.h"

/* login_answer(ask, at): the six fields of a browser's answer, which stand in the line's list from
 * number at on: id, client, attestation, data, signature, user. */
struct passkey_fields login_answer(const struct route_ask *ask, size_t at);
/* login_fields: parsers of these six, for lists of lines. */
#define LOGIN_FIELDS                                                                               \
	{.name = "id", .parse = login_field}, {.name = "client", .parse = login_field},            \
	    {.name = "attestation", .parse = login_field}, {.name = "data", .parse = login_field}, \
	    {.name = "signature", .parse = login_field},                                           \
	{                                                                                          \
		.name = "user", .parse = login_field                                               \
	}
int login_field(struct ctx *c, struct str text, struct route_value *ret);
/* A path of ours to go on to. */
int login_back(struct ctx *c, struct str text, struct route_value *ret);
/* login_refused(ask, rc, why): what a view returns for a refused answer: it is noted. */
int login_refused(struct route_ask *ask, int rc, enum passkey_fault why) MUST_CHECK;
/* login_noted(ask): one more refusal from this network; past the limit the answer says when to try
 * again. */
int login_noted(struct route_ask *ask) MUST_CHECK;
/* login_begin(ask, token): a new session in place of the one that the browser had; where it goes on
 * stands in ask->go_on. */
int login_begin(struct route_ask *ask, struct str token) MUST_CHECK;
/* login_json(ask, rc, j, a): what a script asked for, or why not. */
int login_json(struct route_ask *ask, int rc, const struct json *j, struct answer *a) MUST_CHECK;
/* login_language(ask, language): this browser's pages are in it from now on; "" changes nothing. */
void login_language(struct route_ask *ask, struct str language);

/* Views and handlers (web/table_login.c). */
int login_page(struct route_ask *ask, struct json **ret);
int login_ask_start(struct route_ask *ask, struct answer *a);
int login_start(struct route_ask *ask, struct json **ret);
int login_stop(struct route_ask *ask, struct json **ret);
int login_enrol_page(struct route_ask *ask, struct json **ret);  /* part 0: the token */
int login_enrol_ask(struct route_ask *ask, struct answer *a);    /* part 0 */
int login_enrol(struct route_ask *ask, struct json **ret);       /* part 0; name, answer */
int login_verify_page(struct route_ask *ask, struct json **ret); /* part 0: the act; back */
int login_verify_ask(struct route_ask *ask, struct answer *a);   /* part 0 */
int login_verify(struct route_ask *ask, struct json **ret);      /* part 0; back, answer */

#endif

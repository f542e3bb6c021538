/* What people keep of their own: passkeys, sessions, language. Another passkey, and the end of one,
 * want the passkey once more (SESSION_KEYS): a session that somebody else got hold of makes itself
 * no way back in. */
#ifndef WRIT_LOGIN_OWN_H
#define WRIT_LOGIN_OWN_H

#include "web/route.h"

/* Views and handlers (web/table_login.c). */
int login_own_page(struct route_ask *ask, struct json **ret);
int login_own_ask(struct route_ask *ask, struct answer *a);
int login_own_more(struct route_ask *ask, struct json **ret); /* name, answer */
int login_own_end(struct route_ask *ask, struct json **ret);  /* part 0: the passkey's number */
int login_own_subject(
    struct route_ask *ask, struct json **ret); /* part 0: the number of a subject */
int login_own_session(
    struct route_ask *ask, struct json **ret); /* part 0: the session's reference */
int login_own_sessions(struct route_ask *ask, struct json **ret); /* all of them: signs out too */
int login_own_language(struct route_ask *ask, struct json **ret); /* language */

#endif

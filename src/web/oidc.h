/*
 * Signing in through the house's OpenID provider, in the browser (desk/oidc.h). Works without
 * JavaScript.
 *
 * A browser comes back by a navigation that began on another site, and so without the session's
 * cookie (SameSite=Strict); the round has one of its own (Lax). The page that takes it in leads on
 * by itself to the page that waits: from there on all begins here again. The cookie says what the
 * round is for, and where the browser goes on: nothing of that stands in an address that the issuer
 * or anybody else could make up.
 */
#ifndef WRIT_OIDC_WEB_H
#define WRIT_OIDC_WEB_H

#include "web/route.h"

/* Handlers and views (web/table_login.c). */
int oidc_page_go(struct route_ask *ask, struct answer *a);
int oidc_page_link(struct route_ask *ask, struct answer *a);  /* part 0: the token */
int oidc_page_again(struct route_ask *ask, struct answer *a); /* part 0: the act; back */
int oidc_page_own(struct route_ask *ask, struct answer *a);
int oidc_page_back(struct route_ask *ask, struct json **ret); /* state, code, iss, error */
int oidc_page_wait(struct route_ask *ask, struct json **ret);

#endif

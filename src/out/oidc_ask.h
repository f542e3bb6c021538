/*
 * What the process of role issuer asks the house's OpenID provider, through writ-net: its document
 * and keys, and an ID token for the code of a round (desk/oidc.h), which it checks
 * (in/id_token.h). Of what comes back nothing is kept but the subject.
 */
#ifndef WRIT_OIDC_ASK_H
#define WRIT_OIDC_ASK_H

#include "desk/oidc.h"

/* What the process is given beside its instance; read anew for each request. */
struct oidc_ask {
	struct str secret, ca; /* ca "": the machine's own list */
};

/* oidc_ask_document(c, in, with): the document and keys, when their time has come. 0 whatever came
 * of it: that stands in the row. */
int oidc_ask_document(struct ctx *c, struct instance *in, const struct oidc_ask *with) MUST_CHECK;
/* oidc_ask_next(c, in, with): the next round that waits, to its end. ERR_NOTFOUND: none waits. */
int oidc_ask_next(struct ctx *c, struct instance *in, const struct oidc_ask *with) MUST_CHECK;

#endif

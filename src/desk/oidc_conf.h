/*
 * What writ.yaml says of the OpenID provider by which staff may sign in. Without it there is none.
 *
 *   oidc_issuer: https://login.example.net   exactly as the provider calls itself
 *   oidc_client: writ                        what the provider calls us
 *   oidc_secret: keys/oidc                   a file that has the client's secret in one line
 *   oidc_name: Example Login                 optional: what the button says; else the issuer's host
 */
#ifndef WRIT_OIDC_CONF_H
#define WRIT_OIDC_CONF_H

#include "kind/yaml.h"

enum { OIDC_CLIENT_MAX = 255, OIDC_NAME_MAX = 60 };

struct oidc_conf {
	struct str issuer, client, secret, name; /* issuer "": there is none */
	int port;                                /* of the issuer */
};

/* oidc_conf_read(c, root, ret): ERR_INVALID "FILE:LINE:COL: ...". */
int oidc_conf_read(struct ctx *c, const struct yaml *root, struct oidc_conf *ret) MUST_CHECK;

#endif

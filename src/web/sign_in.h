/*
 * Who asks: by the cookie of a session in pages, by a bearer token below /api/v1. Called for every
 * request that is not public.
 */
#ifndef WRIT_SIGN_IN_H
#define WRIT_SIGN_IN_H

#include "web/route.h"

/* sign_in_find(ask): fills in who, officer, csrf and login; a session that has ended is nobody's.
 * ERR_DENIED: a token that opens nothing. */
int sign_in_find(struct route_ask *ask) MUST_CHECK;

#endif

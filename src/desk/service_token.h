/*
 * Tokens of services: what a system of the provider signs in with that fetches the open tickets of
 * its own service and hands in what it collected (SPEC.md 9.2, push). A token is of one service,
 * good for a number of days, and opens nothing but those tickets: no case, no list, no other
 * service. An admin makes it; its acts are recorded under the admin's account with the token's
 * number, and it is good no longer than the admin is one. It has 256 random bits; its hash alone is
 * stored.
 */
#ifndef WRIT_SERVICE_TOKEN_H
#define WRIT_SERVICE_TOKEN_H

#include "desk/person.h"
#include "kind/json.h"

enum {
	SERVICE_TOKEN_DAYS_MAX = 366,
	SERVICE_TOKEN_MAX = 200, /* that are good */
	SERVICE_TOKEN_NAME_MAX = 60
};
#define SERVICE_TOKEN_BEGINS "writ-service-"

struct service_token_new {
	struct str service;
	bool sealed; /* also tickets of sealed matters; only by who is named to them */
	int64_t days;
	struct str name; /* one line: which system */
};

/* service_token_text(c, ret_hash): a new token, of no service yet. */
struct str service_token_text(struct ctx *c, struct hash *ret_hash);
/* service_token_make(c, in, by, n, hash, ret_number, ret_until): from now on it is one. ERR_DENIED
 * unless by is an admin; ERR_NOTFOUND for a service that the data map has not, ERR_DENIED for one
 * whose connector is not push; ERR_INVALID, ERR_LIMIT. */
int service_token_make(struct ctx *c, struct instance *in, const struct person *by,
    const struct service_token_new *n, const struct hash *hash, int64_t *ret_number,
    struct instant *ret_until) MUST_CHECK;
/* service_token_end(c, in, by, number): ERR_NOTFOUND; ERR_CONFLICT when it has ended already. */
int service_token_end(
    struct ctx *c, struct instance *in, const struct person *by, int64_t number) MUST_CHECK;
/* service_token_person(c, in, text, ret): who acts with it: its maker with the role connector and
 * nothing else. ERR_DENIED, always with the same text, for one that is not good. */
int service_token_person(
    struct ctx *c, struct instance *in, struct str text, struct person *ret) MUST_CHECK;
/* service_token_view(c, in, by, ret): [{number, name, service, sealed, made, until, ended?, good}].
 */
int service_token_view(
    struct ctx *c, struct instance *in, const struct person *by, struct json **ret) MUST_CHECK;

#endif

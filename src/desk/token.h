/*
 * Tokens of the HTTP API: what a program signs in with for a person. A token has some of the
 * person's roles, never more than the person has at that moment, is good for a number of days, and
 * reaches sealed matters only where that was asked for by somebody who is named to them. Only the
 * person makes one: an admin who could would read cases by it. An officer has none. The token has
 * 256 random bits; its hash alone is stored. SPEC.md 8.5.
 */
#ifndef WRIT_TOKEN_H
#define WRIT_TOKEN_H

#include "desk/person.h"

enum {
	TOKEN_DAYS_MAX = 366,
	TOKEN_MAX = 20,      /* of one person, that are good */
	TOKEN_NAME_MAX = 60, /* bytes */
	TOKEN_TEXT = 75      /* "writ-token-" and 64 hex digits */
};

/* What is asked for. */
struct token_new {
	unsigned roles; /* some of the person's own */
	bool sealed;
	int64_t days;    /* 1 to TOKEN_DAYS_MAX */
	struct str name; /* one line: what it is for */
};

struct token_made {
	int64_t number;
	struct instant until;
};

/* token_text(c, ret_hash): a new token, of nobody yet. */
struct str token_text(struct ctx *c, struct hash *ret_hash);
/* token_make(c, in, who, n, hash, ret): from now on the token of this hash is one of who's.
 * ERR_DENIED for roles or a compartment that who has not, ERR_INVALID names what is wrong,
 * ERR_LIMIT above TOKEN_MAX. */
int token_make(struct ctx *c, struct instance *in, const struct person *who,
    const struct token_new *n, const struct hash *hash, struct token_made *ret) MUST_CHECK;
/* token_end(c, in, by, person, number): by the person or an admin. ERR_NOTFOUND, ERR_CONFLICT when
 * it has ended already. */
int token_end(struct ctx *c, struct instance *in, const struct person *by, int64_t person,
    int64_t number) MUST_CHECK;
/* token_person(c, in, text, ret): who signs in with it, with the roles that both have. ERR_DENIED,
 * always with the same text, for one that is nobody's, over, ended, or left without a role. */
int token_person(
    struct ctx *c, struct instance *in, struct str text, struct person *ret) MUST_CHECK;
/* token_view(c, in, by, person, ret): {"tokens": [...]}, for the person or an admin. */
int token_view(struct ctx *c, struct instance *in, const struct person *by, int64_t person,
    struct json **ret) MUST_CHECK;

#endif

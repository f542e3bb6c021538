/*
 * Authorities that the house knows: public facts (country, kind, name, the domains of its
 * addresses) and how the authority stands: active, suspended, compromised. Needs intake or counsel.
 * A domain counts once a second person has confirmed it.
 */
#ifndef WRIT_AGENCY_H
#define WRIT_AGENCY_H

#include "desk/person.h"
#include "kind/id.h"

struct agency {
	int64_t id, rev;
	struct str ref, country, body, level, name, state;
	struct instant at;
};

struct agency_new {
	struct str country, body, level, name; /* body and level: words of the vocabulary */
	struct str reason;                     /* what was checked, and where */
};

/* agency_add(c, in, actor, n, ret_ref): ERR_INVALID for an unknown country, body or level, or a
 * name that is empty or not one line. */
int agency_add(struct ctx *c, struct instance *in, const struct person *actor,
    const struct agency_new *n, struct str *ret_ref) MUST_CHECK;
/* agency_domain(c, in, actor, agency, domain): proposes a domain; a second person who names it
 * again confirms it. ERR_CONFLICT when it is known already; ERR_DENIED for the same person twice.
 * *ret_known: it counts now. agency_domain_end: it counts no more. */
int agency_domain(struct ctx *c, struct instance *in, const struct person *actor, struct str agency,
    struct str domain, bool *ret_known) MUST_CHECK;
int agency_domain_end(struct ctx *c, struct instance *in, const struct person *actor,
    struct str agency, struct str domain) MUST_CHECK;
/* agency_get: ERR_NOTFOUND. agency_by_id: likewise. agency_each: by country and name. */
int agency_get(struct ctx *c, struct instance *in, struct str ref, struct agency *ret) MUST_CHECK;
int agency_by_id(struct ctx *c, struct instance *in, int64_t id, struct agency *ret) MUST_CHECK;
int agency_each(struct ctx *c, struct instance *in, const struct person *actor,
    int (*fn)(struct ctx *c, const struct agency *a, void *arg), void *arg) MUST_CHECK;
/* agency_domains(c, in, agency, ret): list of {domain, state}, ended ones too. */
int agency_domains(
    struct ctx *c, struct instance *in, int64_t agency, struct json **ret) MUST_CHECK;
/* agency_knows(c, in, agency, domain, ret): it is a known domain of the agency, or below one. */
int agency_knows(
    struct ctx *c, struct instance *in, int64_t agency, struct str domain, bool *ret) MUST_CHECK;

#endif

/* The house's people as JSON, with what they sign in with, for those who keep them. */
#ifndef WRIT_VIEW_PEOPLE_H
#define WRIT_VIEW_PEOPLE_H

#include "desk/right.h"
#include "kind/json.h"

/* view_people(c, in, actor, ret): [{"person", "roles": [...], "active", "sealed"?, "countries"?,
 * "passkeys", "tokens": [{...}]}] of everybody with a role; the last two for those who see another
 * person's. ERR_DENIED without PERSON_READ. */
int view_people(
    struct ctx *c, struct instance *in, const struct person *actor, struct json **ret) MUST_CHECK;

#endif

/*
 * A form that cures a refusal begins with what the refused demand said (desk/cure.h), instead of
 * empty: identifiers, data, period, instrument, facts and texts, and its papers, which may be kept
 * or left out. All of it may be changed, and is checked like what is typed.
 */
#ifndef WRIT_OFFICE_CURE_H
#define WRIT_OFFICE_CURE_H

#include "desk/cure.h"
#include "web/route.h"

/* office_cure(ask, ref, form): form as it begins. ERR_NOTFOUND, ERR_INVALID: as cure_of. */
int office_cure(struct route_ask *ask, struct str ref, struct json *form) MUST_CHECK;
/* office_cure_keep(ask, form, numbers): notes in form which of its papers stay. */
void office_cure_keep(struct route_ask *ask, struct json *form, const struct route_value *numbers);
/* office_cure_count(form): how many those are. */
size_t office_cure_count(const struct json *form);
/* office_cure_papers(ask, form, ret): copies of those, office_cure_count(form) of them.
 * ERR_NOTFOUND when one was erased meanwhile. */
int office_cure_papers(
    struct route_ask *ask, const struct json *form, struct demand_paper *ret) MUST_CHECK;

#endif

/*
 * From a view to its answer, the same way for every line of the route table: who asks, may they, is
 * it one of our own forms, are the fields of their forms; then the view runs, and its value becomes
 *
 *   a page          of a GET, by the line's template
 *   303             of a POST, to the page that comes next (or the form again, with what was wrong)
 *   JSON            below /api/v1
 *
 * An error of the API is {"error": CODE, "says": TEXT}; CODE is one of not_found, conflict, denied,
 * invalid, limit, sign_in, failed.
 */
#ifndef WRIT_FACE_H
#define WRIT_FACE_H

#include "web/route.h"

/* face_answer(t, ask, form, a): the answer is complete. */
void face_answer(
    const struct route_table *t, struct route_ask *ask, const struct form *form, struct answer *a);
/* face_refuse(ask, a, status): an answer made before anything else was looked at. */
void face_refuse(struct route_ask *ask, struct answer *a, int status);

#endif

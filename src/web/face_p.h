/* Private to web: a view's value as a page, for face.c. */
#ifndef WRIT_FACE_P_H
#define WRIT_FACE_P_H

#include "web/route.h"

/* face_page(ask, form, view, error, a): by the template of ask->route, with who is signed in and
 * the ways that are open to them. error: what was wrong with the form that is shown again, "" else.
 * ERR_NOTFOUND for a line without a template. */
int face_page(struct route_ask *ask, const struct form *form, const struct json *view,
    struct str error, struct answer *a);

#endif

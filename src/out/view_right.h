/*
 * The table of rights as one JSON value, the same for the command line, pages and the API. Format:
 * SPEC.md 8.1.
 */
#ifndef WRIT_VIEW_RIGHT_H
#define WRIT_VIEW_RIGHT_H

#include "desk/right.h"

/* view_rights(c, in, asks, who, ret): every right with its roles; with `who`, what that person may
 * do. Who is named to the compartment is told to those who may know it (PERSON_NAMED) and to the
 * person; for others a right that needs it stands there with the condition. */
int view_rights(struct ctx *c, struct instance *in, const struct person *asks,
    const struct person *who, struct json **ret) MUST_CHECK;
/* view_rights_also(word): what "also" says, in English: ", named to the sealed compartment". */
const char *view_rights_also(struct str word);

#endif

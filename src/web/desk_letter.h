/*
 * Letters on an order, from the page of the case: a form names the kind, a job sets the PDF
 * (work_letter.h), and whoever asked for it takes it from the job's page as long as that is kept.
 */
#ifndef WRIT_DESK_LETTER_H
#define WRIT_DESK_LETTER_H

#include "web/route.h"

/* kind, language; to, enclosures: a line each. */
extern const struct route_field desk_set_letter_fields[6];

/* Begins the job; what cannot be written is told at once. */
int desk_set_letter(struct route_ask *ask, struct json **ret);
/* The PDF of one's own job. */
/* desk_manifest: what went with a production where a law asks for it, a file. */
int desk_manifest(struct route_ask *ask, struct answer *a);
int desk_letter_file(struct route_ask *ask, struct answer *a);
/* desk_letter_offer(c, v): the kinds, for the case's page, as "letters". */
void desk_letter_offer(struct ctx *c, struct json *v);

#endif

/* The answer to a data subject (desk/access.h) as a letter: its parts as letter.h has them, for
 * letter_pdf.h. */
#ifndef WRIT_ACCESS_LETTER_H
#define WRIT_ACCESS_LETTER_H

#include "desk/access.h"

/* access_letter(c, in, r, ret): ERR_DENIED for one that was not approved by a second person;
 * ERR_NOTFOUND once it was erased. Dated the day of the answer, or today. */
int access_letter(struct ctx *c, struct instance *in, const struct access_request *r,
    struct json **ret) MUST_CHECK;

#endif

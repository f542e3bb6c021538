/*
 * Case references: random, readable, with a check digit. Neither order nor time nor number can be
 * read from one. Form: XXXX-XXXX-XXXXC in Crockford base32 (no I L O U), 12 random characters
 * (60 bits) and a check character over them (ISO 7064 style, mod 37 as Crockford's). Draws whose
 * check value would need Crockford's extra signs (* ~ $ = U) are not used, so a reference has only
 * letters, digits and its two hyphens. Parsing accepts lower case, missing hyphens, and O for 0, I
 * or L for 1.
 */
#ifndef WRIT_ID_H
#define WRIT_ID_H

#include "base/text.h"

struct id {
	char z[16]; /* canonical form with hyphens, NUL-terminated: "7K3M-9QXR-4DTWA" */
};

/* id_make(c): a fresh reference from c's entropy. */
struct id id_make(struct ctx *c);
/* id_parse(c, s, ret): the canonical form. ERR_INVALID when it is not a reference or the check
 * character does not fit (one wrong character or two swapped neighbours are always found). */
int id_parse(struct ctx *c, struct str s, struct id *ret) MUST_CHECK;
struct str id_str(const struct id *id);

#endif

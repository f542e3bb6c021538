/*
 * An audit as text for people, and as JSON. Both say the same: each target's verdict, and each
 * finding that is news with the figures it rests on, in the words of the file.
 */
#ifndef WRIT_TELL_H
#define WRIT_TELL_H

#include "audit/audit.h"
#include "kind/json.h"

/* tell_text(b, a): ends with a line "N protected numbers are safe, M are not". */
void tell_text(struct buf *b, const struct audit *a);
/* tell_json(c, a): format in SPEC.md 7. */
struct json *tell_json(struct ctx *c, const struct audit *a);
/* tell_verdict(v): "safe", "unsafe", "undecided", "contradiction", "told". */
const char *tell_verdict(enum infer_verdict v);

#endif

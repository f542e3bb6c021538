/*
 * An audit as text for people, and as JSON. Both say the same: each target's verdict, and each
 * finding that is news with the figures it rests on, in the words of the file.
 */
#ifndef WRIT_TELL_H
#define WRIT_TELL_H

#include "audit/tell_say.h"
#include "kind/json.h"

/* tell_text(b, a, lang): ends with the line of tell_say_end. What comes from the file is harmless
 * in it (base/plain.h). */
void tell_text(struct buf *b, const struct audit *a, enum tell_lang lang);
/* tell_json(c, a): format in SPEC.md 7; the same in every language. */
struct json *tell_json(struct ctx *c, const struct audit *a);
/* tell_verdict(v): "safe", "unsafe", "undecided", "contradiction", "told". */
const char *tell_verdict(enum infer_verdict v);

#endif

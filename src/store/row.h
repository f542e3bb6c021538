/*
 * Rows as bytes: what an image, a copy's sum and a backup are made of (SPEC.md 2). A value is a tag
 * and what follows it: 'n' nothing, 'i' eight bytes big-endian, 't' text and 'b' bytes behind a
 * length of four.
 */
#ifndef WRIT_ROW_H
#define WRIT_ROW_H

#include "store/db.h"

/* row_put(b, v): one value. */
void row_put(struct buf *b, struct db_val v);
/* row_get(rest, ret): takes one value off *rest; texts are borrowed. False when what is there is no
 * value: *rest is then what it was. */
bool row_get(struct str *rest, struct db_val *ret) MUST_CHECK;

#endif

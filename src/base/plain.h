/*
 * Texts from outside, made harmless before a person's terminal or page shows them: a control
 * character can move the cursor, hide what stands before it or end a line early; a mark of
 * direction can show a text in another order than it is written in. Each becomes U+FFFD, so that it
 * is seen that something was there. Harmful are
 *
 *   C0 and DEL, C1 (U+0080 to U+009F), the separators of lines and paragraphs (U+2028, U+2029),
 *   the marks, embeddings, overrides and isolates of direction (Unicode UAX 9: U+061C, U+200E,
 *   U+200F, U+202A to U+202E, U+2066 to U+2069), and bytes that are no UTF-8.
 *
 * Data formats (CSV, JSON, XLSX) keep their texts as they are; what prints JSON for a terminal
 * writes these as \uXXXX instead (plain_json).
 */
#ifndef WRIT_PLAIN_H
#define WRIT_PLAIN_H

#include "base/text.h"

/* plain_next(s, at, ret_harms): how many bytes the character at this place has, and whether it is
 * harmful. A byte that is no UTF-8 is one. */
size_t plain_next(struct str s, size_t at, bool *ret_harms);
/* plain_put(b, s): one text within a line: blanks of every kind but the space are harmful too. */
void plain_put(struct buf *b, struct str s);
/* plain_text(c, s): the same as a text in the arena. */
struct str plain_text(struct ctx *c, struct str s);
/* plain_lines(c, s): many lines of our own making with texts from outside in them: line ends and
 * tabs stay. */
struct str plain_lines(struct ctx *c, struct str s);
/* plain_json(b, json): serialized JSON: what is harmful in its strings is escaped, so that the
 * value stays the same. Control characters below U+0020 are escaped in it already. */
void plain_json(struct buf *b, struct str json);

#endif

/*
 * What a piece of the statement says in one language, from a file of its own: arguments can be seen
 * by others on the machine. Strict YAML where the file's name ends in .yaml or .yml, with the keys
 *
 *   title: ...       required, one line
 *   text: |          paragraphs, divided by empty lines
 *   authority: ...   whom it was before: an authority, a court; one line
 *   outcome: ...     what came of it; one line
 *
 * or else plain text: the title in the first line, and after an empty line the text. UTF-8 without
 * control characters and others that nobody sees (byte order marks, separators, joiners and spaces
 * without width, tags, marks that turn the order of writing). Pure: bytes in, the arena out.
 */
#ifndef WRIT_WORDING_H
#define WRIT_WORDING_H

#include "base/text.h"

enum wording_lang { WORDING_EN, WORDING_DE, WORDING_LANGS };

enum {
	WORDING_FILE_MAX = 64 << 10, /* bytes of a file */
	WORDING_LINE_MAX = 400,      /* bytes of title, authority, outcome */
	WORDING_TEXT_MAX = 32 << 10  /* bytes of the text */
};

/* "" where nothing is said; without a title there is no wording in this language at all. */
struct wording {
	struct str title, text, authority, outcome;
};

/* wording_parse(c, file, text, ret): ERR_INVALID "FILE:LINE:COL: ..." or "FILE:LINE: ...",
 * ERR_LIMIT above WORDING_FILE_MAX. No error text quotes the file. */
int wording_parse(struct ctx *c, const char *file, struct str text, struct wording *ret) MUST_CHECK;
/* wording_check(c, w): the same rules for texts that came by a form; ERR_INVALID "title: ..." names
 * the part. Without a title nothing else is said. */
int wording_check(struct ctx *c, const struct wording *w) MUST_CHECK;
/* wording_line_ok(s): one line that a page may show: UTF-8 of at most WORDING_LINE_MAX bytes
 * without what nobody sees. */
bool wording_line_ok(struct str s);

#endif

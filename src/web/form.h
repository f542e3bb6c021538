/*
 * Fields of a form or a query: application/x-www-form-urlencoded (WHATWG URL, section 5.1), read
 * strictly: each piece is NAME=VALUE or NAME, names are not empty, '%' is followed by two hex
 * digits, and what comes out is UTF-8 without control characters but tab and line ends. Pure.
 */
#ifndef WRIT_FORM_H
#define WRIT_FORM_H

#include "base/text.h"

enum {
	FORM_MAX = 256 << 10, /* bytes of all */
	FORM_FIELDS_MAX = 256,
	FORM_NAME_MAX = 64,
	FORM_VALUE_MAX = 64 << 10 /* decoded */
};

struct form_field {
	struct str name, value;
};

struct form {
	struct form_field *fields; /* as they came; a name may stand more than once */
	size_t n;
};

/* form_parse(c, text, ret): ERR_INVALID or ERR_LIMIT; the text names the field by its number. */
int form_parse(struct ctx *c, struct str text, struct form *ret) MUST_CHECK;
/* form_find(f, name, ret_n): the first of this name, and how many there are; NULL without one. */
const struct form_field *form_find(const struct form *f, const char *name, size_t *ret_n);
/* form_add(c, f, cap, name, value): one more field under the same limits, from elsewhere than such
 * a text; *cap begins with 0. ERR_INVALID or ERR_LIMIT. */
int form_add(
    struct ctx *c, struct form *f, size_t *cap, struct str name, struct str value) MUST_CHECK;
/* form_put(b, s): s as a part of a query, or of a path: all but letters, digits and "-._~" encoded.
 */
void form_put(struct buf *b, struct str s);

#endif

/*
 * The head of one part of a form: Content-Disposition with its parameters, Content-Type. Read
 * strictly: lines end with CR LF, none is folded, a name stands once, and a parameter too. Pure.
 *
 * A value is a word or stands in quotes; in quotes \" and \\ are one character (RFC 2183), any
 * other backslash is itself, as in paths that old browsers send; %22, %0D and %0A are what they
 * encode (WHATWG HTML, multipart/form-data encoding). A file's name may also come as filename*
 * (RFC 8187: UTF-8 or ISO-8859-1, encoded) or in pieces filename*0, filename*1* ... (RFC 2231);
 * that form counts when both are there.
 */
#ifndef WRIT_PART_HEAD_H
#define WRIT_PART_HEAD_H

#include "base/text.h"

enum { PART_PARAMS_MAX = 24, PART_TYPE_MAX = 100 };

struct part_param {
	struct str name, value; /* of "name=value", decoded from its quotes */
};

struct part_params {
	struct part_param at[PART_PARAMS_MAX];
	size_t n;
};

struct part_head {
	struct str name;      /* of the field: UTF-8, no control characters */
	bool file;            /* it has a file's name, perhaps an empty one */
	struct str file_name; /* as it came, decoded: web/file_name.h makes a text of it */
	struct str type;      /* as it was said: "text/plain", "" without; printable ASCII */
};

/* part_params_read(c, value, ret): the parameters behind the first ';'. ERR_INVALID. */
int part_params_read(struct ctx *c, struct str value, struct part_params *ret) MUST_CHECK;
/* part_param(p, name, ret): false: there is none of this name (in either case of letters). */
bool part_param(const struct part_params *p, const char *name, struct str *ret);
/* part_head_parse(c, text, ret): text with its empty line. ERR_INVALID: not of the form, another
 * disposition than form-data, no field's name, an encoding other than none, a text in another
 * charset than UTF-8. */
int part_head_parse(struct ctx *c, struct str text, struct part_head *ret) MUST_CHECK;

#endif

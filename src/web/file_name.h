/*
 * The name that a file was sent with, as a text to show: it is never a path, and never used as one.
 * Only its last segment stays ('/' and '\' divide); control characters, marks of direction (which
 * make "exe.pdf" of "fdp.exe"), characters that nobody sees and bytes that are not UTF-8 go; so do
 * dots and blanks at both ends. FILE_NAME_MAX bytes, cut before the ending. Pure.
 */
#ifndef WRIT_FILE_NAME_H
#define WRIT_FILE_NAME_H

#include "base/text.h"

enum { FILE_NAME_MAX = 200 };

/* file_name(c, raw): "" when nothing is left. */
struct str file_name(struct ctx *c, struct str raw);

#endif

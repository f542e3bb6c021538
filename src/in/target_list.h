/*
 * A list of identifiers as authorities attach it: text in UTF-8, one identifier in each line:
 *
 *   kind,identifier[,time]
 *
 * The delimiter is the first of , ; and tab in the file. A field may stand in quotes, "" for one
 * within; it ends with its line. A first line that begins with the word "kind" (or "Art") names the
 * columns and is passed over; so are empty lines, empty fields at the end, and a byte order mark.
 * The time is that of use, for addresses. Lines may have two or three fields, which is why this is
 * not in/csv.h. Pure.
 */
#ifndef WRIT_TARGET_LIST_H
#define WRIT_TARGET_LIST_H

#include "in/draft.h"

enum { TARGET_LIST_MAX = 1 << 20 /* bytes of a list */ };

struct target_list {
	struct draft_target *v; /* in the order of the lines */
	size_t n, cap;
};

/* target_list_read(c, text, when, ret): when reads a time; NULL: instant_parse. All of it or
 * nothing: ERR_INVALID names every line that is not taken, "LINE:COLUMN: why" for the first of
 * them, which it has room for, and the numbers of the others; it repeats nothing of the file.
 * ERR_LIMIT above TARGET_LIST_MAX bytes or DRAFT_TARGETS_MAX identifiers. */
int target_list_read(struct ctx *c, struct str text,
    int (*when)(struct ctx *c, struct str text, struct instant *ret),
    struct target_list *ret) MUST_CHECK;
/* target_list_add(c, list, o): puts them behind the targets that an order names already.
 * ERR_LIMIT. */
int target_list_add(
    struct ctx *c, const struct target_list *list, struct draft_order *o) MUST_CHECK;

#endif

/*
 * Parsers for the fields of forms and queries (struct route_field). Each checks the form of one
 * value: what a value means, a right or a state, is for desk to say. Errors do not quote. Pure.
 */
#ifndef WRIT_FIELD_H
#define WRIT_FIELD_H

#include "web/route.h"

enum { FIELD_LINE_MAX = 500, FIELD_TEXT_MAX = 20000, FIELD_WORD_MAX = 64 };

/* One line, at most FIELD_LINE_MAX bytes: without the blanks around it, not empty. */
int field_line(struct ctx *c, struct str text, struct route_value *ret);
/* Any text, at most FIELD_TEXT_MAX bytes; line ends become \n. */
int field_text(struct ctx *c, struct str text, struct route_value *ret);
/* A word of ours, a reference, a code: letters, digits, '_', '-', '.'. */
int field_word(struct ctx *c, struct str text, struct route_value *ret);
/* Words with blanks between them. */
int field_words(struct ctx *c, struct str text, struct route_value *ret);
/* 0 to 2^53. */
int field_number(struct ctx *c, struct str text, struct route_value *ret);
/* YYYY-MM-DD; num is the day's number. */
int field_day(struct ctx *c, struct str text, struct route_value *ret);
/* An instant as a browser's datetime-local gives it, in the provider's zone, or with a zone of its
 * own; num is in seconds (UTC). */
int field_instant(struct ctx *c, struct str text, struct route_value *ret);
/* "yes", "on" or "1"; num is 1. "no" or "0": num is 0. */
int field_yes(struct ctx *c, struct str text, struct route_value *ret);
/* An ISO 3166 country of two letters. */
int field_country(struct ctx *c, struct str text, struct route_value *ret);
/* 64 hex digits. */
int field_hash(struct ctx *c, struct str text, struct route_value *ret);

#endif

/*
 * What a collector brought for one item, held against what was granted: target × field × period.
 * Record by record, in one pass and bounded memory: what lies within all three goes to the output
 * byte for byte as it was; what does not is held back, counted by reason and named by its place,
 * never by its text. What a record holds beside the granted field is cut out of it, and counted.
 * SPEC.md 9.3 describes formats, shapes and reasons.
 *
 * When in doubt a record is held back: an instant without zone is all the instants it may be, and
 * each of them has to lie in the period.
 *
 * Pure: bytes come and go through functions that the caller gives. Whoever calls it keeps the
 * output only of a call that returned 0.
 */
#ifndef WRIT_YIELD_H
#define WRIT_YIELD_H

#include "in/csv.h"
#include "kind/day.h"
#include "kind/json.h"

#define YIELD_CHECKER "writ-yield/1"

enum {
	YIELD_RECORD_MAX = 8 << 20, /* bytes of one line of JSON */
	YIELD_HEAD_MAX = 1 << 20,   /* bytes of the header fields of one message */
	YIELD_PLACES = 100          /* places of held records that a report names */
};

enum yield_format {
	YIELD_UNKNOWN, /* cannot be checked: nothing was written */
	YIELD_CSV,
	YIELD_JSONL,
	YIELD_MBOX,
	YIELD_EML,
	YIELD_TAR /* messages in a tar archive, as of a Maildir */
};

enum yield_reason {
	YIELD_IN,
	YIELD_TARGET,     /* belongs to another target */
	YIELD_NO_TARGET,  /* says not to whom it belongs */
	YIELD_BEFORE,     /* lies before the period */
	YIELD_AFTER,      /* lies after it */
	YIELD_ACROSS,     /* begins or ends outside of it */
	YIELD_ZONE,       /* may lie in it or not: the zone, or the hour of the day, is missing */
	YIELD_NO_INSTANT, /* says no instant that can be read */
	YIELD_FIELD,      /* holds nothing of the granted fields */
	YIELD_UNREAD,     /* cannot be read */
	YIELD_REASONS
};

struct yield_shape;

struct yield_shapes {
	const struct yield_shape **v;
	size_t n, cap;
};

struct yield_ask {
	struct str kind, target;    /* of the identifier (in/target.h), and the identifier */
	struct str fields;          /* blank-separated: what was granted */
	struct instant from, until; /* from ≤ instant < until; none: no such end */
	bool mask;                  /* identifiers of others are replaced by YIELD_MARK */
	struct yield_shapes shapes; /* declared ones, tried before the built-in ones */
};

#define YIELD_MARK "[redacted]"

struct yield_sink {
	int (*write)(struct ctx *c, void *arg, struct str s);
	void *arg;
};

struct yield_place {
	int64_t record, line, byte; /* from 1, 1 and 0; line 0 where the format has none */
	enum yield_reason why;
};

struct yield_report {
	enum yield_format format;
	struct str shape; /* its name; "" for a built-in one */
	int64_t records, released;
	int64_t held[YIELD_REASONS];
	int64_t cut;    /* values of other fields taken out of released records */
	int64_t masked; /* identifiers of others replaced */
	struct yield_place at[YIELD_PLACES];
	size_t n_at;
};

/* yield_check(c, ask, in, out, ret): ERR_INVALID when the target is none of its kind; other codes
 * come from in and out. A file that cannot be checked is no error: ret->format says so. */
int yield_check(struct ctx *c, const struct yield_ask *ask, struct csv_input in,
    struct yield_sink out, struct yield_report *ret) MUST_CHECK;
/* yield_held(r): how many records were held back. */
int64_t yield_held(const struct yield_report *r);

/* yield_shape_parse(c, file, text, ret): a declared shape (SPEC.md 9.3). ERR_INVALID
 * "FILE:LINE:COL: ...". yield_shapes_add puts one more into a list. */
int yield_shape_parse(
    struct ctx *c, const char *file, struct str text, const struct yield_shape **ret) MUST_CHECK;
void yield_shapes_add(struct ctx *c, struct yield_shapes *all, const struct yield_shape *s);

/* yield_format_word, yield_reason_word: "csv", "other_target"; yield_format_of: the reverse. */
const char *yield_format_word(enum yield_format f);
const char *yield_reason_word(enum yield_reason r);
/* yield_said(c, r): what the authority is told of the check, for the manifest: checker, format,
 * shape, the records that leave and the marks in them. Never how many were held back or why: that
 * others wrote, or that the account was used before, is what the order does not reach. */
struct json *yield_said(struct ctx *c, const struct yield_report *r);
/* yield_json(c, r, places): the report; with places each held record's place too. Holds nothing of
 * the file's text. */
struct json *yield_json(struct ctx *c, const struct yield_report *r, bool places);

#endif

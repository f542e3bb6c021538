/*
 * Private to the readers of in/yield.h: the bytes as they come, the shapes, and what judges a
 * record.
 */
#ifndef WRIT_YIELD_P_H
#define WRIT_YIELD_P_H

#include "in/yield.h"

/* ---- instants ---- */

/* All the instants that a text may mean: one where it says everything. */
struct yield_time {
	int64_t first, last;
};

enum yield_form { YIELD_ISO, YIELD_EPOCH, YIELD_EPOCH_MS, YIELD_RFC5322, YIELD_CTIME };

/* Which zone a text means that names none. */
struct yield_zone {
	enum { YIELD_ZONE_UNKNOWN, YIELD_ZONE_FIXED, YIELD_ZONE_HOUSE } kind;
	int64_t east; /* YIELD_ZONE_FIXED: seconds */
};

/* yield_time_read(c, form, zone, s, ret): false when s is no instant, or one that never came in the
 * house's zone. iso: "2026-07-01T12:00:00Z", also with a blank, an offset, a fraction, without
 * seconds, a zone or the time of day; epoch: seconds, epoch_ms: milliseconds; rfc5322: section 3.3
 * and 4.3; ctime: "Wed Jul  1 12:00:00 2026". */
bool yield_time_read(
    enum yield_form form, struct yield_zone zone, struct str s, struct yield_time *ret) MUST_CHECK;
/* yield_time_zone(s, ret): utc | house | unknown | +HH:MM. */
bool yield_time_zone(struct str s, struct yield_zone *ret) MUST_CHECK;

/* ---- shapes ---- */

enum yield_kind { YIELD_SHAPE_CSV, YIELD_SHAPE_JSONL, YIELD_SHAPE_MAIL };
enum yield_mail_instant { YIELD_BY_RECEIVED, YIELD_BY_DATE, YIELD_BY_STORE };

struct yield_column {
	struct str name, field;
};

struct yield_shape {
	struct str name;
	enum yield_kind kind;
	/* tables */
	bool built_in; /* columns are named by the fields themselves */
	struct str target, instant, until;
	enum yield_form form;
	struct yield_zone zone;
	struct yield_column *columns;
	size_t n, cap;
	struct str parties; /* blank-separated columns that name other people */
	/* mail */
	struct str account; /* blank-separated names of header fields: the first that is there says
			       whose message it is */
	bool sender;        /* where there is none, the sender's address does */
	enum yield_mail_instant by[3];
	size_t n_by;
};

/* yield_shape_built_in(kind): what is used where nothing was declared. */
const struct yield_shape *yield_shape_built_in(enum yield_kind kind);
/* yield_shape_granted(s, ask, column): the column may leave: target, instant, or of a granted
 * field. yield_shape_field: the same of fields alone. */
bool yield_shape_granted(
    const struct yield_shape *s, const struct yield_ask *ask, struct str column);
bool yield_shape_field(const struct yield_shape *s, const struct yield_ask *ask, struct str column);
bool yield_shape_party(const struct yield_shape *s, struct str column);
/* yield_shape_events(fields): one of them tells of events: a record needs an instant where the
 * grant has a period. The others describe how things stand, and may have none. */
bool yield_shape_events(struct str fields);

/* ---- a run ---- */

enum { YIELD_BUFFER = 256 << 10 };

/* Bytes of the input that were not used yet: buf[at..end). */
struct yield_src {
	struct csv_input in;
	char *buf;
	size_t at, end;
	int64_t offset; /* of buf[at] in the input */
	bool eof;
};

struct yield_run {
	const struct yield_ask *ask;
	struct str target; /* normalised */
	struct yield_src src;
	struct yield_sink out;
	struct yield_report *r;
	int64_t line; /* of src.buf[src.at] */
};

/* yield_fill(c, src, want): at least want bytes lie ready (YIELD_BUFFER at most), or all that are
 * left. yield_skip(run, n): the next n were used; counts lines. */
int yield_fill(struct ctx *c, struct yield_src *src, size_t want) MUST_CHECK;
void yield_skip(struct yield_run *y, size_t n);
struct str yield_ready(const struct yield_src *src);
/* yield_piece(c, y, ret, ret_whole): the next line with its end, or, where it is longer than half
 * of the buffer, the next piece of it (*ret_whole false: no line's end in it). ret->n 0 at the end.
 * It is not skipped yet. */
int yield_piece(struct ctx *c, struct yield_run *y, struct str *ret, bool *ret_whole) MUST_CHECK;
int yield_put(struct ctx *c, struct yield_run *y, struct str s) MUST_CHECK;

/* yield_note(y, line, byte, why): one record more, released for YIELD_IN. */
void yield_note(struct yield_run *y, int64_t line, int64_t byte, enum yield_reason why);
/* yield_same(c, y, printed): the identifier is the target's. */
bool yield_same(struct ctx *c, const struct yield_run *y, struct str printed);
/* yield_within(y, t): YIELD_IN, or why not. */
enum yield_reason yield_within(const struct yield_run *y, struct yield_time t);
/* yield_between(y, shape, instant, until): of the texts of the two; .p NULL for what is not there.
 */
enum yield_reason yield_between(
    const struct yield_run *y, const struct yield_shape *s, struct str instant, struct str until);

/* Bytes of a reader's own that grow and are used again; freed by its user. */
struct yield_bytes {
	char *p;
	size_t n, cap;
};
void yield_bytes_put(struct yield_bytes *b, struct str s);

/* The readers. Each reads to the end of the input. yield_csv and yield_jsonl leave the format
 * unknown, and write nothing, when no shape fits. */
int yield_csv(struct ctx *c, struct yield_run *y) MUST_CHECK;
int yield_jsonl(struct ctx *c, struct yield_run *y) MUST_CHECK;
int yield_mail(struct ctx *c, struct yield_run *y, bool mbox) MUST_CHECK;
int yield_tar(struct ctx *c, struct yield_run *y) MUST_CHECK;

#endif

/*
 * Comma-separated values: a strict reader of RFC 4180 and a writer.
 *
 * Why not libcsv: every error has to name line and column, and every field keeps its place for the
 * errors of those who read meaning into it; libcsv gives bytes without places and repairs silently
 * what this reader refuses (stray quotes, text after a closing quote).
 *
 * Taken: CRLF and LF; a BOM at the start; quoted fields with embedded line ends; a last record
 * without a line end. Refused: bytes that are not UTF-8, zero bytes, a quote inside an unquoted
 * field, text after a closing quote, a quote never closed, a carriage return alone, a record whose
 * number of fields is not the first record's, empty lines among them.
 *
 * The input is read in pieces of CSV_CHUNK bytes; memory holds one record. Pure: bytes come through
 * a function the caller gives.
 */
#ifndef WRIT_CSV_H
#define WRIT_CSV_H

#include "base/text.h"

enum {
	CSV_CHUNK = 64 << 10,
	CSV_FIELD_MAX = 1 << 20,  /* bytes of one field */
	CSV_RECORD_MAX = 8 << 20, /* bytes of one record */
	CSV_FIELDS_MAX = 1024
};

/* Where the bytes come from: read puts up to cap bytes at p, *ret_n = 0 at the end. */
struct csv_input {
	int (*read)(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n);
	void *arg;
};
/* csv_input_text(text): reads *text, which shrinks. */
struct csv_input csv_input_text(struct str *text);

struct csv_place {
	int64_t line, col; /* 1-based; columns count characters */
};

struct csv_field {
	struct str text; /* without quotes; valid until the next csv_next */
	struct csv_place at;
};

struct csv_record {
	int64_t line; /* of its first field */
	size_t n;
	const struct csv_field *at;
};

struct csv;

/* csv_open(c, file, in, delimiter, ret): file is the name that errors carry. ERR_INVALID when the
 * delimiter is none of , ; tab |. */
int csv_open(struct ctx *c, const char *file, struct csv_input in, char delimiter,
    struct csv **ret) MUST_CHECK;
void csv_close(struct csv **csv);
/* csv_next(c, csv, ret): 1 and the next record, or 0 at the end. ERR_INVALID "FILE:LINE:COL: ..."
 * and ERR_LIMIT (a field, a record or the number of fields too large) refuse one record; called
 * again after err_clear the reader goes on with the record after it. Other codes come from the
 * input and are final. */
int csv_next(struct ctx *c, struct csv *csv, struct csv_record *ret) MUST_CHECK;
/* csv_line(csv): line on which the next record begins. */
int64_t csv_line(const struct csv *csv);
/* csv_offset(csv): bytes of the input before the next record: what lies between two of them is one
 * record as it was written. */
int64_t csv_offset(const struct csv *csv);
/* csv_err(c, csv, at, code, fmt, ...): records "FILE:LINE:COL: " and the text; returns code. */
int csv_err(struct ctx *c, struct csv *csv, struct csv_place at, int code, const char *fmt, ...)
    PRINTF_LIKE(5, 6) MUST_CHECK;
/* csv_fault(csv): place of the last error that csv_next or csv_err recorded. */
struct csv_place csv_fault(const struct csv *csv);

/* csv_put_field(b, s): one field, quoted where it has to be. A field that a spreadsheet would take
 * for a formula (a leading = + - @ tab or carriage return) gets an apostrophe in front, unless it
 * is a plain number. */
void csv_put_field(struct buf *b, struct str s);
/* csv_put_row(b, fields, n): n fields, commas between, CRLF after. */
void csv_put_row(struct buf *b, const struct str *fields, size_t n);

#endif

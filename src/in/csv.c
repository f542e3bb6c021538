#include "in/csv.h"

#include <stdarg.h>

#include "base/mem.h"

enum state {
	AT_FIELD, /* nothing of the field read yet */
	PLAIN,
	QUOTED,
	QUOTE,    /* after a quote in a quoted field: its end, or the first half of "" */
	RETURN,   /* after a carriage return that must be followed by a line feed */
	SKIP_LINE /* lost: the record ends with the line */
};

/* Buffers are the reader's own and not the arena's: a caller resets the arena after every row. */
struct csv {
	const char *file;
	struct csv_input in;
	char delimiter;
	char *chunk;
	size_t at, end; /* unread part of the chunk */
	int64_t before; /* bytes of the input that came before the chunk */
	bool started, eof;
	struct csv_place here; /* of the next byte */

	char *text; /* the record's fields, one after the other */
	size_t n, cap;
	struct csv_field *field;
	size_t *first; /* where each field begins in text */
	size_t n_fields, cap_fields;
	size_t want; /* fields of the first record; 0 before it */
	enum state state;

	int fault; /* code of the record's first error */
	struct csv_place fault_at;
	char fault_text[160];
};

static int text_read(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct str *s = arg;
	size_t n = s->n < cap ? s->n : cap;

	(void)c;
	if (n > 0)
		memcpy(p, s->p, n);
	*s = (struct str){s->p + n, s->n - n};
	*ret_n = n;
	return 0;
}

struct csv_input csv_input_text(struct str *text)
{
	return (struct csv_input){text_read, text};
}

static void *more(void *p, size_t size)
{
	p = realloc(p, size);
	if (p == NULL)
		abort(); /* out of memory ends the process: see mem.h */
	return p;
}

int csv_open(struct ctx *c, const char *file, struct csv_input in, char delimiter, struct csv **ret)
{
	struct csv *csv;

	if (delimiter == '\0' || !str_has(STR(",;\t|"), delimiter))
		return err_set(c, ERR_INVALID, "%s: the delimiter is none of , ; tab |", file);
	csv = calloc(1, sizeof *csv);
	if (csv == NULL)
		abort();
	csv->file = str_z(c, str_of(file));
	csv->in = in;
	csv->delimiter = delimiter;
	csv->chunk = more(NULL, CSV_CHUNK);
	csv->here = (struct csv_place){1, 1};
	*ret = csv;
	return 0;
}

void csv_close(struct csv **csv)
{
	if (*csv == NULL)
		return;
	free((*csv)->chunk);
	free((*csv)->text);
	free((*csv)->field);
	free((*csv)->first);
	free(*csv);
	*csv = NULL;
}

int64_t csv_line(const struct csv *csv)
{
	return csv->here.line;
}

int64_t csv_offset(const struct csv *csv)
{
	return csv->before + (int64_t)csv->at;
}

struct csv_place csv_fault(const struct csv *csv)
{
	return csv->fault_at;
}

int csv_err(struct ctx *c, struct csv *csv, struct csv_place at, int code, const char *fmt, ...)
{
	char what[400];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	csv->fault_at = at;
	return err_set(
	    c, code, "%s:%lld:%lld: %s", csv->file, (long long)at.line, (long long)at.col, what);
}

/* ---- one record ------------------------------------------------------------------------------ */

/* Notes the record's first error; the rest of the record is then read only to find its end. */
static void refuse(struct csv *csv, struct csv_place at, int code, const char *what)
{
	if (csv->fault != 0)
		return;
	csv->fault = code;
	csv->fault_at = at;
	(void)snprintf(csv->fault_text, sizeof csv->fault_text, "%s", what);
}

static void field_begin(struct csv *csv)
{
	if (csv->fault != 0)
		return;
	if (csv->n_fields == CSV_FIELDS_MAX) {
		refuse(csv, csv->here, ERR_LIMIT, "more than 1024 fields");
		return;
	}
	if (csv->n_fields == csv->cap_fields) {
		csv->cap_fields = csv->cap_fields == 0 ? 16 : csv->cap_fields * 2;
		csv->field = more(csv->field, csv->cap_fields * sizeof *csv->field);
		csv->first = more(csv->first, csv->cap_fields * sizeof *csv->first);
	}
	csv->field[csv->n_fields].at = csv->here;
	csv->first[csv->n_fields++] = csv->n;
}

static void field_byte(struct csv *csv, char ch)
{
	size_t last = csv->n_fields - 1;

	if (csv->fault != 0)
		return;
	if (csv->n - csv->first[last] == CSV_FIELD_MAX) {
		refuse(csv, csv->field[last].at, ERR_LIMIT, "the field is larger than 1 MiB");
		return;
	}
	if (csv->n == CSV_RECORD_MAX) {
		refuse(csv, csv->field[0].at, ERR_LIMIT, "the record is larger than 8 MiB");
		return;
	}
	if (ch == '\0')
		refuse(csv, csv->here, ERR_INVALID, "a zero byte");
	if (csv->n == csv->cap) {
		csv->cap = csv->cap == 0 ? 4096 : csv->cap * 2;
		csv->text = more(csv->text, csv->cap);
	}
	csv->text[csv->n++] = ch;
}

/* The place of byte `bad` of a field: in a quoted one every quote of the text stood there twice. */
static struct csv_place place_in(const struct csv_field *f, size_t bad, bool quoted)
{
	struct csv_place at = f->at;

	at.col += quoted;
	for (size_t i = 0; i < bad; i++) {
		unsigned char ch = (unsigned char)f->text.p[i];

		if (ch == '\n')
			at = (struct csv_place){at.line + 1, 1};
		else if ((ch & 0xc0) != 0x80)
			at.col += ch == '"' ? 2 : 1;
	}
	return at;
}

static void field_end(struct csv *csv, bool quoted)
{
	struct csv_field *f;
	size_t bad;

	if (csv->fault != 0 || csv->n_fields == 0)
		return;
	f = &csv->field[csv->n_fields - 1];
	f->text = (struct str){csv->text == NULL ? "" : csv->text + csv->first[csv->n_fields - 1],
	    csv->n - csv->first[csv->n_fields - 1]};
	bad = str_utf8_bad(f->text);
	if (bad != f->text.n)
		refuse(csv, place_in(f, bad, quoted), ERR_INVALID, "not UTF-8");
}

/* What ends a field outside quotes; true when it ended the record. */
static bool boundary(struct csv *csv, char ch, bool quoted)
{
	field_end(csv, quoted);
	if (ch == '\n')
		return true;
	csv->state = ch == '\r' ? RETURN : AT_FIELD;
	return false;
}

static void lost(struct csv *csv, const char *what)
{
	refuse(csv, csv->here, ERR_INVALID, what);
	csv->state = SKIP_LINE;
}

/* One byte; true when it ended the record. */
static bool step(struct csv *csv, char ch)
{
	bool ends = ch == csv->delimiter || ch == '\n' || ch == '\r';

	switch (csv->state) {
	case AT_FIELD:
		field_begin(csv);
		if (ends)
			return boundary(csv, ch, false);
		csv->state = ch == '"' ? QUOTED : PLAIN;
		if (ch != '"')
			field_byte(csv, ch);
		return false;
	case PLAIN:
		if (ends)
			return boundary(csv, ch, false);
		if (ch == '"')
			lost(csv, "a quote inside a field that is not quoted");
		else
			field_byte(csv, ch);
		return false;
	case QUOTED:
		if (ch == '"')
			csv->state = QUOTE;
		else
			field_byte(csv, ch);
		return false;
	case QUOTE:
		if (ends)
			return boundary(csv, ch, true);
		csv->state = QUOTED;
		if (ch == '"')
			field_byte(csv, ch);
		else
			lost(csv, "text after a closing quote");
		return false;
	case RETURN:
		if (ch != '\n')
			lost(csv, "a carriage return without a line feed");
		return ch == '\n';
	case SKIP_LINE:
		return ch == '\n';
	}
	return false;
}

static void walk(struct csv_place *at, char ch)
{
	if (ch == '\n')
		*at = (struct csv_place){at->line + 1, 1};
	else if (((unsigned char)ch & 0xc0) != 0x80)
		at->col++;
}

static int fill(struct ctx *c, struct csv *csv)
{
	int rc;

	csv->before += (int64_t)csv->end;
	csv->at = csv->end = 0;
	rc = csv->in.read(c, csv->in.arg, csv->chunk, CSV_CHUNK, &csv->end);
	if (rc != 0)
		return rc;
	csv->eof = csv->end == 0;
	return 0;
}

/* The mark some programs write in front; its two-byte forms mean another encoding. */
static int mark_skip(struct ctx *c, struct csv *csv)
{
	size_t have;
	int rc = fill(c, csv);

	while (rc == 0 && csv->end > 0 && csv->end < 3) {
		rc = csv->in.read(
		    c, csv->in.arg, csv->chunk + csv->end, CSV_CHUNK - csv->end, &have);
		if (rc == 0 && have == 0)
			break;
		csv->end += rc == 0 ? have : 0;
	}
	if (rc != 0)
		return rc;
	csv->started = true;
	if (csv->end >= 3 && memcmp(csv->chunk, "\xef\xbb\xbf", 3) == 0)
		csv->at = 3;
	if (csv->end >= 2 &&
	    (memcmp(csv->chunk, "\xff\xfe", 2) == 0 || memcmp(csv->chunk, "\xfe\xff", 2) == 0)) {
		csv->eof = true;
		csv->at = csv->end;
		return csv_err(c, csv, csv->here, ERR_INVALID, "this is UTF-16; save it as UTF-8");
	}
	return 0;
}

/* Reads to the record's end: 1, or 0 when nothing is left. */
static int record_read(struct ctx *c, struct csv *csv)
{
	bool any = false;

	for (;;) {
		if (csv->at == csv->end) {
			int rc = csv->eof ? 0 : fill(c, csv);

			if (rc != 0)
				return rc;
			if (csv->eof)
				break;
		}
		while (csv->at < csv->end) {
			char ch = csv->chunk[csv->at++];
			bool done = step(csv, ch);

			walk(&csv->here, ch);
			any = true;
			if (done)
				return 1;
		}
	}
	if (!any)
		return 0;
	if (csv->state == QUOTED) {
		csv->fault = 0; /* more telling than the limit that the swallowed rest ran into */
		refuse(csv, csv->n_fields > 0 ? csv->field[csv->n_fields - 1].at : csv->here,
		    ERR_INVALID,
		    "the quote that opens this field is never closed; nothing after it was read");
	} else if (csv->state == RETURN) {
		refuse(csv, csv->here, ERR_INVALID, "a carriage return without a line feed");
	} else if (csv->state != SKIP_LINE) {
		if (csv->state == AT_FIELD)
			field_begin(csv);
		field_end(csv, csv->state == QUOTE);
	}
	return 1;
}

static void count_check(struct csv *csv)
{
	char what[96];
	size_t at;

	if (csv->fault != 0 || csv->want == 0 || csv->n_fields == csv->want)
		return;
	at = csv->n_fields > csv->want ? csv->want : csv->n_fields - 1;
	(void)snprintf(
	    what, sizeof what, "%zu fields, but the header has %zu", csv->n_fields, csv->want);
	refuse(csv, csv->field[at].at, ERR_INVALID, what);
}

int csv_next(struct ctx *c, struct csv *csv, struct csv_record *ret)
{
	int rc = csv->started ? 0 : mark_skip(c, csv);
	int64_t line = csv->here.line;

	if (rc != 0)
		return rc;
	csv->n = csv->n_fields = 0;
	csv->fault = 0;
	csv->state = AT_FIELD;
	rc = record_read(c, csv);
	if (rc <= 0)
		return rc;
	count_check(csv);
	if (csv->fault != 0)
		return csv_err(c, csv, csv->fault_at, csv->fault, "%s", csv->fault_text);
	if (csv->want == 0)
		csv->want = csv->n_fields;
	/* the text may have moved while it grew */
	for (size_t i = 0; i < csv->n_fields; i++)
		csv->field[i].text.p = csv->text == NULL ? "" : csv->text + csv->first[i];
	*ret = (struct csv_record){line, csv->n_fields, csv->field};
	return 1;
}

/* ---- writing --------------------------------------------------------------------------------- */

static bool is_number(struct str s)
{
	size_t i = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'), digits = 0, dots = 0;

	for (; i < s.n; i++) {
		if (s.p[i] == '.')
			dots++;
		else if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else
			return false;
	}
	return digits > 0 && dots <= 1;
}

void csv_put_field(struct buf *b, struct str s)
{
	bool formula = s.n > 0 && str_has(STR("=+-@\t\r"), s.p[0]) && !is_number(s);
	bool quote = false;

	for (size_t i = 0; i < s.n; i++)
		quote = quote || str_has(STR("\",;\t|\r\n"), s.p[i]);
	/* readers drop blanks at the edges of unquoted fields */
	quote = quote || (s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' '));
	if (quote)
		buf_putc(b, '"');
	if (formula)
		buf_putc(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, s.p[i]);
	}
	if (quote)
		buf_putc(b, '"');
}

void csv_put_row(struct buf *b, const struct str *fields, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_putc(b, ',');
		csv_put_field(b, fields[i]);
	}
	buf_puts(b, "\r\n");
}

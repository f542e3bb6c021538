/* CSV: every line of the file belongs to one record, taken or refused; the pieces in which the
 * bytes come do not matter; what is written again is read as the same; no refusal repeats a field.
 */
#include "fuzz.h"

#include "in/csv.h"

/* The bytes in pieces of a size. */
struct drip {
	struct str rest;
	size_t size;
};

static int drip_read(struct ctx *c, void *arg, char *p, size_t cap, size_t *ret_n)
{
	struct drip *d = arg;
	size_t n = d->rest.n < d->size ? d->rest.n : d->size;

	(void)c;
	n = n < cap ? n : cap;
	if (n > 0)
		memcpy(p, d->rest.p, n);
	d->rest = (struct str){d->rest.p + n, d->rest.n - n};
	*ret_n = n;
	return 0;
}

static bool is_utf16(struct str in)
{
	return in.n >= 2 && (memcmp(in.p, "\xff\xfe", 2) == 0 || memcmp(in.p, "\xfe\xff", 2) == 0);
}

/* What was written is read as the same fields, but for the mark in front of a formula. It stands
 * behind a header, since a byte order mark that begins a file is no text. */
static void write_again(struct ctx *c, const struct csv_record *r)
{
	struct str *fields = mem_array(c, r->n, sizeof *fields), text;
	struct buf b = buf_init(c, 1 << 24);
	struct csv_record again;
	struct csv *csv;
	int rc;

	for (size_t i = 0; i < r->n; i++)
		fields[i] = r->at[i].text;
	csv_put_row(&b, mem_array(c, r->n, sizeof *fields), r->n);
	csv_put_row(&b, fields, r->n);
	text = buf_str(&b);
	rc = csv_open(c, "again", csv_input_text(&text), ',', &csv);
	fuzz_must(rc == 0 && csv_next(c, csv, &again) == 1 && csv_next(c, csv, &again) == 1,
	    "what was written is read");
	fuzz_must(again.n == r->n, "as many fields");
	for (size_t i = 0; i < r->n; i++) {
		struct str s = again.at[i].text;

		if (s.n == fields[i].n + 1 && s.p[0] == '\'')
			s = (struct str){s.p + 1, s.n - 1};
		fuzz_must(str_eq(s, fields[i]), "with the same texts");
	}
	fuzz_must(csv_next(c, csv, &again) == 0, "and no more");
	csv_close(&csv);
}

static void put_record(struct buf *b, const struct csv_record *r)
{
	for (size_t i = 0; i < r->n; i++) {
		buf_fmt(b, "%lld:%lld:%zu:", (long long)r->at[i].at.line,
		    (long long)r->at[i].at.col, r->at[i].text.n);
		buf_put(b, r->at[i].text);
	}
}

/* Everything the reader says, as text. Each record begins where the one before ended. */
static struct str read_all(
    struct ctx *c, struct str in, char delimiter, size_t size, struct str canary)
{
	struct drip d = {in, size};
	struct buf b = buf_init(c, 1 << 26);
	int64_t line = 1, lines = 0;
	struct csv_record r;
	struct csv *csv;
	int rc = csv_open(c, "fuzz", (struct csv_input){drip_read, &d}, delimiter, &csv);

	fuzz_must(rc == 0, "a reader opens");
	while ((rc = csv_next(c, csv, &r)) != 0) {
		if (rc > 0) {
			fuzz_must(r.line == line, "no line is passed over");
			put_record(&b, &r);
			if (size == SIZE_MAX && canary.n == 0)
				write_again(c, &r);
		} else {
			fuzz_refused_at(c, rc, "fuzz");
			fuzz_must(csv_fault(csv).line >= line, "the fault is in this record");
			buf_puts(&b, err_text(c));
			fuzz_must(canary.n == 0 || strstr(err_text(c), FUZZ_CANARY) == NULL,
			    "an error text does not repeat the input");
			err_clear(c);
		}
		fuzz_must(
		    csv_line(csv) > line || d.rest.n == 0 || is_utf16(in), "the reader moves on");
		line = csv_line(csv);
		buf_putc(&b, '\n');
	}
	for (size_t i = 0; i < in.n; i++)
		lines += in.p[i] == '\n';
	fuzz_must(is_utf16(in) || line == lines + 1, "every line was read");
	csv_close(&csv);
	return buf_str(&b);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	static const char delimiters[] = {',', ';', '\t', '|'};
	char delimiter = delimiters[fuzz_byte(&in) % 4];
	size_t size = 1 + fuzz_byte(&in) % 7;
	struct str none = {"", 0}, odd = fuzz_canary(c, in), whole, pieces;

	whole = read_all(c, in, delimiter, SIZE_MAX, none);
	pieces = read_all(c, in, delimiter, size, none);
	fuzz_must(str_eq(whole, pieces), "pieces do not matter");
	(void)read_all(c, odd, delimiter, SIZE_MAX, odd);
}

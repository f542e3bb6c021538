#include "in/book_csv.h"

#include "base/mem.h"
#include "in/book_p.h"
#include "in/csv.h"

static int field_add(
    struct ctx *c, struct book_sheet *s, int64_t row, const struct csv_field *f, size_t col)
{
	struct str text = book_cells_clean(c, f->text);

	if (text.n == 0)
		return 0;
	if (s->n == BOOK_CELLS_MAX)
		return err_set(c, ERR_LIMIT, "more than %d fields", BOOK_CELLS_MAX);
	if (text.n > BOOK_TEXT_MAX || f->at.line > INT32_MAX || f->at.col > INT32_MAX)
		return err_set(c, ERR_LIMIT, "a text is longer than %d bytes", BOOK_TEXT_MAX);
	s->cells = mem_grow(c, s->cells, s->n, &s->cap, sizeof *s->cells);
	s->cells[s->n++] = (struct book_cell){.row = (int32_t)row,
	    .col = (int32_t)col,
	    .line = (int32_t)f->at.line,
	    .at = (int32_t)f->at.col,
	    .text = text};
	return 0;
}

int book_csv_parse(
    struct ctx *c, const char *file, struct str text, char delimiter, const struct book **ret)
{
	struct book *book = mem_alloc(c, sizeof *book);
	struct csv_record record;
	struct csv *csv = NULL;
	int64_t row = 0;
	int rc = csv_open(c, file, csv_input_text(&text), delimiter, &csv);

	book->csv = true;
	book->sheets = mem_grow(c, NULL, 0, &book->cap_sheets, sizeof *book->sheets);
	book->n_sheets = 1;
	while (rc == 0 && (rc = csv_next(c, csv, &record)) == 1) {
		rc = ++row > BOOK_ROW_MAX
			 ? err_set(c, ERR_LIMIT, "%s: more than %d records", file, BOOK_ROW_MAX)
			 : 0;
		for (size_t i = 0; i < record.n && rc == 0; i++) {
			rc = field_add(c, book->sheets, row, &record.at[i], i + 1);
			if (rc != 0)
				rc = err_while(c, rc, "%s:%lld:%lld", file,
				    (long long)record.at[i].at.line,
				    (long long)record.at[i].at.col);
		}
	}
	csv_close(&csv);
	if (rc == 0)
		*ret = book;
	return rc;
}

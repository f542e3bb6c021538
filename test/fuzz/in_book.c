/* Workbooks and CSV files as sheets of cells. Input: an archive; or a CSV after a line "csv"; or,
 * for an archive that is made of them here, the shared texts, a line "%%", one worksheet, "%%", the
 * workbook, "%%" and the properties, of which an empty one is a good one. */
#include "fuzz.h"

#include "in/book.h"
#include "in/book_csv.h"
#include "workbook.h"

static void check_text(struct str s)
{
	fuzz_must(str_utf8_bad(s) == s.n, "texts are UTF-8");
	fuzz_must(str_trim(s).n == s.n, "texts are trimmed");
	for (size_t i = 0; i < s.n; i++)
		fuzz_must((unsigned char)s.p[i] >= 32 && s.p[i] != 127,
		    "texts have no control characters");
}

static void check_sheet(struct ctx *c, const struct book *book, const struct book_sheet *s)
{
	int32_t row, col;

	fuzz_must(s->n <= BOOK_CELLS_MAX, "cells have a limit");
	for (size_t i = 0; i < s->n; i++) {
		const struct book_cell *x = &s->cells[i], *last = i > 0 ? x - 1 : x;

		check_text(x->text);
		fuzz_must(x->text.n > 0, "a cell has something in it");
		fuzz_must(
		    i == 0 || last->row < x->row || (last->row == x->row && last->col < x->col),
		    "cells by row and column");
		fuzz_must(book_cell_find(s, x->row, x->col) == x, "a cell is found");
		if (book->csv)
			continue;
		fuzz_must(book_address(book_where(c, s, x->row, x->col), &row, &col) &&
			      row == x->row && col == x->col,
		    "an address is read as it is written");
	}
}

static void check_book(struct ctx *c, const struct book *book)
{
	for (size_t i = 0; i < book->n_sheets; i++) {
		fuzz_must(book->csv || book->sheets[i].name.n > 0, "a sheet has a name");
		check_sheet(c, book, &book->sheets[i]);
	}
	for (size_t i = 0; i < book->n_notes; i++)
		fuzz_must(book->notes[i].n > 0 && book->notes[i].where.n > 0,
		    "what is noted has a number and a place");
}

static struct str archive(struct ctx *c, struct str in)
{
	const char *shared = str_z(c, fuzz_part(&in)), *sheet = str_z(c, fuzz_part(&in));
	const char *workbook = str_z(c, fuzz_part(&in)), *more = str_z(c, fuzz_part(&in));
	struct wb_part parts[] = {{"_rels/.rels", WB_TOP},
	    {"xl/workbook.xml", *workbook == '\0' ? WB_BOOK : workbook},
	    {"xl/_rels/workbook.xml.rels", WB_BOOK_RELS},
	    {"xl/sharedStrings.xml", *shared == '\0' ? WB_SHARED : shared},
	    {"xl/worksheets/sheet1.xml", sheet},
	    {"docProps/core.xml", *more == '\0' ? "<p/>" : more}};

	return wb_make(c, parts, 6);
}

static void fuzz_one(struct ctx *c, struct str in)
{
	const struct book *book = NULL;
	int rc;

	if (str_starts(in, "csv\n"))
		rc = book_csv_parse(c, "book", (struct str){in.p + 4, in.n - 4}, ',', &book);
	else
		rc = book_parse(c, "book", book_is_zip(in) ? in : archive(c, in), &book);
	if (rc == 0) {
		check_book(c, book);
		return;
	}
	fuzz_must(book == NULL, "nothing is returned with a refusal");
	fuzz_refused(c, rc);
	fuzz_must(str_starts(str_of(err_text(c)), "book"), "a refusal names the file");
	if (!book_is_zip(in)) { /* where the names of parts are ours */
		err_clear(c);
		in = fuzz_canary(c, in);
		if (!str_starts(in, "csv\n"))
			rc = book_parse(c, "book", book_is_zip(in) ? in : archive(c, in), &book);
		fuzz_no_canary(c);
	}
}

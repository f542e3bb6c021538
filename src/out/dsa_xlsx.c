#include "out/dsa_xlsx.h"

#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/mem.h"
#include "kind/decimal.h"
#include "os/file.h"

enum { BOOK_MAX = 64 << 20 };

struct book {
	struct ctx *c;
	lxw_workbook *wb;
	lxw_worksheet *ws;
	lxw_format *head;
	lxw_format *hours; /* shown with two decimals, as the CSV has them */
	lxw_error bad;     /* the first that went wrong */
};

static void note(struct book *k, lxw_error e)
{
	if (k->bad == LXW_NO_ERROR)
		k->bad = e;
}

/* Hundredths at most, far below 2^53: one division gives the double nearest to what is printed. */
static double number_of(struct str s)
{
	static const double parts[] = {1, 10, 100};
	struct decimal d = {0, 0};

	return decimal_parse(s, 0, &d) && d.scale <= 2 ? (double)d.units / parts[d.scale] : 0;
}

static void put_cell(struct book *k, size_t row, size_t col, const struct dsa_out_cell *cell)
{
	lxw_row_t r = (lxw_row_t)row;
	lxw_col_t l = (lxw_col_t)col;

	if (cell->is_number)
		note(k, worksheet_write_number(k->ws, r, l, number_of(cell->text),
			    memchr(cell->text.p, '.', cell->text.n) != NULL ? k->hours : NULL));
	else if (cell->text.n > 0)
		note(k, worksheet_write_string(
			    k->ws, r, l, str_z(k->c, cell->text), row == 0 ? k->head : NULL));
}

static void put_sheet(struct book *k, const struct dsa_out_sheet *s)
{
	k->ws = workbook_add_worksheet(k->wb, str_z(k->c, s->name));
	if (k->ws == NULL) {
		note(k, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	worksheet_freeze_panes(k->ws, 1, 0);
	note(k, worksheet_set_column(k->ws, 0, (lxw_col_t)(s->columns - 1), 22, NULL));
	for (size_t i = 0; i < s->n; i++)
		for (size_t col = 0; col < s->columns; col++)
			put_cell(k, i, col, &s->cells[i * s->columns + col]);
}

static int write_book(struct book *k, const struct dsa_out_sheet *sheets, size_t n, struct day day,
    const char *path, const char *aside)
{
	lxw_workbook_options how = {.tmpdir = (char *)(uintptr_t)aside};
	lxw_doc_properties about = {.created = (time_t)day.n * 86400};
	lxw_error e;

	k->wb = workbook_new_opt(path, &how);
	if (k->wb == NULL)
		return err_set(k->c, ERR_FAIL, "%s: no memory", path);
	k->head = workbook_add_format(k->wb);
	format_set_bold(k->head);
	format_set_text_wrap(k->head);
	k->hours = workbook_add_format(k->wb);
	format_set_num_format(k->hours, "0.00");
	note(k, workbook_set_properties(k->wb, &about));
	for (size_t i = 0; i < n; i++)
		put_sheet(k, &sheets[i]);
	e = workbook_close(k->wb);
	note(k, e);
	if (k->bad == LXW_NO_ERROR)
		return 0;
	return err_set(k->c, k->bad == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ? ERR_LIMIT : ERR_FAIL,
	    "%s: %s", path, lxw_strerror(k->bad));
}

int dsa_xlsx(struct ctx *c, const struct dsa_out_sheet *sheets, size_t n, struct day day,
    const char *dir, const char *name)
{
	struct book k = {.c = c};
	/* as report_xlsx.c: the library's own parts get a folder that no web server shows */
	char *aside = (char *)(uintptr_t)str_fmt(c, "%s/.xlsx-XXXXXX", dir).p;
	const char *book;
	struct str bytes;
	int rc;

	if (mkdtemp(aside) == NULL)
		return err_set(c, ERR_FAIL, "%s: cannot make a folder in it", dir);
	book = str_fmt(c, "%s/book", aside).p;
	rc = write_book(&k, sheets, n, day, book, aside);
	if (rc == 0)
		rc = file_read(c, book, BOOK_MAX, &bytes);
	if (rc == 0)
		rc = file_remove_tree(c, aside);
	else if (file_remove_tree(c, aside) != 0)
		rc = ERR_FAIL; /* what went wrong first is told */
	return rc == 0 ? file_write_atomic(c, str_fmt(c, "%s/%s", dir, name).p, 0644, bytes) : rc;
}
